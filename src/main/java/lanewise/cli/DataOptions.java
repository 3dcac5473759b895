package lanewise.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import lanewise.run.DataPlace;
import lanewise.run.TableSettings;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options for the data of {@code train}. */
final class DataOptions {
  private static final Path BUILTIN = Path.of("builtin");

  /** The options that name the data. */
  static final Set<String> PLACES = Set.of("--data", "--train", "--test");

  private static final String OFFLINE = "LANEWISE_OFFLINE";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--data",
      converter = Converters.InputName.class,
      paramLabel = "DIR",
      description =
          "Directory with MNIST, or with other data in files of the same names; 'builtin' for"
              + " digits that the program draws (default: data, into which MNIST is downloaded if"
              + " necessary; if that fails, the built-in digits)")
  private Path directory;

  @Option(
      names = "--train",
      converter = Converters.InputName.class,
      paramLabel = "FILE",
      description =
          "CSV with training rows, a label and grey values per line, instead of --data; with --label"
              + " any table (default: none)")
  private Path trainFile;

  @Option(
      names = "--test",
      converter = Converters.InputName.class,
      paramLabel = "FILE",
      description =
          "CSV with test rows; required with --train, but for a table with --validation (default:"
              + " none)")
  private Path testFile;

  @Option(
      names = "--offline",
      description =
          "Do not download anything; the same as "
              + OFFLINE
              + "=1 in the environment (default: ${DEFAULT-VALUE})")
  private boolean offline;

  @ArgGroup(exclusive = false, validate = false, heading = "%nTables:%n")
  private TableArguments table = new TableArguments();

  /** See {@link RecipeOptions#forget}. */
  void forget() {
    table = new TableArguments();
  }

  /**
   * Checks that the options are consistent.
   *
   * @param resumes whether they only say where the data of an earlier run is now
   * @param validates whether some training rows are left out to validate with
   * @throws ParameterException if they are not
   */
  void check(boolean resumes, boolean validates) {
    if (!table.useless().isEmpty()) {
      throw misuse(
          "%s would have no effect without --label".formatted(String.join(", ", table.useless())));
    }
    if (table.isGiven() && trainFile == null) {
      throw misuse("--label needs a table: give --train FILE");
    }
    if (table.isGiven() && testFile == null && !validates) {
      throw misuse("a table needs test rows: give --test FILE, or --validation SHARE");
    }
    boolean alone = resumes || table.isGiven();
    if (trainFile == null && testFile != null || trainFile != null && testFile == null && !alone) {
      throw misuse("--train and --test go together: give both files or neither");
    }
    if (trainFile != null && directory != null) {
      throw misuse("--data and --train exclude each other: give a directory or two files");
    }
  }

  private ParameterException misuse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** The place of the data, if an option names one. */
  Optional<DataPlace> given() {
    return trainFile == null && directory == null ? Optional.empty() : Optional.of(place());
  }

  /** How a table is read; empty for rows of grey bytes. */
  Optional<TableSettings> table() {
    return table.settings();
  }

  /** The place of the data. */
  DataPlace place() {
    return trainFile != null
        ? new DataPlace.CsvFiles(trainFile, Optional.ofNullable(testFile))
        : place(directory, offline);
  }

  /**
   * The place that {@code --data} and {@code --offline} stand for.
   *
   * @param directory null for the default
   */
  static DataPlace place(Path directory, boolean offline) {
    if (directory == null) {
      return new DataPlace.Standard(offline || isSet(System.getenv(OFFLINE)));
    }
    return directory.equals(BUILTIN) ? new DataPlace.Builtin() : new DataPlace.Directory(directory);
  }

  private static boolean isSet(String variable) {
    return variable != null && !variable.isEmpty() && !variable.equals("0");
  }
}
