package lanewise.cli;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Ends a command with one line for its user and a status. */
final class CommandFailure extends RuntimeException {
  /** Exit status for input that cannot be used: options, data, places to write to. */
  static final int BAD_INPUT = 1;

  /** Exit status for a training that left the finite numbers. */
  static final int DIVERGED = 2;

  /** Exit status after Ctrl-C, as shells know it. */
  static final int INTERRUPTED = 130;

  @Serial private static final long serialVersionUID = 1;

  private final int status;

  CommandFailure(int status, String message, Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  static CommandFailure badInput(String message) {
    return badInput(message, null);
  }

  static CommandFailure badInput(String message, Throwable cause) {
    return new CommandFailure(BAD_INPUT, message, cause);
  }

  static CommandFailure cannotWrite(Path place, IOException cause) {
    return cannotWrite(place, cause, "");
  }

  /**
   * The same with advice.
   *
   * @param advice follows the sentence as it is
   */
  static CommandFailure cannotWrite(Path place, IOException cause, String advice) {
    return badInput(
        "cannot write to %s: %s%s".formatted(place, reason(place, cause), advice), cause);
  }

  int status() {
    return status;
  }

  private static String reason(Path place, IOException e) {
    if (!(e instanceof FileSystemException failed)) {
      return e.getMessage();
    }
    if (e instanceof FileAlreadyExistsException) {
      return failed.getFile() + " is in its place";
    }
    if (e instanceof AccessDeniedException) {
      return "no permission for " + failed.getFile();
    }
    if (e instanceof NoSuchFileException) {
      return failed.getFile() + " cannot be created";
    }
    return place.toString().equals(failed.getFile())
        ? failed.getReason()
        : failed.getFile() + ": " + failed.getReason();
  }
}
