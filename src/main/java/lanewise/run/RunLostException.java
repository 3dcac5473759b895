package lanewise.run;

import java.io.Serial;

/** The directory of a run was taken away while the run was writing there. */
public final class RunLostException extends RunException {
  @Serial private static final long serialVersionUID = 1;

  RunLostException(String message) {
    super(message);
  }
}
