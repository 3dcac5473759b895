package lanewise.data;

import lanewise.io.FloatText;
import lanewise.io.Text;
import lanewise.table.Column;
import lanewise.table.Table;

/**
 * Reads a column of numbers or text, whichever it turns out to be: a column of numbers if all cells
 * with a value are numbers. Up to 256 different cells are kept as text; if there are more, they
 * must be numbers, and all later ones too. So a file is read once, and a pipe will do.
 */
final class AnyReader implements CellReader {
  private final TableCell cell;

  /** Null once there is {@code more}. */
  private CodeList codes = new CodeList();

  /** The first cell that is no number, and whether there is one that nobody takes for a number. */
  private String text;

  private int textLine;
  private boolean plainText;

  /** Reads all further cells once there are too many different ones for text. */
  private NumberReader more;

  AnyReader(TableCell cell) {
    this.cell = cell;
  }

  @Override
  public void add(int line, String value) throws DataException {
    if (more != null) {
      more.add(line, value);
      return;
    }
    Integer code = codes.code(value);
    if (code == null) {
      if (TableCell.isNone(value)) {
        cell.checkNone(line, value);
      } else {
        note(line, value);
        if (codes.values().size() == Column.Texts.MAX_VALUES) {
          continueWithNumbers();
          more.add(line, value);
          return;
        }
      }
      code = codes.define(value);
    }
    codes.add(code);
  }

  private void note(int line, String value) {
    if (!Float.isFinite(FloatText.parse(value))) {
      plainText |= TableCell.problem(value) == null;
      if (text == null) {
        text = value;
        textLine = line;
      }
    }
  }

  private void continueWithNumbers() throws DataException {
    String advice =
        "expected a number in a column of more than %d different values (--ignore %s leaves it out)"
            .formatted(Column.Texts.MAX_VALUES, Text.printable(cell.name()));
    if (text != null) {
      throw cell.notANumber(textLine, text, advice);
    }
    int rows = codes.rows();
    float[] values = codes.floats(Growth.of(rows));
    more = new NumberReader(cell, advice, value -> value, values, rows);
    codes = null;
  }

  @Override
  public Table.Cells cells() throws DataException {
    if (more != null) {
      return more.cells();
    }
    if (text == null) {
      return new Table.Numbers(cell.name(), codes.floats(codes.rows()));
    }
    if (!plainText) {
      throw cell.notANumber(textLine, text, "expected a number");
    }
    return codes.texts(cell.name());
  }
}
