package lanewise.data;

import java.nio.file.Path;
import java.util.Arrays;
import lanewise.io.Text;

/** Reads a table's file: a header line or none, then rows of as many cells. */
final class TableFile {
  /** Receives the columns' names, then the rows. */
  interface Receiver {
    /**
     * Tells whether a first row that looks like names is the header.
     *
     * @param cells none of them a number
     */
    default boolean mayBeHeader(String[] cells) {
      return true;
    }

    /** Receives the names, before any row. */
    void begin(TableHeader header) throws DataException;

    /** Receives a row's cells, with the spaces around them. */
    void add(int line, String[] cells) throws DataException;
  }

  private final Path file;
  private final Receiver receiver;
  private TableHeader header;
  private int[] lines = new int[64];
  private int rows;

  private TableFile(Path file, Receiver receiver) {
    this.file = file;
    this.receiver = receiver;
  }

  /**
   * Reads all rows.
   *
   * @param file for messages
   * @param delimiter may be {@link TableOptions#FOUND}
   * @return for each row the line in which it begins
   */
  static int[] read(Path file, CsvFile.Opening opening, char delimiter, Receiver receiver)
      throws DataException {
    TableFile table = new TableFile(file, receiver);
    CsvFile.readTable(file, opening, delimiter, table::add);
    if (table.rows == 0) {
      throw new DataException(
          "%s: no rows%s, expected at least one"
              .formatted(file, table.header == null ? "" : " after the header"));
    }
    return Arrays.copyOf(table.lines, table.rows);
  }

  private void add(int firstLine, int lastLine, String[] cells) throws DataException {
    if (header == null) {
      boolean named = CsvHeader.isHeader(cells) && receiver.mayBeHeader(cells);
      header = new TableHeader(file, firstLine, cells, named);
      receiver.begin(header);
      if (named) {
        return;
      }
    }
    int expected = header.names().size();
    if (cells.length != expected) {
      throw new DataException(
          "%s, line %d: %s, expected %d as in %s"
              .formatted(
                  file,
                  firstLine,
                  Text.count(cells.length, "cell"),
                  expected,
                  header.named() ? "the header" : "the first row"));
    }
    if (rows == Rows.MAX_BYTES) {
      throw new DataException("%s: more than %d rows, the maximum".formatted(file, rows));
    }
    if (rows == lines.length) {
      lines = Arrays.copyOf(lines, Growth.of(rows));
    }
    lines[rows++] = firstLine;
    receiver.add(firstLine, cells);
  }
}
