package lanewise.data;

import java.util.Arrays;
import lanewise.io.FloatText;
import lanewise.table.Table;

/** Reads a column of numbers. */
final class NumberReader implements CellReader {
  /** How a network scales a number. */
  interface Scaling {
    float scale(float value);
  }

  private final TableCell cell;
  private final String expected;
  private final Scaling scaling;
  private float[] values;
  private int rows;

  /**
   * @param expected for messages, where a cell is no number
   * @param scaling of the numbers; one that it takes beyond the range of float32 is refused
   */
  NumberReader(TableCell cell, String expected, Scaling scaling) {
    this(cell, expected, scaling, new float[16], 0);
  }

  /** Continues after some rows. */
  NumberReader(TableCell cell, String expected, Scaling scaling, float[] values, int rows) {
    this.cell = cell;
    this.expected = expected;
    this.scaling = scaling;
    this.values = values;
    this.rows = rows;
  }

  @Override
  public void add(int line, String text) throws DataException {
    float value = FloatText.parse(text);
    if (!Float.isFinite(value)) {
      if (!TableCell.isNone(text)) {
        throw cell.notANumber(line, text, expected);
      }
      cell.checkNone(line, text);
    } else if (!Float.isFinite(scaling.scale(value))) {
      throw cell.bad(line, value + " is too far from the training rows for float32");
    }
    if (rows == values.length) {
      values = Arrays.copyOf(values, Growth.of(rows));
    }
    values[rows++] = value;
  }

  @Override
  public Table.Numbers cells() {
    values = Arrays.copyOf(values, rows);
    return new Table.Numbers(cell.name(), values);
  }
}
