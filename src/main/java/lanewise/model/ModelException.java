package lanewise.model;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A model file that cannot be read or written. The message is one line for the user: the file, what
 * was found and what was expected.
 */
public final class ModelException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  /**
   * Creates an exception.
   *
   * @param message one line
   */
  public ModelException(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message one line
   * @param cause what was caught
   */
  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Describes a failed read in one line; returns a ModelException unchanged. */
  static ModelException unreadable(Path file, IOException e) {
    if (e instanceof ModelException known) {
      return known;
    }
    if (e instanceof NoSuchFileException) {
      return new ModelException(file + ": no such file", e);
    }
    if (e instanceof AccessDeniedException) {
      return new ModelException(file + ": no permission to read it", e);
    }
    String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new ModelException("%s: cannot be read: %s".formatted(file, why), e);
  }

  /** Quotes any content of a file safely for a one-line message. */
  static String quote(String text) {
    int[] shown = text.codePoints().limit(40).toArray();
    String start = new String(shown, 0, shown.length);
    String more = start.length() < text.length() ? "..." : "";
    return "'" + start.replaceAll("[\\p{Cntrl}\\p{Cs}\\u2028\\u2029]", "?") + more + "'";
  }
}
