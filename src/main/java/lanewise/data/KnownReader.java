package lanewise.data;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lanewise.io.Text;
import lanewise.table.Table;

/** Reads a column of the categories or classes that a network knows. */
final class KnownReader implements CellReader {
  private final TableCell cell;
  private final List<String> values;
  private final Map<String, Integer> index = new HashMap<>();
  private int[] codes = new int[16];
  private int rows;

  KnownReader(TableCell cell, List<String> values) {
    this.cell = cell;
    this.values = values;
    values.forEach(value -> index.put(value, index.size()));
  }

  @Override
  public void add(int line, String value) throws DataException {
    Integer code = index.get(value);
    if (code == null) {
      if (!TableCell.isNone(value)) {
        throw cell.bad(
            line,
            "%s, which the training rows do not have, expected %s"
                .formatted(Text.quote(value), TableHeader.list(values)));
      }
      cell.checkNone(line, value);
      code = CodeList.NONE;
    }
    if (rows == codes.length) {
      codes = Arrays.copyOf(codes, Growth.of(rows));
    }
    codes[rows++] = code;
  }

  @Override
  public Table.Texts cells() {
    return new Table.Texts(cell.name(), Arrays.copyOf(codes, rows), values);
  }
}
