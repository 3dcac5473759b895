package lanewise.data;

import java.io.IOException;
import java.io.Serial;

/**
 * Data that cannot be used. The message is one line for the person who supplied it: the file, the
 * place in it, what was found and what was expected.
 */
public final class DataException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  public DataException(String message) {
    super(message);
  }

  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
