package lanewise.data;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;
import lanewise.io.ReadErrors;

/**
 * Thrown for data that cannot be read or used. The message is a single line for the user: the file,
 * the position in it, what was found and what was expected.
 */
public final class DataException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  /**
   * Creates an exception.
   *
   * @param message one line
   */
  public DataException(String message) {
    super(message);
  }

  /**
   * Creates an exception with its cause.
   *
   * @param message one line
   * @param cause may be null
   */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Wraps an error from reading a file; a DataException is returned as it is. */
  static DataException of(Path file, IOException e) {
    return e instanceof DataException known
        ? known
        : new DataException(ReadErrors.describe(file, e), e);
  }
}
