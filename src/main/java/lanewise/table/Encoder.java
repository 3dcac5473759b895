package lanewise.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lanewise.io.Text;
import lanewise.nn.Samples;

/** Turns tables into a network's inputs and labels. */
final class Encoder {
  /** The longest array that every HotSpot JVM can allocate. */
  private static final int MAX_VALUES = Integer.MAX_VALUE - 8;

  /** Rows that are filled, column by column, while they are in the cache. */
  private static final int BLOCK = 64;

  /** Fills a column's inputs for some rows; {@code out} has {@code width} values a row. */
  private interface Filler {
    void fill(int from, int to, float[] out, int width);
  }

  private Encoder() {}

  static Samples samples(Encoding encoding, Table table) {
    Table.Cells label = table.label();
    Target target = encoding.target();
    if (label == null || !label.name().equals(target.name())) {
      throw new IllegalArgumentException(
          "%s: no label %s".formatted(table.source(), Text.quote(target.name())));
    }
    float[] inputs = inputs(encoding, table);
    if (target instanceof Target.Classes classes && label instanceof Table.Texts texts) {
      return Samples.ofFloats(inputs, encoding.inputs(), labels(classes, texts, table));
    }
    if (target instanceof Target.Value value && label instanceof Table.Numbers numbers) {
      return Samples.ofTargets(inputs, encoding.inputs(), targets(value, numbers, table), 1);
    }
    throw otherKind(table, label);
  }

  private static int[] labels(Target.Classes classes, Table.Texts texts, Table table) {
    int[] index = indices(texts.values(), classes.values());
    int[] labels = new int[texts.rows()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = known(index, texts, row, table);
    }
    return labels;
  }

  private static float[] targets(Target.Value target, Table.Numbers numbers, Table table) {
    float[] targets = new float[numbers.rows()];
    for (int row = 0; row < targets.length; row++) {
      targets[row] = target.scale(numbers.values()[row]);
      checkFinite(targets[row], numbers, row, table);
    }
    return targets;
  }

  static float[] inputs(Encoding encoding, Table table) {
    int width = encoding.inputs();
    int rows = table.rows();
    if ((long) rows * width > MAX_VALUES) {
      throw new IllegalArgumentException(
          "%s: %s of %s are more than %d values, the maximum"
              .formatted(
                  table.source(), Text.count(rows, "row"), Text.count(width, "input"), MAX_VALUES));
    }
    Map<String, Table.Cells> byName = new HashMap<>();
    table.columns().forEach(column -> byName.put(column.name(), column));
    List<Filler> fillers = new ArrayList<>();
    int first = 0;
    for (Column column : encoding.columns()) {
      Table.Cells cells = byName.get(column.name());
      if (cells == null) {
        throw new IllegalArgumentException(
            "%s: no column %s".formatted(table.source(), Text.quote(column.name())));
      }
      if (encoding.missing() == Missing.FAIL) {
        checkComplete(table, cells);
      }
      fillers.add(filler(column, cells, first, table));
      first += column.inputs();
    }
    float[] inputs = new float[rows * width];
    for (int from = 0; from < rows; from += BLOCK) {
      int to = Math.min(rows, from + BLOCK);
      for (Filler each : fillers) {
        each.fill(from, to, inputs, width);
      }
    }
    return inputs;
  }

  private static Filler filler(Column column, Table.Cells cells, int first, Table table) {
    if (column instanceof Column.Numbers scaled && cells instanceof Table.Numbers numbers) {
      return filler(scaled, numbers, first, table);
    }
    if (column instanceof Column.Texts categories && cells instanceof Table.Texts texts) {
      return filler(categories, texts, first, table);
    }
    throw otherKind(table, cells);
  }

  private static Filler filler(
      Column.Numbers column, Table.Numbers numbers, int first, Table table) {
    return (from, to, out, width) -> {
      for (int row = from; row < to; row++) {
        float value = column.scale(numbers.values()[row]);
        checkFinite(value, numbers, row, table);
        out[row * width + first] = value;
      }
    };
  }

  private static Filler filler(Column.Texts column, Table.Texts texts, int first, Table table) {
    int[] index = indices(texts.values(), column.values());
    return (from, to, out, width) -> {
      for (int row = from; row < to; row++) {
        int at = row * width + first;
        if (texts.isMissing(row)) {
          for (float share : column.shares()) {
            out[at++] = share;
          }
        } else {
          out[at + known(index, texts, row, table)] = 1;
        }
      }
    };
  }

  /** For each value its index among those that are known; -1 if it is not. */
  static int[] indices(List<String> values, List<String> known) {
    Map<String, Integer> index = new HashMap<>();
    for (String value : known) {
      index.put(value, index.size());
    }
    return values.stream().mapToInt(value -> index.getOrDefault(value, -1)).toArray();
  }

  private static int known(int[] index, Table.Texts texts, int row, Table table) {
    int code = texts.codes()[row];
    if (index[code] < 0) {
      throw bad(table, row, texts, Text.quote(texts.values().get(code)) + " is not known");
    }
    return index[code];
  }

  /** Checks that a column has a value in every row. */
  static void checkComplete(Table table, Table.Cells cells) {
    for (int row = 0; row < cells.rows(); row++) {
      if (cells.isMissing(row)) {
        throw bad(table, row, cells, "no value");
      }
    }
  }

  private static void checkFinite(float scaled, Table.Numbers numbers, int row, Table table) {
    if (!Float.isFinite(scaled)) {
      float value = numbers.values()[row];
      throw bad(table, row, numbers, value + " is too far from the training rows for float32");
    }
  }

  private static IllegalArgumentException bad(
      Table table, int row, Table.Cells cells, String problem) {
    return new IllegalArgumentException(
        "%s, line %d, column %s: %s"
            .formatted(table.source(), table.line(row), Text.quote(cells.name()), problem));
  }

  private static IllegalArgumentException otherKind(Table table, Table.Cells cells) {
    return new IllegalArgumentException(
        "%s: column %s is of %s, expected the other kind"
            .formatted(
                table.source(),
                Text.quote(cells.name()),
                cells instanceof Table.Numbers ? "numbers" : "text"));
  }
}
