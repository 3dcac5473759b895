package lanewise.spark;

import java.util.List;
import java.util.stream.IntStream;
import lanewise.data.DataException;
import lanewise.io.FloatText;
import lanewise.io.Text;
import org.apache.spark.sql.Row;

/** Takes columns as they stand: values such as grey levels, divided by what the model says. */
final class PixelInputs implements CellInputs {
  private final int[] columns;
  private final float divisor;
  private final List<String> names;
  private final String source;

  /** One array for all batches. */
  private final float[] values;

  /**
   * @param columns of the inputs, in their order
   * @param divisor of all values
   * @param names of all columns
   * @param source for messages
   */
  PixelInputs(int[] columns, float divisor, List<String> names, String source) {
    this.columns = columns;
    this.divisor = divisor;
    this.names = names;
    this.source = source;
    this.values = new float[Math.multiplyExact(Batches.ROWS, columns.length)];
  }

  /**
   * The columns that are inputs.
   *
   * @param names of all columns
   * @param inputs of the network
   * @throws DataException if there are more or fewer, or the label is none of them
   */
  static int[] columns(List<String> names, ScoreOptions options, int inputs) throws DataException {
    boolean labelled = options.label() != null || names.size() == inputs + 1;
    int label =
        options.label() != null ? names.indexOf(options.label()) : labelled ? 0 : names.size();
    if (label < 0) {
      throw new DataException(
          "%s: no column %s, which --label names"
              .formatted(options.in(), Text.quote(options.label())));
    }
    if (names.size() - (labelled ? 1 : 0) != inputs) {
      throw new DataException(
          "%s: %s, expected %d for the network, or one more, the label"
              .formatted(options.in(), Text.count(names.size(), "column"), inputs));
    }
    return IntStream.range(0, names.size()).filter(column -> column != label).toArray();
  }

  @Override
  public float[] encode(List<Row> rows, long first) throws DataException {
    int at = 0;
    for (int row = 0; row < rows.size(); row++) {
      for (int column : columns) {
        String cell = CellInputs.text(rows.get(row), column).strip();
        float value = FloatText.parse(cell);
        if (!Float.isFinite(value)) {
          throw new DataException(
              "%s, line %d, column %s: %s, expected a number"
                  .formatted(
                      source,
                      CellInputs.line(first) + row,
                      Text.quote(names.get(column)),
                      Text.quote(cell)));
        }
        values[at++] = value / divisor;
      }
    }
    return values;
  }
}
