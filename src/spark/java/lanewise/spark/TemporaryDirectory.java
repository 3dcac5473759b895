package lanewise.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory for as long as something that is readable at paths only needs one.
 *
 * @param path where it is
 */
record TemporaryDirectory(Path path) implements AutoCloseable {
  /** Creates one where Java's temporary files are. */
  static TemporaryDirectory create() throws IOException {
    return new TemporaryDirectory(Files.createTempDirectory("lanewise"));
  }

  /** Deletes it with all that is in it. */
  @Override
  public void close() throws IOException {
    List<Path> all;
    try (Stream<Path> found = Files.walk(path)) {
      all = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.deleteIfExists(each);
    }
  }
}
