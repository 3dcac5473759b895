package lanewise.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** The directories that were created for a file, to be removed if the file does not come. */
public final class NewDirectories {
  /** The innermost first. */
  private final Deque<Path> created = new ArrayDeque<>();

  private NewDirectories() {}

  /**
   * Creates a directory and all those above it that do not exist.
   *
   * @param directory need not exist
   * @return those that were created; none if it existed
   * @throws IOException if one cannot be created; then none is left behind
   */
  public static NewDirectories create(Path directory) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    for (Path each = directory.toAbsolutePath();
        each != null && !Files.exists(each);
        each = each.getParent()) {
      missing.push(each);
    }
    NewDirectories directories = new NewDirectories();
    try {
      for (Path each : missing) {
        if (!Files.isDirectory(each)) { // Another process may be as fast.
          Files.createDirectory(each);
          directories.created.push(each);
        }
      }
      Files.createDirectories(directory); // Fails if it is a file.
      return directories;
    } catch (IOException e) {
      directories.remove();
      throw e;
    }
  }

  /** Removes the directories that were created, except those that are no longer empty. */
  public void remove() {
    try {
      for (Path each : created) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      // It has other files by now: those above it stay, too.
    }
  }
}
