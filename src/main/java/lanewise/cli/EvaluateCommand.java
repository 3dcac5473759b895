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
import lanewise.report.Report;
import lanewise.run.Outputs;
import lanewise.run.RunException;
import lanewise.run.Session;
import lanewise.table.Target;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code evaluate}: measures a trained network on labelled rows. */
@Command(
    name = "evaluate",
    description = {
      "Evaluates a trained network on labelled rows.",
      "Prints its accuracy, its loss, a table of the classes and the confusion matrix;",
      "of a regression R2 and the errors."
    },
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanewise evaluate",
      "  lanewise evaluate --model digits.safetensors --test my_test.csv --json",
      "  lanewise evaluate --report digits.html",
      "  lanewise evaluate --model houses.safetensors --test houses.csv --delimiter ';'",
      "",
      "Colours are used on terminals unless NO_COLOR is set.",
      "",
      "Exit status: 0 success, 1 bad input."
    })
final class EvaluateCommand implements Callable<Integer> {
  @ParentCommand private RootCommand program;

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

  @Override
  public Integer call() throws IOException {
    data.check();
    Output output = program.output(quiet);
    Outputs outputs = new Outputs(inputs());
    if (report != null) {
      outputs.add(report, null);
    }
    Model network = model.readForData();
    data.check(network, model.file());
    outputs.prepare();
    LabelledRows rows = read(network, output);
    output.note("Network: %s from %s".formatted(network.net(), model.file()));
    output.note(
        String.format(
            Locale.ROOT,
            "Data: %s, %,d %s",
            rows.source(),
            rows.samples().rows(),
            Text.noun(rows.samples().rows(), "row")));
    Engine.simdUnavailableReason().ifPresent(why -> output.note("The scalar engine runs: " + why));
    Evaluation evaluation = network.net().evaluate(rows.samples());
    if (!Double.isFinite(evaluation.loss())) {
      throw new DataException(
          "%s: the output of the network in %s is not finite for some of the rows"
              .formatted(rows.source(), model.file()));
    }
    try {
      print(evaluation, network.info(), rows, output);
    } finally { // The report does not need standard output.
      if (report != null) {
        writeReport(network, rows, evaluation);
        output.note("Report: " + report);
      }
    }
    return 0;
  }

  private void print(Evaluation evaluation, ModelInfo info, LabelledRows rows, Output output) {
    if (info.encoding().isPresent()
        && info.encoding().get().target() instanceof Target.Value target) {
      RegressionErrors errors = RegressionErrors.of(evaluation, rows.samples(), target);
      if (json) {
        output.result(errors.json(rows.source(), rows.sha256()));
      } else {
        errors.lines().forEach(output::result);
      }
    } else if (json) {
      output.result(EvaluationJson.text(evaluation, info.classes(), rows.source(), rows.sha256()));
    } else {
      new EvaluationText(evaluation, info.classes(), program.coloured())
          .lines()
          .forEach(output::coloured);
    }
  }

  private List<Path> inputs() {
    List<Path> inputs = new ArrayList<>(data.files());
    inputs.add(model.file());
    return inputs;
  }

  private void writeReport(Model network, LabelledRows rows, Evaluation evaluation)
      throws RunException {
    try {
      Report.ofEvaluation(
          evaluation, rows.source(), rows.sha256(), network, rows.samples(), report);
    } catch (IOException e) {
      throw RunException.cannotWrite(report, e);
    }
  }

  private LabelledRows read(Model network, Output output) throws DataException {
    try {
      return data.read(network, model.file(), Session.availableThreads(), output);
    } finally {
      output.progress().clear();
    }
  }
}
