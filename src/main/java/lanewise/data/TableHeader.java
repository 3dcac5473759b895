package lanewise.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lanewise.io.Text;

/** The names of a table's columns. */
final class TableHeader {
  /** A column takes memory before it has a row: a file of commas alone must not exhaust it. */
  private static final int MAX_COLUMNS = 100_000;

  /** Names to list in a message. */
  private static final int LISTED = 10;

  private final Path file;
  private final int line;
  private final List<String> names = new ArrayList<>();
  private final boolean named;
  private final String value;
  private final Map<String, Integer> indices = new HashMap<>();

  /**
   * Takes the names from a first row. A blank first name, as of an index that a program wrote, is
   * 1; without names, the columns are named 1, 2, 3 and so on.
   *
   * @param named whether the row has names
   */
  TableHeader(Path file, int line, String[] cells, boolean named) throws DataException {
    this.file = file;
    this.line = line;
    this.named = named;
    if (cells.length > MAX_COLUMNS) {
      throw bad("%d columns, expected at most %d", cells.length, MAX_COLUMNS);
    }
    String found = "";
    for (int i = 0; i < cells.length; i++) {
      String cell = cells[i].strip();
      boolean blank = cell.isEmpty();
      if (named && blank && i > 0) {
        throw bad("column %d has no name, expected one in every cell of the header", i + 1);
      }
      if (found.isEmpty() && CsvHeader.isValue(cell)) {
        found = cell;
      }
      String name = named && !blank ? cell : String.valueOf(i + 1);
      names.add(name);
      Integer other = indices.putIfAbsent(name, i);
      if (other != null) {
        throw bad(
            "columns %d and %d are both named %s, expected a header with different names",
            other + 1, i + 1, Text.quote(name));
      }
    }
    this.value = found;
  }

  List<String> names() {
    return names;
  }

  boolean named() {
    return named;
  }

  int line() {
    return line;
  }

  /** The index of a column that an option names; a number from 1 where there is no such name. */
  int find(String name) throws DataException {
    int index = indices.getOrDefault(name.strip(), -1);
    if (index < 0 && name.strip().matches("[1-9][0-9]{0,8}")) {
      index = Integer.parseInt(name.strip()) - 1;
    }
    if (index < 0 || index >= names.size()) {
      String reason =
          named
              ? ""
              : " (no header, since line %d has the value %s)".formatted(line, Text.quote(value));
      throw new DataException(
          "%s: no column %s, expected %s%s".formatted(file, Text.quote(name), list(names), reason));
    }
    return index;
  }

  /** The index of a column that a network needs; -1 if it is not there. */
  int indexOf(String name) {
    return indices.getOrDefault(name, -1);
  }

  /** Lists the first of many names or values. */
  static String list(List<String> names) {
    String first = names.stream().limit(LISTED).map(Text::quote).collect(Collectors.joining(", "));
    return names.size() <= LISTED
        ? first
        : "%s and %d more".formatted(first, names.size() - LISTED);
  }

  private DataException bad(String problem, Object... values) {
    return new DataException("%s, line %d: %s".formatted(file, line, problem.formatted(values)));
  }
}
