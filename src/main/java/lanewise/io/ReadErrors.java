package lanewise.io;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Messages for files that cannot be read. */
public final class ReadErrors {
  private ReadErrors() {}

  /**
   * Describes an error from reading a file.
   *
   * @param file as the user named it
   * @param e the error
   * @return one line that begins with the file
   */
  public static String describe(Path file, IOException e) {
    if (e instanceof NoSuchFileException) {
      return file + ": no such file";
    }
    if (e instanceof AccessDeniedException) {
      return file + ": no permission to read it";
    }
    return "%s: cannot be read: %s".formatted(file, Reason.of(e));
  }
}
