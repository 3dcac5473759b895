package lanewise.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import lanewise.data.DataException;
import lanewise.data.DataSource;
import lanewise.data.Dataset;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say where the data comes from. */
final class DataOptions {
  private static final Path DEFAULT_DIRECTORY = Path.of("data");
  private static final Path BUILTIN = Path.of("builtin");

  /** The options here that name the data. */
  static final Set<String> PLACES = Set.of("--data", "--train", "--test");

  private static final String OFFLINE = "LANEWISE_OFFLINE";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Directory with MNIST, or other data under its names; 'builtin' for digits that the"
              + " program draws (default: data, with MNIST downloaded into it if need be; where"
              + " that fails, the built-in digits)")
  private Path directory;

  @Option(
      names = "--train",
      paramLabel = "FILE",
      description =
          "CSV to learn from, a label and grey values a line, instead of --data (default: none)")
  private Path trainFile;

  @Option(
      names = "--test",
      paramLabel = "FILE",
      description = "CSV to test with; goes with --train (default: none)")
  private Path testFile;

  @Option(
      names = "--offline",
      description =
          "Download nothing; so does "
              + OFFLINE
              + "=1 in the environment (default: ${DEFAULT-VALUE})")
  private boolean offline;

  /** Whether the built-in digits had to take MNIST's place. */
  private boolean drawn;

  /**
   * The options as if a command line held no others than these.
   *
   * @param directory null for the default
   */
  static DataOptions of(Path directory, boolean offline) {
    DataOptions options = new DataOptions();
    options.directory = directory;
    options.offline = offline;
    return options;
  }

  /**
   * Whether the options go together.
   *
   * @throws ParameterException if they do not
   */
  void check() {
    if ((trainFile == null) != (testFile == null)) {
      throw misuse("--train and --test go together: name both files or neither");
    }
    if (trainFile != null && directory != null) {
      throw misuse("--data and --train exclude each other: name a directory or two files");
    }
  }

  private ParameterException misuse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /**
   * Reads the data set that the options name.
   *
   * @param threads number of threads that draw the built-in digits
   */
  Dataset read(int threads, Output output) throws DataException {
    if (trainFile != null) {
      return DataSource.csv(trainFile, testFile);
    }
    if (directory == null) {
      return standard(output);
    }
    if (directory.equals(BUILTIN)) {
      return DataSource.builtin(threads);
    }
    return DataSource.directory(directory);
  }

  /** Once the data is read: the options that name it, in any directory and without a network. */
  Map<String, String> place() {
    if (trainFile != null) {
      return Map.of(
          "--train", trainFile.toAbsolutePath().toString(),
          "--test", testFile.toAbsolutePath().toString());
    }
    if (drawn || BUILTIN.equals(directory)) {
      return Map.of("--data", BUILTIN.toString());
    }
    Path place = directory == null ? DEFAULT_DIRECTORY : directory;
    return Map.of("--data", place.toAbsolutePath().toString());
  }

  private Dataset standard(Output output) throws DataException {
    try {
      return DataSource.mnistOrBuiltin(
          DEFAULT_DIRECTORY,
          offline || isSet(System.getenv(OFFLINE)),
          (file, bytes, total) -> showDownload(output, file, bytes, total),
          notice -> {
            drawn = true;
            output.warn(
                "lanewise: %s Or name two CSV files: --train FILE --test FILE.".formatted(notice));
          });
    } finally {
      output.progress().clear();
    }
  }

  private static boolean isSet(String variable) {
    return variable != null && !variable.isEmpty() && !variable.equals("0");
  }

  private static void showDownload(Output output, String file, long bytes, long total) {
    if (bytes == total) {
      output.note("Downloaded %s, %s".formatted(file, megabytes(bytes)));
      return;
    }
    String whole = total < 0 ? "" : " of " + megabytes(total);
    output.progress().update(() -> "Downloading %s: %s%s".formatted(file, megabytes(bytes), whole));
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
