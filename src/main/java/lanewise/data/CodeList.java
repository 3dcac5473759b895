package lanewise.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lanewise.io.FloatText;
import lanewise.table.Table;

/** A column's different values, numbered as they appear, and the number in each row. */
final class CodeList {
  static final int NONE = -1;

  private final Map<String, Integer> codes = new HashMap<>();
  private final List<String> values = new ArrayList<>();
  private int[] rowCodes = new int[4];
  private int rows;

  /** Returns the code of a value, {@link #NONE} if it stands for none; null if it is new. */
  Integer code(String value) {
    return codes.get(value);
  }

  /** Numbers a new value; returns its code. */
  int define(String value) {
    int code = TableCell.isNone(value) ? NONE : values.size();
    codes.put(value, code);
    if (code != NONE) {
      values.add(value);
    }
    return code;
  }

  void add(int code) {
    if (rows == rowCodes.length) {
      rowCodes = Arrays.copyOf(rowCodes, Growth.of(rows));
    }
    rowCodes[rows++] = code;
  }

  int rows() {
    return rows;
  }

  List<String> values() {
    return values;
  }

  /**
   * Returns the number in each row; NaN for none.
   *
   * @param length of the array, at least the number of rows
   */
  float[] floats(int length) {
    float[] numbers = new float[values.size()];
    for (int code = 0; code < numbers.length; code++) {
      numbers[code] = FloatText.parse(values.get(code));
    }
    float[] floats = new float[length];
    for (int row = 0; row < rows; row++) {
      floats[row] = rowCodes[row] == NONE ? Float.NaN : numbers[rowCodes[row]];
    }
    return floats;
  }

  Table.Texts texts(String name) {
    return new Table.Texts(name, Arrays.copyOf(rowCodes, rows), values);
  }
}
