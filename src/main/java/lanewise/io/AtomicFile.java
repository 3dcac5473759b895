package lanewise.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes files atomically: to a temporary file in the same directory, which is flushed to disk and
 * then renamed. After a crash at any time, either the old file or the new one exists.
 */
public final class AtomicFile {
  private static final String TEMPORARY = ".tmp";

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
   * Writes a file.
   *
   * @param file replaced if it exists; its directory must exist. If it is a symbolic link, the
   *     link's target is written.
   * @param content writes the content
   * @throws IOException if the file cannot be written; an existing file is unchanged
   */
  public static void write(Path file, Content content) throws IOException {
    write(file, null, content);
  }

  /**
   * Writes a file and keeps the file that it replaces.
   *
   * @param file its directory must exist; if it is a symbolic link, the link's target is written
   * @param previous new name of the replaced file, in the same directory; null to keep nothing.
   *     After a crash between the two renames, only this file exists.
   * @param content writes the content
   * @throws IOException if the file cannot be written; the old content is in one of the two files
   */
  public static void write(Path file, Path previous, Content content) throws IOException {
    Path target = target(file);
    Path temporary = temporary(target);
    try {
      write(content, temporary);
      if (previous != null && Files.exists(target)) {
        Files.move(target, previous, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    flushDirectory(target);
  }

  /**
   * Creates the file's directory if necessary, and checks that the file can be written. An existing
   * file is not modified.
   *
   * @param file the file to be written later
   * @throws IOException if it cannot be written
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
   * @throws IOException if {@link #write} would fail now
   */
  public static void prepare(Path file, Content content) throws IOException {
    Path target = target(file);
    Files.createDirectories(target.getParent());
    Path temporary = temporary(target);
    try {
      write(content, temporary);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static void write(Content content, Path temporary) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      content.writeTo(
          bytes -> {
            while (bytes.hasRemaining()) {
              channel.write(bytes);
            }
          });
      channel.force(true);
    }
  }

  private static Path target(Path file) throws IOException {
    if (!Files.exists(file)) {
      return file.toAbsolutePath();
    }
    if (!Files.isRegularFile(file)) {
      throw new FileSystemException(
          file.toString(),
          null,
          Files.isDirectory(file) ? "it is a directory" : "it is not a regular file");
    }
    return file.toRealPath();
  }

  private static Path temporary(Path target) {
    return target.resolveSibling(target.getFileName() + TEMPORARY);
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
