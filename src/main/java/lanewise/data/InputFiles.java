package lanewise.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Opens the files that a person named, and says in one line why one cannot be read. */
public final class InputFiles {
  private static final int BUFFER = 1 << 16;

  private InputFiles() {}

  /**
   * The content of a file, unpacked if it is gzip. A name that ends in {@code .gz} has to hold
   * gzip; under any other name it is recognised by its first two bytes.
   *
   * @throws DataException if there is no such file, it is empty, a directory or not to be read
   */
  public static InputStream open(Path file) throws DataException {
    try {
      if (size(file) == 0) {
        throw new DataException(file + ": empty file");
      }
      InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
      try {
        return isGzip(file, raw) ? new GzipInput(raw, file.toString()) : raw;
      } catch (IOException e) {
        raw.close();
        throw e;
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** The bytes of a regular file as it lies on disk; -1 for a pipe, which has no size. */
  static long size(Path file) throws DataException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (attributes.isDirectory()) {
        throw new DataException(file + ": a directory, expected a file");
      }
      return attributes.isRegularFile() ? attributes.size() : -1;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** One line for whatever went wrong while reading; what already is one stays as it is. */
  public static DataException unreadable(Path file, IOException e) {
    if (e instanceof DataException known) {
      return known;
    }
    if (e instanceof NoSuchFileException) {
      return new DataException(file + ": no such file", e);
    }
    if (e instanceof AccessDeniedException) {
      return new DataException(file + ": no permission to read it", e);
    }
    String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new DataException("%s: cannot be read: %s".formatted(file, why), e);
  }

  private static boolean isGzip(Path file, InputStream raw) throws IOException {
    if (file.toString().endsWith(".gz")) {
      return true;
    }
    raw.mark(2);
    boolean gzip = raw.read() == GzipInput.ID1 && raw.read() == GzipInput.ID2;
    raw.reset();
    return gzip;
  }
}
