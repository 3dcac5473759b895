package lanewise.run;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A run that cannot start, continue or be read. The message is one sentence for the user: the file
 * or directory, what was found and what was expected.
 */
public class RunException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  public RunException(String message) {
    super(message);
  }

  public RunException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * A file or directory that cannot be written.
   *
   * @param place named by the user
   */
  public static RunException cannotWrite(Path place, IOException cause) {
    return new RunException("cannot write to %s: %s".formatted(place, reason(place, cause)), cause);
  }

  private static String reason(Path place, IOException e) {
    if (!(e instanceof FileSystemException failed)) {
      return e.getMessage();
    }
    if (e instanceof FileAlreadyExistsException && isFile(place)) {
      return "it is not a directory";
    }
    for (Path above = place.getParent(); above != null; above = above.getParent()) {
      if (isFile(above)) {
        return above + " is not a directory";
      }
    }
    if (e instanceof AccessDeniedException) {
      return "no permission for " + failed.getFile();
    }
    if (e instanceof NoSuchFileException) {
      Path parent = place.getParent();
      return parent == null || Files.exists(parent)
          ? "it cannot be created"
          : parent + ": no such directory";
    }
    return place.toString().equals(failed.getFile())
        ? failed.getReason()
        : failed.getFile() + ": " + failed.getReason();
  }

  private static boolean isFile(Path path) {
    return Files.exists(path) && !Files.isDirectory(path);
  }
}
