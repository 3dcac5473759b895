package lanewise.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Opens files that may be gzipped. */
final class InputFiles {
  private static final int BUFFER = 1 << 16;

  private InputFiles() {}

  /**
   * Opens a file and decompresses it if it is gzip. A file whose name ends in {@code .gz} must be
   * gzip; any other is recognised by its first two bytes.
   *
   * @throws DataException if the file does not exist, is empty, a directory or not readable
   */
  static InputStream open(Path file) throws DataException {
    try {
      if (size(file) == 0) {
        throw new DataException(file + ": empty file");
      }
      return open(Files.newInputStream(file), file);
    } catch (IOException e) {
      throw DataException.of(file, e);
    }
  }

  /**
   * Decompresses a stream in the same way.
   *
   * @param in closed if it cannot be read
   * @param name for messages; a name that ends in {@code .gz} is that of gzip
   */
  static InputStream open(InputStream in, Path name) throws DataException {
    try {
      InputStream raw = new BufferedInputStream(in, BUFFER);
      try {
        return isGzip(name, raw) ? new GzipInput(raw, name.toString()) : raw;
      } catch (IOException e) {
        raw.close();
        throw e;
      }
    } catch (IOException e) {
      throw DataException.of(name, e);
    }
  }

  /** Returns the size of a regular file on disk in bytes; -1 for a pipe, which has none. */
  static long size(Path file) throws DataException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (attributes.isDirectory()) {
        throw new DataException(file + ": a directory, expected a file");
      }
      return attributes.isRegularFile() ? attributes.size() : -1;
    } catch (IOException e) {
      throw DataException.of(file, e);
    }
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
