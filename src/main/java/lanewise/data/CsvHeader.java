package lanewise.data;

import java.util.regex.Pattern;

/** Tells a header from a row of values. */
final class CsvHeader {
  /**
   * A number in any notation or digits, or what stands for none, within spaces, quotes or control
   * characters: not the name of a column. Possessive, as a cell may have millions of digits.
   */
  private static final Pattern VALUE =
      Pattern.compile(
          "[\\s\\p{Z}\\p{C}'\"]*+"
              + "([+-]?(\\p{Nd}++([.,]\\p{Nd}*+)?+|[.,]\\p{Nd}++)(e[+-]?\\p{Nd}++)?+"
              + "|[+-]?inf(inity)?|nan|na|n/a|null|none|\\?|-)"
              + "[\\s\\p{Z}\\p{C}'\"]*+",
          Pattern.CASE_INSENSITIVE);

  private CsvHeader() {}

  /** Whether a cell is a number, or what stands for none. */
  static boolean isValue(String cell) {
    return VALUE.matcher(cell).matches();
  }

  /** Whether a first row has names and no values. */
  static boolean isHeader(String[] cells) {
    boolean named = false;
    for (String cell : cells) {
      if (isValue(cell)) {
        return false;
      }
      named |= !cell.isBlank();
    }
    return named;
  }
}
