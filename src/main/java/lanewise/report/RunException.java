package lanewise.report;

import java.io.IOException;
import java.io.Serial;

/**
 * The directory of a run that cannot be used. The message is one line for the person who named it:
 * the file or directory, what was found and what was expected.
 */
public final class RunException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  public RunException(String message) {
    super(message);
  }

  public RunException(String message, Throwable cause) {
    super(message, cause);
  }
}
