package lanewise.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import lanewise.data.digits.BuiltinDigits;
import lanewise.parallel.Workers;

/** Where a run's data comes from. */
public final class DataSource {
  private static final int TRAIN_ROWS = 60_000;
  private static final int TEST_ROWS = 10_000;
  private static final int DIGIT_PIXELS = 28 * 28;
  private static final long DIGIT_SEED = 1;

  private DataSource() {}

  /**
   * MNIST, or any data set under its names, in a directory: the four IDX files, gzipped or not,
   * else {@code mnist_train.csv} and {@code mnist_test.csv}, gzipped or not.
   *
   * @throws DataException if the directory holds none, only a part of it, or bad files
   */
  public static Dataset directory(Path directory) throws DataException {
    Optional<Dataset> found = MnistDirectory.read(directory);
    if (found.isEmpty()) {
      throw new DataException(
          "%s: %s, expected %s"
              .formatted(
                  directory,
                  Files.exists(directory) ? "no MNIST there" : "no such directory",
                  MnistDirectory.EXPECTED));
    }
    return found.get();
  }

  /**
   * Two CSV files, gzipped or not: a header line or none, then a label and the pixels, whole
   * numbers 0..255, a line.
   *
   * @throws DataException if a file is bad or the two do not fit each other
   */
  public static Dataset csv(Path train, Path test) throws DataException {
    return MnistDirectory.readCsv(train, test, "%s and %s".formatted(train, test));
  }

  /**
   * One CSV file of labelled rows, in the same form.
   *
   * @throws DataException if the file is bad
   */
  public static LabelledRows csv(Path file) throws DataException {
    return CsvReader.read(file, Rows.Limits.NONE).labelled(file.toString());
  }

  /**
   * One CSV file of rows to be classified, gzipped or not: a header line or none, then the pixels,
   * whole numbers 0..255, a line; or a label before them, which is left out. The number of columns
   * in the first row of data decides.
   *
   * @param width pixels a row
   * @throws DataException if the file is bad
   */
  public static InputRows inputs(Path file, int width) throws DataException {
    return CsvReader.readInputs(file, width);
  }

  /**
   * 60,000 training and 10,000 test digits of 28 x 28 that the program draws; always the same,
   * whatever the number of threads.
   *
   * @param workers draws them
   */
  public static Dataset builtin(Workers workers) {
    Rows train = draw(0, TRAIN_ROWS, workers);
    Rows test = draw(TRAIN_ROWS, TEST_ROWS, workers);
    return Rows.dataset(train, test, "built-in digits");
  }

  /**
   * The default: MNIST in the directory; else downloaded into it, unless offline; else the built-in
   * digits.
   *
   * @param directory made by a download if need be
   * @param offline true to stay off the network
   * @param progress hears how the download gets on
   * @param notice told, in one line, when and why the built-in digits take MNIST's place
   * @throws DataException if the directory holds only a part of MNIST or bad files, or if this
   *     thread is interrupted while downloading (its interrupt status is set again)
   */
  public static Dataset standard(
      Path directory, boolean offline, DownloadProgress progress, Consumer<String> notice)
      throws DataException {
    return standard(directory, offline ? null : Download.mnist(), progress, notice);
  }

  /**
   * The same with any download.
   *
   * @param download null to stay off the network
   */
  static Dataset standard(
      Path directory, Download download, DownloadProgress progress, Consumer<String> notice)
      throws DataException {
    Objects.requireNonNull(progress, "progress");
    Objects.requireNonNull(notice, "notice");
    Optional<Dataset> found = MnistDirectory.read(directory);
    if (found.isPresent()) {
      return found.get();
    }
    String why =
        download == null ? "was not downloaded (offline)" : failure(download, directory, progress);
    if (why == null) {
      return directory(directory);
    }
    notice.accept(
        ("MNIST is not in %s and %s. This run uses the built-in digits, which the program draws:"
                + " its accuracies are not MNIST's. To use MNIST, put %s into %s, or name two CSV"
                + " files with --train FILE --test FILE.")
            .formatted(directory, why, MnistDirectory.EXPECTED, directory));
    try (Workers workers = new Workers(Runtime.getRuntime().availableProcessors())) {
      return builtin(workers);
    }
  }

  /** Downloads; returns null if that went well, else what a notice says of it. */
  private static String failure(Download download, Path directory, DownloadProgress progress)
      throws DataException {
    try {
      download.into(directory, progress);
      return null;
    } catch (IOException e) {
      return "could not be downloaded (%s)".formatted(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DataException("MNIST's download was interrupted", e);
    }
  }

  private static Rows draw(int from, int rows, Workers workers) {
    byte[] pixels = new byte[rows * DIGIT_PIXELS];
    int[] labels = new int[rows];
    long crew = workers.threads();
    workers.run(
        workers.threads(),
        (worker, barrier) -> {
          int first = (int) (rows * worker / crew);
          int end = (int) (rows * (worker + 1) / crew);
          BuiltinDigits.draw(DIGIT_SEED, from + first, from + end, pixels, labels, first);
        });
    return new Rows(pixels, DIGIT_PIXELS, labels);
  }
}
