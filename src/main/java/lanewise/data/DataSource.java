package lanewise.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import lanewise.data.digits.BuiltinDigits;
import lanewise.io.Reason;
import lanewise.parallel.Workers;
import lanewise.table.Encoding;
import lanewise.table.Table;

/**
 * Reads or draws data sets: {@code DataSource.directory(Path.of("data"))} reads MNIST.
 *
 * <p>Every file may be gzipped. Parameters must not be null.
 */
public final class DataSource {
  private static final int TRAIN_ROWS = 60_000;
  private static final int TEST_ROWS = 10_000;
  private static final int DIGIT_PIXELS = BuiltinDigits.SIDE * BuiltinDigits.SIDE;
  private static final long DIGIT_SEED = 1;

  private DataSource() {}

  /**
   * Lists the files that {@link #directory} would read, so that a program can keep its outputs from
   * replacing them.
   *
   * @param directory need not exist
   * @return all existing files with the names of a data set, in any of their spellings
   */
  public static List<Path> files(Path directory) {
    return MnistDirectory.files(Objects.requireNonNull(directory, "directory"));
  }

  /**
   * Reads MNIST, or any data set under MNIST's file names: the four IDX files, else {@code
   * mnist_train.csv} and {@code mnist_test.csv}.
   *
   * @param directory holds the files
   * @return pixels as grey bytes, labels 0 to 255
   * @throws DataException if no file or not every file is there, a file is invalid, or the test set
   *     does not match the training set
   */
  public static Dataset directory(Path directory) throws DataException {
    Objects.requireNonNull(directory, "directory");
    Optional<Dataset> found = MnistDirectory.read(directory);
    if (found.isEmpty()) {
      throw new DataException(
          "%s: %s, expected %s"
              .formatted(
                  directory,
                  Files.exists(directory) ? "no MNIST files" : "no such directory",
                  MnistDirectory.EXPECTED));
    }
    return found.get();
  }

  /**
   * Reads a training set and a test set from CSV files.
   *
   * @param train an optional header line, then one row per line: the label, then the pixels, all
   *     integers from 0 to 255
   * @param test in the same format, with as many pixels per row; its labels must not exceed the
   *     largest of the training set
   * @return the rows in the order of the files
   * @throws DataException if a file is missing or invalid, the two do not match, or Apache Commons
   *     CSV is not available
   */
  public static Dataset csv(Path train, Path test) throws DataException {
    Objects.requireNonNull(train, "train");
    Objects.requireNonNull(test, "test");
    return MnistDirectory.readCsv(train, test, "%s and %s".formatted(train, test));
  }

  /**
   * Reads labelled rows from one CSV file.
   *
   * @param file in the format of {@link #csv(Path, Path)}
   * @return the rows in the order of the file
   * @throws DataException if the file is missing or invalid, or Apache Commons CSV is not available
   */
  public static LabelledRows csv(Path file) throws DataException {
    Objects.requireNonNull(file, "file");
    return CsvReader.read(file, Rows.Limits.NONE).labelled(file.toString());
  }

  /**
   * Reads a table with a label, for training.
   *
   * <p>The first row is a header if none of its cells is a number or stands for no value; else the
   * columns are named 1, 2, 3 and so on, and a blank name of the first column is 1 too. A column is
   * of numbers if every cell with a value is a number: a sign, digits with a decimal point, an
   * exponent; any other is of text, and may have 256 different values. No value are an empty cell,
   * NA, N/A, NaN, null, none and ?, in any case. Spaces around a cell are not part of it. Blank
   * lines are skipped.
   *
   * @param file CSV in UTF-8, as RFC 4180 has it, with any line ends; may be a pipe
   * @param options which column is the label, and how to read the others
   * @return at least one row; all columns but those that are ignored
   * @throws DataException if the file is missing or invalid, an option does not fit it, or Apache
   *     Commons CSV is not available
   */
  public static Table table(Path file, TableOptions options) throws DataException {
    Objects.requireNonNull(file, "file");
    return TableReader.read(file, Objects.requireNonNull(options, "options"));
  }

  /**
   * Reads a table as a network needs it: by the names of its header, in any order and among any
   * others; by position if the training file had no header.
   *
   * @param file as for {@link #table(Path, TableOptions)}
   * @param encoding of the network
   * @param labelled whether there must be a label; else it may be there and is left out
   * @param delimiter between cells, or {@link TableOptions#FOUND}
   * @return at least one row of the columns that the encoding has, in its order
   * @throws DataException if the file is missing or invalid, does not fit the encoding, or Apache
   *     Commons CSV is not available
   * @throws IllegalArgumentException if the delimiter is a quote or a line break
   */
  public static Table table(Path file, Encoding encoding, boolean labelled, char delimiter)
      throws DataException {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(encoding, "encoding");
    Delimiter.check(delimiter);
    return EncodedTableReader.read(
        file, () -> InputFiles.open(file), encoding, labelled, delimiter);
  }

  /**
   * Reads rows as a network needs them that another reader has split into cells.
   *
   * @param name of the source, for messages
   * @param columns the names of the cells; if the training file had no header, only their number
   *     counts, and there may be one less, without the label
   * @param rows each with as many cells as columns, in text, empty for no value
   * @param firstLine the number of the first row in the source, for messages; at least 1
   * @param encoding of the network
   * @return the rows, with the columns that the encoding has, in its order
   * @throws DataException if the rows do not fit the encoding
   * @throws IllegalArgumentException if a row has more or fewer cells than columns
   */
  public static Table table(
      String name, List<String> columns, List<String[]> rows, int firstLine, Encoding encoding)
      throws DataException {
    Objects.requireNonNull(encoding, "encoding");
    for (String[] row : rows) {
      if (row.length != columns.size()) {
        throw new IllegalArgumentException(
            "a row of %d cells, but %d columns".formatted(row.length, columns.size()));
      }
    }
    return EncodedTableReader.read(Path.of(name), columns, rows, firstLine, encoding);
  }

  /**
   * Reads a table as a network needs it from a stream, such as standard input.
   *
   * @param in the content of a file, perhaps gzipped; closed at the end
   * @param name of the stream, for messages
   * @param encoding of the network
   * @param labelled as of {@link #table(Path, Encoding, boolean, char)}
   * @param delimiter as of {@link #table(Path, Encoding, boolean, char)}
   * @return at least one row of the columns that the encoding has, in its order
   * @throws DataException if the stream cannot be read, is invalid or does not fit the encoding, or
   *     Apache Commons CSV is not available
   * @throws IllegalArgumentException if the delimiter is a quote or a line break
   */
  public static Table table(
      InputStream in, String name, Encoding encoding, boolean labelled, char delimiter)
      throws DataException {
    Objects.requireNonNull(in, "in");
    Objects.requireNonNull(encoding, "encoding");
    Delimiter.check(delimiter);
    Path file = Path.of(name);
    return EncodedTableReader.read(
        file, () -> InputFiles.open(in, file), encoding, labelled, delimiter);
  }

  /**
   * Reads rows to classify from one CSV file.
   *
   * @param file an optional header line, then one row per line: {@code width} pixels, integers from
   *     0 to 255, or a label and {@code width} pixels; the labels are checked and dropped. The
   *     first row decides which.
   * @param width pixels per row, at least 1
   * @return the rows in the order of the file
   * @throws DataException if the file is missing or invalid, or Apache Commons CSV is not available
   * @throws IllegalArgumentException if the width is less than 1
   */
  public static InputRows inputs(Path file, int width) throws DataException {
    Objects.requireNonNull(file, "file");
    if (width < 1) {
      throw new IllegalArgumentException("the width must be at least 1, not " + width);
    }
    return CsvReader.readInputs(file, width);
  }

  /**
   * Draws the built-in digits on all cores.
   *
   * @return 60,000 training and 10,000 test digits of 28 x 28 pixels; always the same
   */
  public static Dataset builtin() {
    return builtin(Math.min(Workers.MAX_THREADS, Runtime.getRuntime().availableProcessors()));
  }

  /**
   * Draws the built-in digits.
   *
   * @param threads 1 to 1024; the digits do not depend on it
   * @return 60,000 training and 10,000 test digits of 28 x 28 pixels; always the same
   * @throws IllegalArgumentException if the number of threads is out of range
   */
  public static Dataset builtin(int threads) {
    try (Workers workers = new Workers(threads)) {
      Rows train = draw(0, TRAIN_ROWS, workers);
      Rows test = draw(TRAIN_ROWS, TEST_ROWS, workers);
      return Rows.dataset(train, test, "built-in digits");
    }
  }

  /**
   * Reads MNIST from a directory, after downloading it if it is not there; draws the built-in
   * digits if that fails.
   *
   * @param directory created by a download if it does not exist
   * @param offline true to use no network
   * @param progress receives the progress of the download
   * @param notice receives one line that gives the reason, if the built-in digits replace MNIST
   * @return MNIST or the built-in digits
   * @throws DataException if some of the files are missing or invalid, or if this thread is
   *     interrupted while downloading (its interrupt status is set again)
   */
  public static Dataset mnistOrBuiltin(
      Path directory, boolean offline, DownloadProgress progress, Consumer<String> notice)
      throws DataException {
    // A lambda: a method reference would load Download, which needs java.net.http, at once.
    Supplier<Download> download = () -> Download.mnist();
    return mnistOrBuiltin(directory, offline ? null : download, progress, notice);
  }

  /**
   * Does the same with any download.
   *
   * @param download called only when needed, as it needs java.net.http; null to use no network
   */
  static Dataset mnistOrBuiltin(
      Path directory,
      Supplier<Download> download,
      DownloadProgress progress,
      Consumer<String> notice)
      throws DataException {
    Objects.requireNonNull(directory, "directory");
    Objects.requireNonNull(progress, "progress");
    Objects.requireNonNull(notice, "notice");
    Optional<Dataset> found = MnistDirectory.read(directory);
    if (found.isPresent()) {
      return found.get();
    }
    String reason =
        download == null ? "was not downloaded (offline)" : failure(download, directory, progress);
    if (reason == null) {
      return directory(directory);
    }
    notice.accept(
        ("MNIST is not in %s and %s. Using the built-in digits instead; accuracy on them is not"
                + " accuracy on MNIST. To use MNIST, put %s into %s.")
            .formatted(directory, reason, MnistDirectory.EXPECTED, directory));
    return builtin();
  }

  /** Downloads MNIST; returns null on success, else the reason for a notice. */
  private static String failure(
      Supplier<Download> download, Path directory, DownloadProgress progress) throws DataException {
    try {
      download.get().into(directory, progress);
      return null;
    } catch (IOException e) {
      return "could not be downloaded (%s)".formatted(Reason.of(e));
    } catch (NoClassDefFoundError e) {
      return "could not be downloaded (this needs the module java.net.http)";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DataException("the download of MNIST was interrupted", e);
    }
  }

  private static Rows draw(int from, int rows, Workers workers) {
    byte[] pixels = new byte[rows * DIGIT_PIXELS];
    int[] labels = new int[rows];
    long threads = workers.threads();
    workers.run(
        workers.threads(),
        (thread, barrier) -> {
          int first = (int) (rows * thread / threads);
          int end = (int) (rows * (thread + 1) / threads);
          BuiltinDigits.draw(DIGIT_SEED, from + first, from + end, pixels, labels, first);
        });
    return new Rows(pixels, DIGIT_PIXELS, BuiltinDigits.SIDE, labels);
  }
}
