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
}
