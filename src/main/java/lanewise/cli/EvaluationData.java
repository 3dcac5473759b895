package lanewise.cli;

import java.nio.file.Path;
import lanewise.data.DataException;
import lanewise.data.DataSource;
import lanewise.data.Dataset;
import lanewise.data.LabelledRows;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say which rows a network is evaluated on. */
final class EvaluationData {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Directory whose test rows are read, as train has it; 'builtin' for digits that the"
              + " program draws (default: data, with what train does where there is none)")
  private Path directory;

  @Option(
      names = "--test",
      paramLabel = "FILE",
      converter = Converters.FileName.class,
      description = "CSV with a label and grey values a line, instead of --data (default: none)")
  private Path testFile;

  @Option(
      names = "--offline",
      description =
          "Download nothing; so does LANEWISE_OFFLINE=1 in the environment"
              + " (default: ${DEFAULT-VALUE})")
  private boolean offline;

  /**
   * Whether the options go together.
   *
   * @throws ParameterException if they do not
   */
  void check() {
    if (testFile != null && directory != null) {
      throw new ParameterException(
          spec.commandLine(), "--data and --test exclude each other: name a directory or a file");
    }
  }

  /**
   * Reads what the options name.
   *
   * @param threads that may draw the built-in digits
   */
  LabelledRows read(int threads, Output output) throws DataException {
    if (testFile != null) {
      return DataSource.csv(testFile);
    }
    Dataset data = DataOptions.of(directory, offline).read(threads, output);
    return new LabelledRows(data.test(), data.source(), data.sha256());
  }
}
