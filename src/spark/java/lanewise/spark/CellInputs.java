package lanewise.spark;

import java.util.List;
import lanewise.data.DataException;
import org.apache.spark.sql.Row;

/** Makes a network's inputs of rows of cells. */
interface CellInputs {
  /**
   * Encodes some rows.
   *
   * @param rows at least one
   * @param first the number of the first row in its partition, from 1
   * @return at least (rows, inputs) values, row-major
   * @throws DataException if a cell is not what the network takes
   */
  float[] encode(List<Row> rows, long first) throws DataException;

  /**
   * The number that a message has for a row.
   *
   * @param first the number of the first row of a batch
   */
  static int line(long first) {
    return (int) Math.min(first, Integer.MAX_VALUE - Batches.ROWS);
  }

  /** A cell as text, empty for none. */
  static String text(Row row, int column) {
    Object value = row.get(column);
    return value == null ? "" : value.toString();
  }
}
