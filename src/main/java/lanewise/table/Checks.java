package lanewise.table;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks of arguments. */
final class Checks {
  private Checks() {}

  /**
   * Checks that texts differ.
   *
   * @param what they are, for the message
   */
  static void distinct(List<String> texts, String what) {
    Set<String> seen = new HashSet<>();
    for (String text : texts) {
      if (!seen.add(text)) {
        throw new IllegalArgumentException("%s: %s twice".formatted(what, text));
      }
    }
  }

  /** Checks that every name is in the header. */
  static void contained(List<String> names, List<String> header) {
    Set<String> all = new HashSet<>(header);
    for (String name : names) {
      if (!all.contains(name)) {
        throw new IllegalArgumentException("column %s is not in the header".formatted(name));
      }
    }
  }

  /** Checks that a value of a column is finite. */
  static void finite(String column, String what, float value) {
    if (!Float.isFinite(value)) {
      throw new IllegalArgumentException(
          "column %s: %s %s is not finite".formatted(column, what, value));
    }
  }

  /** Checks what a column's values are divided by. */
  static void divisor(String column, float value) {
    if (!(value > 0 && value <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "column %s: divisor %s is not finite and above 0".formatted(column, value));
    }
  }
}
