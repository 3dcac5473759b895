package lanewise.cli;

import java.nio.file.Path;
import java.util.List;
import lanewise.data.DataException;
import lanewise.data.DataSource;
import lanewise.data.Dataset;
import lanewise.data.LabelledRows;
import lanewise.io.Text;
import lanewise.model.Model;
import lanewise.model.ModelInfo;
import lanewise.nn.Samples;
import lanewise.run.DataListener;
import lanewise.run.RunException;
import lanewise.table.Encoding;
import lanewise.table.Table;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The options for the rows that {@code evaluate} uses, which are read as its network needs them.
 */
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
      description =
          "CSV with a label and grey values per line, instead of --data; a table for a network that"
              + " was trained on one (default: none)")
  private Path testFile;

  @Mixin private DelimiterOption delimiter;

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

  /**
   * Checks that they name data for a network.
   *
   * @param modelFile of the network
   * @throws RunException if they do not
   */
  void check(Model network, Path modelFile) throws RunException {
    delimiter.check(network, modelFile);
    if (network.info().encoding().isPresent() && testFile == null) {
      throw new RunException(
          "%s: a network of tables: name one with --test".formatted(modelFile)
              + (directory == null ? "" : ", as --data is for grey values"));
    }
  }

  /** The files that {@link #read} reads, as far as they exist. */
  List<Path> files() {
    return testFile == null ? DataOptions.place(directory, offline).files() : List.of(testFile);
  }

  /**
   * Reads the rows.
   *
   * @param network takes what {@link #check(Model, Path)} accepted
   * @param modelFile of the network
   * @param threads used to draw the built-in digits
   * @return the samples as the network expects them
   */
  LabelledRows read(Model network, Path modelFile, int threads, DataListener listener)
      throws DataException {
    if (network.info().encoding().isPresent()) {
      return readTable(network.info().encoding().get());
    }
    LabelledRows rows = readGrey(threads, listener);
    checkFit(network, modelFile, rows);
    Samples scaled = scaled(rows.samples(), network.info().inputDivisor());
    return new LabelledRows(scaled, rows.source(), rows.sha256());
  }

  private LabelledRows readTable(Encoding encoding) throws DataException {
    Table table = DataSource.table(testFile, encoding, true, delimiter.delimiter());
    return new LabelledRows(
        TableInputs.encode(table, encoding::samples), table.source(), table.sha256());
  }

  private LabelledRows readGrey(int threads, DataListener listener) throws DataException {
    if (testFile != null) {
      return DataSource.csv(testFile);
    }
    Dataset data = DataOptions.place(directory, offline).read(threads, listener).dataset();
    return new LabelledRows(data.test(), data.source(), data.sha256());
  }

  private static void checkFit(Model network, Path modelFile, LabelledRows rows)
      throws DataException {
    int width = rows.samples().width();
    int inputs = network.net().inputs();
    if (width != inputs) {
      throw new DataException(
          "%s: %s per row, but the network in %s expects %d"
              .formatted(rows.source(), Text.count(width, "value"), modelFile, inputs));
    }
    int classes = rows.samples().classes();
    if (classes > network.net().outputs()) {
      throw new DataException(
          "%s: label %d, but the classes of the network in %s end at %d"
              .formatted(rows.source(), classes - 1, modelFile, network.net().outputs() - 1));
    }
  }

  /** The rows as the network expects them: it may not use grey values divided by 255. */
  private static Samples scaled(Samples grey, float divisor) {
    if (divisor == ModelInfo.GREY) {
      return grey;
    }
    int rows = grey.rows();
    float[] values = new float[Math.multiplyExact(rows, grey.width())];
    grey.copyRows(0, rows, values, 0);
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.round(values[i] * ModelInfo.GREY) / divisor;
    }
    int[] labels = new int[rows];
    grey.copyLabels(0, rows, labels, 0);
    return Samples.ofFloats(values, grey.width(), labels);
  }
}
