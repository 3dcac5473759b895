package lanewise.model;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;
import lanewise.io.ReadErrors;

/**
 * A file of numbers that cannot be used. The message is one line for the person who supplied it:
 * the file, what was found and what was expected.
 */
public final class ModelException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  public ModelException(String message) {
    super(message);
  }

  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }

  /** One line for whatever went wrong while reading; what already is one stays as it is. */
  static ModelException unreadable(Path file, IOException e) {
    if (e instanceof ModelException known) {
      return known;
    }
    return new ModelException(ReadErrors.describe(file, e), e);
  }

  /** What a file holds, in a form that fits a one-line message whatever it is. */
  static String quote(String text) {
    int[] shown = text.codePoints().limit(40).toArray();
    String start = new String(shown, 0, shown.length);
    String more = start.length() < text.length() ? "..." : "";
    return "'" + start.replaceAll("[\\p{Cntrl}\\p{Cs}\\u2028\\u2029]", "?") + more + "'";
  }
}
