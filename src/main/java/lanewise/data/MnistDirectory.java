package lanewise.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds a data set in a directory by the usual file names of MNIST. */
final class MnistDirectory {
  static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
  static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
  static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
  static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

  private static final List<String> IDX =
      List.of(TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS);
  private static final List<String> CSV = List.of("mnist_train.csv", "mnist_test.csv");

  /** The expected files, for messages. */
  static final String EXPECTED =
      "%s (each also .gz), or %s (each also .gz)"
          .formatted(String.join(", ", IDX), String.join(" and ", CSV));

  private MnistDirectory() {}

  /**
   * Reads the data set in a directory: its IDX files if all four are there, else its CSV files.
   *
   * @return empty if the directory does not exist or holds no file of either format
   * @throws DataException if only some files of a format are there, or one is invalid
   */
  static Optional<Dataset> read(Path directory) throws DataException {
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw new DataException(directory + ": a file, expected a directory with MNIST");
    }
    List<Path> idx = find(directory, IDX);
    if (idx.size() == IDX.size()) {
      Rows train = IdxReader.read(idx.get(0), idx.get(1), Rows.Limits.NONE);
      Rows test = IdxReader.read(idx.get(2), idx.get(3), train.limits());
      return Optional.of(Rows.dataset(train, test, directory + " (IDX)"));
    }
    List<Path> csv = find(directory, CSV);
    if (csv.size() == CSV.size()) {
      return Optional.of(readCsv(csv.get(0), csv.get(1), directory + " (CSV)"));
    }
    if (idx.isEmpty() && csv.isEmpty()) {
      return Optional.empty();
    }
    throw new DataException(
        "%s: incomplete, missing %s"
            .formatted(
                directory, String.join(", ", missing(directory, idx.isEmpty() ? CSV : IDX))));
  }

  /** All files in a directory whose names are those of a data set. */
  static List<Path> files(Path directory) {
    return Stream.concat(IDX.stream(), CSV.stream())
        .flatMap(name -> existing(directory, name))
        .toList();
  }

  /** Reads two CSV files. */
  static Dataset readCsv(Path trainFile, Path testFile, String source) throws DataException {
    Rows train = CsvReader.read(trainFile, Rows.Limits.NONE);
    Rows test = CsvReader.read(testFile, train.limits());
    return Rows.dataset(train, test, source);
  }

  private static List<Path> find(Path directory, List<String> names) {
    List<Path> found = new ArrayList<>();
    for (String name : names) {
      find(directory, name).ifPresent(found::add);
    }
    return found;
  }

  private static Stream<Path> existing(Path directory, String name) {
    String dotted = name.replace("-idx", ".idx");
    return Stream.of(name, dotted, name + ".gz", dotted + ".gz")
        .distinct()
        .map(directory::resolve)
        .filter(Files::exists);
  }

  private static List<String> missing(Path directory, List<String> names) {
    return names.stream().filter(name -> find(directory, name).isEmpty()).toList();
  }

  /**
   * Prefers a file to a directory of the same name: some archives extract to {@code
   * train-images-idx3-ubyte/train-images-idx3-ubyte} beside {@code train-images.idx3-ubyte}.
   */
  private static Optional<Path> find(Path directory, String name) {
    List<Path> existing = existing(directory, name).toList();
    return existing.stream()
        .filter(path -> !Files.isDirectory(path))
        .findFirst()
        .or(() -> existing.stream().findFirst());
  }
}
