package lanewise.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import lanewise.data.DataException;

/** Standard input, unless it is closed. */
final class StandardInput {
  /** What the first file descriptor is, on Linux. */
  private static final Path DESCRIPTOR = Path.of("/proc/self/fd/0");

  private StandardInput() {}

  /**
   * Returns the stream.
   *
   * @throws DataException if it is closed: then the JVM's own first file, of 140 MB, has its number
   */
  static InputStream open() throws DataException {
    if (isOfJvm()) {
      throw new DataException("standard input: it is closed");
    }
    return System.in;
  }

  private static boolean isOfJvm() {
    try {
      return Files.readSymbolicLink(DESCRIPTOR)
          .startsWith(Path.of(System.getProperty("java.home")).toRealPath());
    } catch (IOException | UnsupportedOperationException e) {
      return false; // There is no such name on this system.
    }
  }
}
