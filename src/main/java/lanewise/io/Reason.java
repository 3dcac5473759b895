package lanewise.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file could not be read or written, in words: many exceptions only have a type. */
public final class Reason {
  private static final String UNKNOWN = "input or output error";

  private Reason() {}

  /**
   * Returns the reason for an error.
   *
   * @param e the error
   * @return a few words without the name of the file, unless only the message of the exception
   *     tells the reason
   */
  public static String of(IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> "no such file";
      case AccessDeniedException denied -> "no permission";
      case DirectoryNotEmptyException full -> "it is a directory";
      case FileAlreadyExistsException existing -> "it exists already";
      case NotDirectoryException file -> "it is not a directory";
      case FileSystemLoopException loop -> "its links form a loop";
      case FileSystemException other -> orUnknown(other.getReason());
      case ClosedByInterruptException interrupted -> "interrupted";
      case EOFException end -> "it ends too early";
      default -> orUnknown(e.getMessage());
    };
  }

  private static String orUnknown(String reason) {
    return reason == null || reason.isBlank() ? UNKNOWN : reason;
  }
}
