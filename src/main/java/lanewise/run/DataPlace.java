package lanewise.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lanewise.data.DataException;
import lanewise.data.DataSource;
import lanewise.data.Dataset;

/** Where a data set comes from. */
public sealed interface DataPlace {
  /** The directory that {@link Standard} looks in, relative to the working directory. */
  Path STANDARD_DIRECTORY = Path.of("data");

  /**
   * MNIST, or another data set in files with the same names.
   *
   * @param directory that holds the files
   */
  record Directory(Path directory) implements DataPlace {}

  /**
   * CSV files: a label and grey values 0 to 255 on each line; or tables.
   *
   * @param train the training rows
   * @param test the test rows; empty only for a table, whose validation rows are those of the test
   */
  record CsvFiles(Path train, Optional<Path> test) implements DataPlace {
    /** Two files. */
    public CsvFiles(Path train, Path test) {
      this(train, Optional.of(test));
    }

    private Path testRows() throws DataException {
      return test.orElseThrow(
          () -> new DataException("the test rows have no file: name it with --test"));
    }

    /** The same files by names that hold in any working directory, or pipes. */
    DataPlace located() {
      return isLasting(train) && test.stream().allMatch(DataPlace::isLasting)
          ? new CsvFiles(train.toAbsolutePath(), test.map(Path::toAbsolutePath))
          : new Piped();
    }
  }

  /**
   * Rows whose names are gone, since the files were pipes, such as a shell's process substitutions,
   * or were given as open files of the process.
   */
  record Piped() implements DataPlace {
    DataException unnamed() {
      return new DataException(
          "the rows of this run came through a pipe: name them again with --train and --test");
    }
  }

  /** The digits that the program draws. */
  record Builtin() implements DataPlace {}

  /**
   * MNIST in {@link #STANDARD_DIRECTORY}, downloaded into it if necessary; the built-in digits if
   * it cannot be downloaded.
   *
   * @param offline whether downloads are forbidden
   */
  record Standard(boolean offline) implements DataPlace {}

  /**
   * A data set and the place that names it from any working directory.
   *
   * @param place with absolute paths; never {@link Standard}
   */
  record Found(Dataset dataset, DataPlace place) {}

  /** The files that {@link #read} reads, as far as they exist: no output may replace them. */
  default List<Path> files() {
    return switch (this) {
      case Directory place -> DataSource.files(place.directory());
      case CsvFiles files ->
          Stream.concat(Stream.of(files.train()), files.test().stream()).toList();
      case Builtin builtin -> List.of();
      case Piped piped -> List.of();
      case Standard standard -> DataSource.files(STANDARD_DIRECTORY);
    };
  }

  /**
   * Reads the data set.
   *
   * @param threads used to draw the built-in digits
   * @param listener is told about a download, and warned if the built-in digits replace MNIST
   * @throws DataException if the data is missing or invalid
   */
  default Found read(int threads, DataListener listener) throws DataException {
    return switch (this) {
      case Directory place ->
          new Found(
              DataSource.directory(place.directory()),
              new Directory(place.directory().toAbsolutePath()));
      case CsvFiles files ->
          new Found(DataSource.csv(files.train(), files.testRows()), files.located());
      case Piped piped -> throw piped.unnamed();
      case Builtin builtin -> new Found(DataSource.builtin(threads), builtin);
      case Standard standard -> readStandard(standard.offline(), listener);
    };
  }

  /** Whether a name means the same file in another process: those of open files do not. */
  private static boolean isLasting(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    return Files.isRegularFile(file)
        && Stream.of("/dev/stdin", "/dev/fd", "/proc").noneMatch(absolute::startsWith);
  }

  private static Found readStandard(boolean offline, DataListener listener) throws DataException {
    boolean[] drawn = new boolean[1];
    Dataset dataset =
        DataSource.mnistOrBuiltin(
            STANDARD_DIRECTORY,
            offline,
            listener::onDownload,
            warning -> {
              drawn[0] = true;
              listener.onWarning(warning);
            });
    return new Found(
        dataset, drawn[0] ? new Builtin() : new Directory(STANDARD_DIRECTORY.toAbsolutePath()));
  }
}
