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
 * Writes a file as a whole or not at all: under a temporary name beside it, flushed to the disk,
 * then renamed. A crash at any moment leaves the old file or the new one.
 */
public final class AtomicFile {
  private static final String UNFINISHED = ".tmp";

  private AtomicFile() {}

  /** What a file is to hold. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it. */
    void writeTo(Target target) throws IOException;
  }

  /** A file being written. */
  @FunctionalInterface
  public interface Target {
    /** Writes all remaining bytes. */
    void write(ByteBuffer bytes) throws IOException;
  }

  /**
   * Writes a file.
   *
   * @param file in a directory that exists; replaced if it is there, and if it is a link, what the
   *     link names
   * @throws IOException if that fails; what was there before is there still
   */
  public static void write(Path file, Content content) throws IOException {
    write(file, null, content);
  }

  /**
   * Writes a file and keeps the one that it replaces.
   *
   * @param file in a directory that exists; if it is a link, what the link names
   * @param previous receives what {@code file} was, in the same directory; null to keep nothing. A
   *     crash between the two renames leaves this one alone.
   * @throws IOException if that fails; what {@code file} was is still in one of the two places
   */
  public static void write(Path file, Path previous, Content content) throws IOException {
    Path target = target(file);
    Path unfinished = unfinished(target);
    try {
      write(content, unfinished);
      if (previous != null && Files.exists(target)) {
        Files.move(target, previous, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
    flushDirectory(target);
  }

  /**
   * Makes the file's directory if need be, and finds out, without touching a file that is there,
   * whether it may be written.
   *
   * @throws IOException if it may not
   */
  public static void prepare(Path file) throws IOException {
    prepare(file, target -> {});
  }

  /**
   * The same, and whether there is room: writes the content beside the file and removes it.
   *
   * @param content as large as that which is to be written later
   * @throws IOException if {@link #write} would fail now
   */
  public static void prepare(Path file, Content content) throws IOException {
    Path target = target(file);
    Files.createDirectories(target.getParent());
    Path unfinished = unfinished(target);
    try {
      write(content, unfinished);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static void write(Content content, Path unfinished) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
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

  private static Path unfinished(Path target) {
    return target.resolveSibling(target.getFileName() + UNFINISHED);
  }

  /** Makes the new name last, where directories can be flushed (not on Windows). */
  private static void flushDirectory(Path target) {
    try (FileChannel directory = FileChannel.open(target.getParent())) {
      directory.force(true);
    } catch (IOException e) {
      // The file itself is on the disk; its name will be, in the system's own time.
    }
  }
}
