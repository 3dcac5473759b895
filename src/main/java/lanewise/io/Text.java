package lanewise.io;

/** Text from files in messages. */
public final class Text {
  /** Maximum number of code points to show. */
  private static final int LIMIT = 40;

  private Text() {}

  /**
   * Quotes any content of a file safely for a one-line message.
   *
   * @param text any text, even with control characters
   * @return its first 40 code points in single quotes, with "?" for each that could break the line
   */
  public static String quote(String text) {
    int[] shown = text.codePoints().limit(LIMIT).toArray();
    String start = new String(shown, 0, shown.length);
    String more = start.length() < text.length() ? "..." : "";
    return "'" + start.replaceAll("[\\p{Cntrl}\\p{Cs}\\u2028\\u2029]", "?") + more + "'";
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
