package lanewise.spark;

import java.util.ArrayList;
import java.util.List;
import lanewise.data.DataException;
import lanewise.data.DataSource;
import lanewise.table.Encoding;
import org.apache.spark.sql.Row;

/** Encodes the columns of a table, whatever their types, as if they came from a CSV file. */
final class TableInputs implements CellInputs {
  private final Encoding encoding;
  private final List<String> names;
  private final String source;

  /**
   * @param names of the columns
   * @param source for messages
   */
  TableInputs(Encoding encoding, List<String> names, String source) {
    this.encoding = encoding;
    this.names = names;
    this.source = source;
  }

  @Override
  public float[] encode(List<Row> rows, long first) throws DataException {
    List<String[]> cells = new ArrayList<>(rows.size());
    for (Row row : rows) {
      String[] texts = new String[row.length()];
      for (int column = 0; column < texts.length; column++) {
        texts[column] = CellInputs.text(row, column);
      }
      cells.add(texts);
    }
    try {
      return encoding.inputs(
          DataSource.table(source, names, cells, CellInputs.line(first), encoding));
    } catch (IllegalArgumentException e) { // Its message is a sentence for users.
      throw new DataException(e.getMessage(), e);
    }
  }
}
