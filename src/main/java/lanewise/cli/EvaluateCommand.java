package lanewise.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import lanewise.data.DataException;
import lanewise.data.LabelledRows;
import lanewise.io.Text;
import lanewise.model.Model;
import lanewise.model.ModelInfo;
import lanewise.nn.Engine;
import lanewise.nn.Evaluation;
import lanewise.nn.Samples;
import lanewise.report.Report;
import lanewise.run.Mistakes;
import lanewise.run.Outputs;
import lanewise.run.RunException;
import lanewise.run.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code evaluate}: measures a trained network on labelled rows. */
@Command(
    name = "evaluate",
    description = {
      "Evaluates a trained network on labelled rows.",
      "Prints its accuracy, its loss, a table of the classes and the confusion matrix."
    },
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanewise evaluate",
      "  lanewise evaluate --model digits.safetensors --test my_test.csv --json",
      "  lanewise evaluate --report digits.html",
      "",
      "Colours are used on terminals unless NO_COLOR is set.",
      "",
      "Exit status: 0 success, 1 bad input."
    })
final class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ModelOption model;

  @Mixin private EvaluationData data;

  @Option(
      names = "--json",
      description = "Print one JSON object instead of tables (default: ${DEFAULT-VALUE})")
  private boolean json;

  @Option(
      names = "--report",
      converter = Converters.OutputName.class,
      paramLabel = "FILE",
      description = "File for the results as a page for a browser (default: none)")
  private Path report;

  @Option(
      names = "--quiet",
      description = "Print only results and errors (default: ${DEFAULT-VALUE})")
  private boolean quiet;

  private final boolean terminal;
  private final boolean coloured;

  /**
   * @param terminal whether standard error is a terminal
   * @param coloured whether standard output is a terminal that shows colours
   */
  EvaluateCommand(boolean terminal, boolean coloured) {
    this.terminal = terminal;
    this.coloured = coloured;
  }

  @Override
  public Integer call() throws IOException {
    data.check();
    Output output =
        new Output(spec.commandLine().getOut(), spec.commandLine().getErr(), quiet, terminal);
    Outputs outputs = new Outputs(inputs());
    if (report != null) {
      outputs.add(report, null);
    }
    Model network = model.read();
    outputs.prepare();
    int threads = Session.availableThreads();
    LabelledRows rows = read(threads, output);
    checkFit(network, rows);
    output.note("Network: %s from %s".formatted(network.net(), model.file()));
    output.note(
        String.format(
            Locale.ROOT,
            "Data: %s, %,d %s",
            rows.source(),
            rows.samples().rows(),
            Text.noun(rows.samples().rows(), "row")));
    Engine.simdUnavailableReason().ifPresent(why -> output.note("The scalar engine runs: " + why));
    Samples samples = scaled(rows.samples(), network.info().inputDivisor());
    Evaluation evaluation = network.net().evaluate(samples);
    if (!Double.isFinite(evaluation.loss())) {
      throw new DataException(
          "%s: the output of the network in %s is not finite for some of the rows"
              .formatted(rows.source(), model.file()));
    }
    try {
      print(evaluation, network.info().classes(), rows, output);
    } finally { // The report does not need standard output.
      if (report != null) {
        writeReport(network, rows, evaluation, Mistakes.find(network, samples, evaluation));
        output.note("Report: " + report);
      }
    }
    return 0;
  }

  private void print(
      Evaluation evaluation, List<String> classes, LabelledRows rows, Output output) {
    if (json) {
      output.result(EvaluationJson.text(evaluation, classes, rows.source(), rows.sha256()));
    } else {
      new EvaluationText(evaluation, classes, coloured).lines().forEach(output::coloured);
    }
  }

  private List<Path> inputs() {
    List<Path> inputs = new ArrayList<>(data.files());
    inputs.add(model.file());
    return inputs;
  }

  private void writeReport(
      Model network, LabelledRows rows, Evaluation evaluation, Mistakes mistakes)
      throws RunException {
    try {
      Report.ofEvaluation(evaluation, rows.source(), rows.sha256(), network, mistakes, report);
    } catch (IOException e) {
      throw RunException.cannotWrite(report, e);
    }
  }

  private LabelledRows read(int threads, Output output) throws DataException {
    try {
      return data.read(threads, output);
    } finally {
      output.progress().clear();
    }
  }

  private void checkFit(Model network, LabelledRows rows) throws DataException {
    int width = rows.samples().width();
    int inputs = network.net().inputs();
    if (width != inputs) {
      throw new DataException(
          "%s: %s per row, but the network in %s expects %d"
              .formatted(rows.source(), Text.count(width, "value"), model.file(), inputs));
    }
    int classes = rows.samples().classes();
    if (classes > network.net().outputs()) {
      throw new DataException(
          "%s: label %d, but the classes of the network in %s end at %d"
              .formatted(rows.source(), classes - 1, model.file(), network.net().outputs() - 1));
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
