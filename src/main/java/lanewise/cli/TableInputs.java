package lanewise.cli;

import java.nio.file.Path;
import java.util.function.Function;
import lanewise.data.DataException;
import lanewise.data.DataSource;
import lanewise.image.ImageDecoder;
import lanewise.table.Encoding;
import lanewise.table.Table;

/** Reads rows of tables to predict. */
final class TableInputs implements PredictionInputs {
  private final Encoding encoding;
  private final Path modelFile;
  private final char delimiter;

  /**
   * @param modelFile for messages
   * @param delimiter between cells; may be {@link lanewise.data.TableOptions#FOUND}
   */
  TableInputs(Encoding encoding, Path modelFile, char delimiter) {
    this.encoding = encoding;
    this.modelFile = modelFile;
    this.delimiter = delimiter;
  }

  @Override
  public Rows read(String name) throws DataException {
    boolean piped = name.equals(ImageNames.STANDARD_INPUT);
    if (!piped && ImageDecoder.isImageName(name)) {
      throw new DataException(
          "%s: an image, but the network in %s takes tables".formatted(name, modelFile));
    }
    Table table =
        piped
            ? DataSource.table(StandardInput.open(), "standard input", encoding, false, delimiter)
            : DataSource.table(ImageNames.path(name), encoding, false, delimiter);
    float[] inputs = encode(table, encoding::inputs);
    return new Rows(inputs, table.rows(), row -> name + ":" + table.line(row));
  }

  /**
   * Encodes a table.
   *
   * @throws DataException if it does not fit the encoding, or is too large
   */
  static <T> T encode(Table table, Function<Table, T> encoding) throws DataException {
    try {
      return encoding.apply(table);
    } catch (IllegalArgumentException e) { // Its message is a sentence for users.
      throw new DataException(e.getMessage(), e);
    }
  }
}
