package lanewise.data;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import lanewise.io.FloatText;
import lanewise.io.Text;
import lanewise.table.Missing;

/**
 * What a column's cells may be, and the messages for those that are otherwise.
 *
 * @param file of the table
 * @param name of the column
 * @param required for messages, where a cell lacks its value; null if it may
 */
record TableCell(Path file, String name, String required) {
  private static final Set<String> NONE = Set.of("", "na", "n/a", "nan", "null", "none", "?");

  private static final int LONGEST_NONE = 4;

  /** A decimal comma, or commas between thousands; possessive, as a cell may be very long. */
  private static final Pattern COMMA =
      Pattern.compile(
          "[+-]?([0-9]*+,[0-9]++(e[+-]?[0-9]++)?|[0-9]{1,3}(,[0-9]{3})++(\\.[0-9]*+)?)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern INFINITE =
      Pattern.compile("[+-]?inf(inity)?", Pattern.CASE_INSENSITIVE);

  /** A column to predict: it never lacks a value. */
  static TableCell ofLabel(Path file, String name) {
    return new TableCell(file, name, "expected a label in every row");
  }

  /** A column for training. */
  static TableCell ofTraining(Path file, String name, Missing missing) {
    return new TableCell(
        file,
        name,
        missing == Missing.MEAN
            ? null
            : "expected one in every row (--missing mean fills in the mean)");
  }

  /** A column for a network that is trained. */
  static TableCell ofNetwork(Path file, String name, Missing missing) {
    return new TableCell(
        file,
        name,
        missing == Missing.MEAN
            ? null
            : "expected one in every row as in training, which had no --missing mean");
  }

  /** Whether a cell stands for no value. */
  static boolean isNone(String cell) {
    return cell.length() <= LONGEST_NONE && NONE.contains(cell.toLowerCase(Locale.ROOT));
  }

  /** Refuses a cell that stands for no value, if the column must have one. */
  void checkNone(int line, String cell) throws DataException {
    if (required != null) {
      String found = cell.isEmpty() ? "an empty cell" : Text.quote(cell);
      throw bad(line, found + " is no value, " + required);
    }
  }

  /** Why a cell that a person may take for a number is none; null for any other text. */
  static String problem(String cell) {
    if (COMMA.matcher(cell).matches()) {
      return "a comma in a number, expected a decimal point and no separators of thousands";
    }
    if (INFINITE.matcher(cell).matches() || Float.isInfinite(FloatText.parse(cell))) {
      return "beyond the range of float32, which ends at 3.4028235e38";
    }
    return null;
  }

  /** The exception for a cell that should be a number. */
  DataException notANumber(int line, String cell, String expected) {
    String problem = problem(cell);
    return bad(line, Text.quote(cell) + (problem == null ? ", " + expected : ": " + problem));
  }

  /** The exception for a cell. */
  DataException bad(int line, String problem) {
    return new DataException(
        "%s, line %d, column %s: %s".formatted(file, line, Text.quote(name), problem));
  }
}
