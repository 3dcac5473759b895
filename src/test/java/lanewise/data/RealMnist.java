package lanewise.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import lanewise.Needed;

/** The real MNIST, for tests in any package. */
public final class RealMnist {
  private RealMnist() {}

  /**
   * A directory with MNIST's four IDX files, from the system property {@code lanewise.mnist}. Ends
   * the calling test, with the reason, when there is none: see {@link Needed}.
   */
  public static Path directory() {
    Path directory = Path.of(System.getProperty("lanewise.mnist", "data"));
    boolean complete =
        Stream.of(
                MnistDirectory.TRAIN_IMAGES,
                MnistDirectory.TRAIN_LABELS,
                MnistDirectory.TEST_IMAGES,
                MnistDirectory.TEST_LABELS)
            .allMatch(
                name ->
                    Files.exists(directory.resolve(name))
                        || Files.exists(directory.resolve(name + ".gz")));
    Needed.check(
        complete,
        () -> "no MNIST in " + directory + ": name a directory with -Dlanewise.mnist=DIR");
    return directory;
  }
}
