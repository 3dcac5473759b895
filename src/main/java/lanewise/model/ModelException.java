package lanewise.model;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;
import lanewise.io.ReadErrors;

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
    return new ModelException(ReadErrors.describe(file, e), e);
  }
}
