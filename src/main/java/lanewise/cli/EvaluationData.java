package lanewise.cli;

import java.nio.file.Path;
import java.util.List;
import lanewise.data.DataException;
import lanewise.data.DataSource;
import lanewise.data.Dataset;
import lanewise.data.LabelledRows;
import lanewise.run.DataListener;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options for the rows that {@code evaluate} uses. */
final class EvaluationData {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--data",
      converter = Converters.InputName.class,
      paramLabel = "DIR",
      description =
          "Directory whose test rows are used, as for train; 'builtin' for digits that the program"
              + " draws (default: data, downloaded or replaced as train does)")
  private Path directory;

  @Option(
      names = "--test",
      converter = Converters.InputName.class,
      paramLabel = "FILE",
      description = "CSV with a label and grey values per line, instead of --data (default: none)")
  private Path testFile;

  @Option(
      names = "--offline",
      description =
          "Do not download anything; the same as LANEWISE_OFFLINE=1 in the environment"
              + " (default: ${DEFAULT-VALUE})")
  private boolean offline;

  /**
   * Checks that the options are consistent.
   *
   * @throws ParameterException if they are not
   */
  void check() {
    if (testFile != null && directory != null) {
      throw new ParameterException(
          spec.commandLine(), "--data and --test exclude each other: give a directory or a file");
    }
  }

  /** The files that {@link #read} reads, as far as they exist. */
  List<Path> files() {
    return testFile == null ? DataOptions.place(directory, offline).files() : List.of(testFile);
  }

  /**
   * Reads the rows.
   *
   * @param threads used to draw the built-in digits
   */
  LabelledRows read(int threads, DataListener listener) throws DataException {
    if (testFile != null) {
      return DataSource.csv(testFile);
    }
    Dataset data = DataOptions.place(directory, offline).read(threads, listener).dataset();
    return new LabelledRows(data.test(), data.source(), data.sha256());
  }
}
