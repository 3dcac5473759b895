package lanewise.run;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import lanewise.io.Reason;

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
      return Reason.of(e);
    }
    if (e instanceof FileAlreadyExistsException && isFile(place)) {
      return "it is not a directory";
    }
    for (Path above = place.getParent(); above != null; above = above.getParent()) {
      if (isFile(above)) {
        return above + " is not a directory";
      }
    }
    if (e instanceof NoSuchFileException) {
      Path parent = place.getParent();
      return parent == null || Files.exists(parent)
          ? "it cannot be created"
          : parent + ": no such directory";
    }
    Path concerned = concerned(failed);
    if (e instanceof AccessDeniedException) {
      return "no permission for " + (concerned == null ? place : concerned);
    }
    return concerned == null || concerned.toAbsolutePath().equals(place.toAbsolutePath())
        ? Reason.of(e)
        : concerned + ": " + Reason.of(e);
  }

  /** An existing file, or a link that leads nowhere. */
  private static boolean isFile(Path path) {
    return exists(path) && !Files.isDirectory(path);
  }

  private static boolean exists(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * The existing file or directory that is in the way, the directory of a file that could not be
   * created for lack of permission, or null. Nobody knows the names of temporary files.
   */
  private static Path concerned(FileSystemException e) {
    // Of the two files of a failed move, the second is in the way.
    String name = e.getOtherFile() == null ? e.getFile() : e.getOtherFile();
    if (name == null) {
      return null;
    }
    try {
      Path file = Path.of(name);
      if (exists(file)) {
        return file;
      }
      return e instanceof AccessDeniedException ? file.toAbsolutePath().getParent() : null;
    } catch (InvalidPathException undecodable) {
      return null; // Only the name was lost, in the encoding of the locale.
    }
  }
}
