package lanewise.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes files atomically: to a temporary file in the same directory, which is flushed to disk and
 * then renamed. After a crash at any time, either the old file or the new one exists.
 *
 * <p>The temporary file has a random name and is always created anew, so no other file is ever
 * touched, and two processes that write the same file do not disturb each other: the last one wins.
 */
public final class AtomicFile {
  private static final String PREFIX = ".lanewise-";
  private static final String SUFFIX = ".tmp";

  /** As many symbolic links as Linux follows. */
  private static final int MAX_LINKS = 40;

  private AtomicFile() {}

  /** The content of a file. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes all content.
     *
     * @param target receives it
     * @throws IOException if the content cannot be written
     */
    void writeTo(Target target) throws IOException;
  }

  /** A file being written. */
  @FunctionalInterface
  public interface Target {
    /**
     * Writes all remaining bytes of a buffer.
     *
     * @param bytes fully consumed
     * @throws IOException if they cannot be written
     */
    void write(ByteBuffer bytes) throws IOException;
  }

  /**
   * Returns the file that a name stands for once all symbolic links are followed, whether it exists
   * or not.
   *
   * @param file any name
   * @return an absolute path that is not a symbolic link
   * @throws IOException if the links form a loop
   */
  public static Path target(Path file) throws IOException {
    Path path = file.toAbsolutePath();
    for (int links = 0; Files.isSymbolicLink(path); links++) {
      if (links == MAX_LINKS) {
        throw new FileSystemLoopException(file.toString());
      }
      path = path.resolveSibling(Files.readSymbolicLink(path));
    }
    return path;
  }

  /**
   * Checks that whatever exists under a name is a file that may be replaced.
   *
   * @param file not followed if it is a symbolic link
   * @throws FileSystemException if it is anything but a regular file, or read-only
   */
  public static void checkReplaceable(Path file) throws FileSystemException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(file.toString(), null, kind(file));
    }
    if (!Files.isWritable(file)) {
      throw new AccessDeniedException(file.toString());
    }
  }

  private static String kind(Path file) {
    if (Files.isSymbolicLink(file)) {
      return "it is a symbolic link";
    }
    return Files.isDirectory(file) ? "it is a directory" : "it is not a regular file";
  }

  /**
   * Writes a file.
   *
   * @param file replaced if it exists, with its permissions; its directory must exist. Symbolic
   *     links are refused: use {@link #target} where they are welcome.
   * @param content writes the content
   * @throws IOException if the file cannot be written; an existing file is unchanged
   */
  public static void write(Path file, Content content) throws IOException {
    write(file, null, content);
  }

  /**
   * Writes a file and keeps the file that it replaces.
   *
   * @param file see {@link #write(Path, Content)}
   * @param previous new name of the replaced file, in the same directory; null to keep nothing.
   *     After a crash between the two renames, only this file exists.
   * @param content writes the content
   * @throws IOException if the file cannot be written; the old content is in one of the two files
   */
  public static void write(Path file, Path previous, Content content) throws IOException {
    Path target = file.toAbsolutePath();
    checkReplaceable(target);
    Path temporary = create(target, content);
    try {
      keepPermissions(target, temporary);
      if (previous != null && Files.exists(target)) {
        Files.move(target, previous, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException | Error e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
    flushDirectory(target);
  }

  /**
   * Creates the file's directory if necessary, and checks that the file can be written. An existing
   * file is not modified.
   *
   * @param file the file to be written later
   * @throws IOException if it cannot be written; then no directory is left behind
   */
  public static void prepare(Path file) throws IOException {
    prepare(file, target -> {});
  }

  /**
   * Creates the file's directory if necessary, and checks that the file can be written and that the
   * disk has room for it: writes the content to a temporary file and deletes that. An existing file
   * is not modified.
   *
   * @param file the file to be written later
   * @param content as large as the later content
   * @throws IOException if {@link #write} would fail now; then no directory is left behind
   */
  public static void prepare(Path file, Content content) throws IOException {
    Path target = file.toAbsolutePath();
    checkReplaceable(target);
    NewDirectories created = NewDirectories.create(target.getParent());
    try {
      Path temporary = create(target, content);
      try {
        checkSticky(target, temporary);
      } finally {
        Files.delete(temporary);
      }
    } catch (IOException | RuntimeException | Error e) {
      created.remove();
      throw e;
    }
  }

  /** In a directory such as /tmp, only its owner may replace a file. */
  private static void checkSticky(Path target, Path own) throws IOException {
    Path directory = target.getParent();
    if (!Files.exists(target)
        || !directory.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return;
    }
    boolean sticky = ((int) Files.getAttribute(directory, "unix:mode") & 01000) != 0;
    Object user = Files.getAttribute(own, "unix:uid");
    if (sticky
        && !user.equals(0)
        && !user.equals(Files.getAttribute(target, "unix:uid"))
        && !user.equals(Files.getAttribute(directory, "unix:uid"))) {
      throw new FileSystemException(
          target.toString(), null, "only its owner may replace it in this directory");
    }
  }

  /** Creates a temporary file beside another one; leaves nothing behind if that fails. */
  private static Path create(Path target, Content content) throws IOException {
    String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    Path temporary = target.resolveSibling(PREFIX + random + SUFFIX);
    // Outside the try statement: a file that exists already is not ours to delete.
    FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    try (channel) {
      content.writeTo(
          bytes -> {
            while (bytes.hasRemaining()) {
              channel.write(bytes);
            }
          });
      channel.force(true);
      return temporary;
    } catch (IOException | RuntimeException | Error e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
  }

  /**
   * Tells whether a file in a directory of this program's is a temporary file that a killed process
   * has left.
   *
   * @param file any name
   * @return whether it has the form of a temporary file's name
   */
  public static boolean isTemporary(Path file) {
    return file.getFileName().toString().matches("\\.lanewise-[0-9a-f]{16}\\.tmp");
  }

  /** A replaced file that others may not read stays that way. */
  private static void keepPermissions(Path target, Path temporary) {
    PosixFileAttributeView view =
        Files.getFileAttributeView(temporary, PosixFileAttributeView.class);
    if (view == null || !Files.exists(target)) {
      return;
    }
    try {
      view.setPermissions(Files.getPosixFilePermissions(target));
    } catch (IOException e) {
      // Some file systems have fixed permissions.
    }
  }

  /** Makes the rename durable where directories can be flushed (not on Windows). */
  private static void flushDirectory(Path target) {
    try (FileChannel directory = FileChannel.open(target.getParent())) {
      directory.force(true);
    } catch (IOException e) {
      // The file itself is on disk; the system will write the directory later.
    }
  }
}
