package lanewise.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import lanewise.io.FloatText;
import lanewise.io.Text;

/** Fits an {@link Encoding} to a table. */
final class Fitting {
  private final Table table;
  private final Scale scale;
  private final Missing missing;
  private final List<Column> columns = new ArrayList<>();
  private final List<String> dropped = new ArrayList<>();

  private Fitting(Table table, Scale scale, Missing missing) {
    this.table = table;
    this.scale = Objects.requireNonNull(scale, "scale");
    this.missing = Objects.requireNonNull(missing, "missing");
  }

  static Encoding fit(Table table, Scale scale, Missing missing) {
    return new Fitting(table, scale, missing).fit();
  }

  private Encoding fit() {
    if (table.rows() == 0 || table.label() == null) {
      throw new IllegalArgumentException(
          "a table without %s".formatted(table.rows() == 0 ? "rows" : "a label"));
    }
    for (Table.Cells cells : table.columns()) {
      if (missing == Missing.FAIL) {
        Encoder.checkComplete(table, cells);
      }
      switch (cells) {
        case Table.Numbers numbers -> add(numbers);
        case Table.Texts texts -> add(texts);
      }
    }
    if (columns.isEmpty()) {
      throw new IllegalArgumentException(
          table.source()
              + ": every column but the label has the same value in all training rows, expected one"
              + " that differs");
    }
    Table.Origin origin = table.origin();
    return new Encoding(origin.header(), origin.named(), columns, dropped, target(), missing);
  }

  private void add(Table.Numbers numbers) {
    Statistics of = Statistics.of(numbers.values());
    if (of.isConstant() && (scale != Scale.NONE || of.isEmpty())) {
      dropped.add(numbers.name());
      return;
    }
    float offset =
        switch (scale) {
          case STANDARD -> (float) of.mean();
          case MINMAX -> of.min();
          case NONE -> 0;
        };
    float divisor =
        switch (scale) {
          case STANDARD -> of.divisor();
          case MINMAX -> (float) Math.max(Float.MIN_NORMAL, (double) of.max() - of.min());
          case NONE -> 1;
        };
    checkRange(numbers.name(), of, offset, divisor);
    columns.add(new Column.Numbers(numbers.name(), offset, divisor, (float) of.mean()));
  }

  private static void checkRange(String name, Statistics of, float offset, float divisor) {
    if (!Float.isFinite((of.min() - offset) / divisor)
        || !Float.isFinite((of.max() - offset) / divisor)
        || divisor > Float.MAX_VALUE) {
      throw new IllegalArgumentException(
          "column %s: values from %s to %s are too far apart for float32"
              .formatted(Text.quote(name), of.min(), of.max()));
    }
  }

  private void add(Table.Texts texts) {
    List<String> values = texts.values().stream().sorted(Fitting::compareCodePoints).toList();
    int[] index = Encoder.indices(texts.values(), values);
    long[] counts = new long[values.size()];
    long sum = 0;
    for (int code : texts.codes()) {
      if (code >= 0) {
        counts[index[code]]++;
        sum++;
      }
    }
    for (long count : counts) {
      if (count == sum) {
        sum = 0; // All rows with a value have the same.
      }
    }
    if (sum == 0) {
      dropped.add(texts.name());
      return;
    }
    if (values.size() > Column.Texts.MAX_VALUES) {
      throw new IllegalArgumentException(
          "column %s: %d categories, more than %d"
              .formatted(Text.quote(texts.name()), values.size(), Column.Texts.MAX_VALUES));
    }
    List<Float> shares = new ArrayList<>();
    for (long count : counts) {
      shares.add((float) ((double) count / sum));
    }
    columns.add(new Column.Texts(texts.name(), values, shares));
  }

  private Target target() {
    return switch (table.label()) {
      case Table.Texts texts -> classes(texts.name(), texts.values());
      case Table.Numbers numbers -> value(numbers.name(), Statistics.of(numbers.values()));
    };
  }

  private static Target classes(String name, List<String> values) {
    boolean numbers = values.stream().noneMatch(value -> Float.isNaN(FloatText.parse(value)));
    Comparator<String> byCodePoint = Fitting::compareCodePoints;
    Comparator<String> order =
        numbers
            ? Comparator.comparingDouble(Double::parseDouble).thenComparing(byCodePoint)
            : byCodePoint;
    return new Target.Classes(name, values.stream().sorted(order).toList());
  }

  private static Target value(String name, Statistics of) {
    float offset = (float) of.mean();
    float divisor = of.isConstant() ? 1 : of.divisor();
    checkRange(name, of, offset, divisor);
    return new Target.Value(name, offset, divisor);
  }

  /** String's own order is that of UTF-16, which puts U+FF5E after U+1F600. */
  private static int compareCodePoints(String a, String b) {
    int end = Math.min(a.length(), b.length());
    for (int i = 0; i < end; i++) {
      char inA = a.charAt(i);
      char inB = b.charAt(i);
      if (inA != inB) {
        boolean oneIsHalf = Character.isSurrogate(inA) != Character.isSurrogate(inB);
        return oneIsHalf ? (Character.isSurrogate(inA) ? 1 : -1) : inA - inB;
      }
    }
    return a.length() - b.length();
  }
}
