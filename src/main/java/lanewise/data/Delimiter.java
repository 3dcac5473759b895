package lanewise.data;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Finds what stands between the cells of a table. */
final class Delimiter {
  /** The comma last: numbers and text have commas too, as many in some files' every line. */
  private static final char[] CANDIDATES = {'\t', ';', '|', ','};

  private static final int MAX_ROWS = 20;

  private Delimiter() {}

  /** Checks a delimiter that was given. */
  static void check(char delimiter) {
    if (delimiter == '"' || delimiter == '\n' || delimiter == '\r' || delimiter == '\ufeff') {
      throw new IllegalArgumentException(
          "the character U+%04X cannot be a delimiter".formatted((int) delimiter));
    }
  }

  /**
   * Finds the delimiter that divides the first rows into the same number of cells, 2 or more; else
   * the one that divides the very first row into most; a comma if none does.
   *
   * @param start of the file
   */
  static char find(String start) {
    char best = ',';
    int most = 1;
    for (char candidate : CANDIDATES) {
      List<Integer> cells = cells(start, candidate);
      if (!cells.isEmpty()) {
        int first = cells.getFirst();
        if (first > 1 && cells.stream().allMatch(count -> count == first)) {
          return candidate;
        }
        if (first > most) {
          best = candidate;
          most = first;
        }
      }
    }
    return best;
  }

  /** The numbers of cells of the first rows; that of the last, which may be cut, only if alone. */
  private static List<Integer> cells(String start, char delimiter) {
    List<Integer> counts = new ArrayList<>();
    try (CSVParser parser = CSVParser.parse(new StringReader(start), CsvFile.format(delimiter))) {
      for (CSVRecord row : parser) {
        if (counts.size() == MAX_ROWS) {
          return counts;
        }
        if (row.size() > 1 || !row.get(0).isBlank()) {
          counts.add(row.size());
        }
      }
    } catch (UncheckedIOException | IOException e) {
      return counts; // A quote that is open where the start ends, or wrong with this delimiter.
    }
    if (start.length() >= CsvText.PEEK && counts.size() > 1) {
      counts.removeLast();
    }
    return counts;
  }
}
