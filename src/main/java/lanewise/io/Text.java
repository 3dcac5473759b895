package lanewise.io;

import java.util.regex.Pattern;

/** Text from anywhere, such as a file's content or its name, made safe for a line of output. */
public final class Text {
  /** Maximum number of code points to quote. */
  private static final int LIMIT = 40;

  /**
   * What could end a line, control a terminal, reverse the text around it or not be shown at all:
   * controls, formats, lone surrogates, separators of lines and paragraphs. The two joiners are
   * formats too, but words in Persian or Hindi need them.
   */
  private static final Pattern UNSAFE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}&&[^\\u200C\\u200D]]");

  private Text() {}

  /**
   * Makes any text safe for printing in one line.
   *
   * @param text any text, even with control characters
   * @return the text with "?" for each character that could break the line or mislead its reader
   */
  public static String printable(String text) {
    return UNSAFE.matcher(text).replaceAll("?");
  }

  /**
   * Quotes any content of a file safely for a one-line message.
   *
   * @param text any text, even with control characters
   * @return its first 40 code points in single quotes, {@linkplain #printable made printable}
   */
  public static String quote(String text) {
    return "'" + start(text, LIMIT) + "'";
  }

  /**
   * Shortens any text for a one-line message.
   *
   * @param text any text, even with control characters
   * @param limit the most code points of it to show, at least 0
   * @return its start, {@linkplain #printable made printable}, and "..." if that is not all
   */
  public static String start(String text, int limit) {
    int[] shown = text.codePoints().limit(limit).toArray();
    String start = new String(shown, 0, shown.length);
    return printable(start) + (start.length() < text.length() ? "..." : "");
  }

  /**
   * Counts things.
   *
   * @param count how many
   * @param one the word for one of them, whose plural ends in s
   * @return for example "1 row" or "2 rows"
   */
  public static String count(long count, String one) {
    return count + " " + noun(count, one);
  }

  /**
   * Returns a noun in the form that follows a number.
   *
   * @param count the number
   * @param one the word for one thing, whose plural ends in s
   * @return for example "row" after 1, "rows" after any other
   */
  public static String noun(long count, String one) {
    return count == 1 ? one : one + "s";
  }
}
