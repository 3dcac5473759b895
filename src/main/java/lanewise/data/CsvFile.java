package lanewise.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads the rows of a CSV file; blank lines are skipped. */
final class CsvFile {
  /** Receives the rows one by one. */
  interface Receiver {
    /**
     * Receives a row.
     *
     * @param firstLine the line in which it begins, from 1
     * @param lastLine a later one if a quoted cell has line breaks
     * @param cells at least one
     */
    void add(int firstLine, int lastLine, String[] cells) throws DataException;
  }

  private CsvFile() {}

  /** Reads cells between commas; bytes that are not UTF-8 are read as U+FFFD. */
  static void read(Path file, Receiver receiver) throws DataException {
    open(file, () -> InputFiles.open(file), false, text -> read(text, CSVFormat.DEFAULT, receiver));
  }

  /** Opens what is read. */
  interface Opening {
    InputStream open() throws DataException;
  }

  /**
   * Reads cells between any delimiter, in valid UTF-8, without the spaces around them.
   *
   * @param file for messages
   * @param delimiter may be {@link TableOptions#FOUND}
   */
  static void readTable(Path file, Opening opening, char delimiter, Receiver receiver)
      throws DataException {
    open(file, opening, true, text -> readTable(file, text, delimiter, receiver));
  }

  private interface Reading {
    void from(CsvText text) throws IOException;
  }

  private static void open(Path file, Opening opening, boolean strict, Reading reading)
      throws DataException {
    try (InputStream in = opening.open();
        CsvText text = new CsvText(in, file, strict)) {
      reading.from(text);
    } catch (NoClassDefFoundError e) {
      throw new DataException(file + ": reading CSV needs commons-csv on the class path", e);
    } catch (UncheckedIOException e) {
      throw DataException.of(file, e.getCause());
    } catch (IOException e) {
      throw DataException.of(file, e);
    }
  }

  private static void readTable(Path file, CsvText text, char delimiter, Receiver receiver)
      throws IOException {
    char found = delimiter == TableOptions.FOUND ? Delimiter.find(text.peek()) : delimiter;
    int[] last = new int[1];
    Receiver counted =
        (firstLine, lastLine, cells) -> {
          last[0] = lastLine;
          receiver.add(firstLine, lastLine, cells);
        };
    try {
      read(text, format(found), counted);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CSVException) {
        throw new DataException(
            "%s, line %d: a row whose quotes do not match, expected them around whole cells, and"
                    .formatted(file, last[0] + 1)
                + " two for one within",
            e);
      }
      throw e;
    }
  }

  /** A table's format: spaces around cells, also around quotes, are not theirs. */
  static CSVFormat format(char delimiter) {
    return CSVFormat.DEFAULT
        .builder()
        .setDelimiter(delimiter)
        .setIgnoreSurroundingSpaces(true)
        .get();
  }

  private static void read(CsvText text, CSVFormat format, Receiver receiver) throws IOException {
    try (CSVParser parser = CSVParser.parse(text, format)) {
      long read = 0;
      Iterator<CSVRecord> records = parser.iterator();
      while (records.hasNext()) {
        String[] cells = records.next().values();
        text.endRow();
        long last = parser.getCurrentLineNumber();
        if (cells.length != 1 || !cells[0].isBlank()) {
          long first = last == read + 1 ? last : last - breaks(cells);
          receiver.add(line(first), line(last), cells);
        }
        read = last;
      }
    }
  }

  private static int line(long line) {
    return (int) Math.min(line, Integer.MAX_VALUE);
  }

  /** The number of line breaks in quoted cells. */
  private static long breaks(String[] cells) {
    long breaks = 0;
    for (String cell : cells) {
      for (int i = 0; i < cell.length(); i++) {
        char c = cell.charAt(i);
        if (c == '\r' || c == '\n' && (i == 0 || cell.charAt(i - 1) != '\r')) {
          breaks++;
        }
      }
    }
    return breaks;
  }
}
