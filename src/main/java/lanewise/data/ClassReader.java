package lanewise.data;

import lanewise.io.FloatText;
import lanewise.io.Text;
import lanewise.table.Table;
import lanewise.table.Target;

/** Reads a label whose values are classes: any text. */
final class ClassReader implements CellReader {
  /** With more different ones, numbers with fractions are measurements rather than names. */
  private static final int MAX_FRACTIONS = 256;

  private final TableCell cell;
  private final CodeList codes = new CodeList();

  ClassReader(TableCell cell) {
    this.cell = cell;
  }

  @Override
  public void add(int line, String value) throws DataException {
    Integer code = codes.code(value);
    if (code == null) {
      if (TableCell.isNone(value)) {
        cell.checkNone(line, value);
      }
      if (codes.values().size() == Target.Classes.MAX_VALUES) {
        throw tooMany();
      }
      code = codes.define(value);
    }
    codes.add(code);
  }

  private DataException tooMany() {
    return bad(
        "more than %d different values, expected at most so many classes%s"
            .formatted(
                Target.Classes.MAX_VALUES,
                areNumbers() ? "; --task regress predicts a number" : ""));
  }

  private boolean areNumbers() {
    return codes.values().stream().allMatch(value -> Float.isFinite(FloatText.parse(value)));
  }

  private boolean hasFractions() {
    return codes.values().stream()
        .map(FloatText::parse)
        .anyMatch(value -> value != Math.rint(value));
  }

  @Override
  public Table.Texts cells() throws DataException {
    int count = codes.values().size();
    if (count < 2) {
      throw bad(
          "every row has the value %s, expected two classes or more"
              .formatted(Text.quote(codes.values().getFirst())));
    }
    if (count > MAX_FRACTIONS && areNumbers() && hasFractions()) {
      throw bad(
          "%d different numbers with fractions, expected classes; --task regress predicts a number"
              .formatted(count));
    }
    return codes.texts(cell.name());
  }

  private DataException bad(String problem) {
    return new DataException(
        "%s, column %s: %s".formatted(cell.file(), Text.quote(cell.name()), problem));
  }
}
