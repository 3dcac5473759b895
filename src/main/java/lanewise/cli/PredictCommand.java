package lanewise.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import lanewise.data.DataException;
import lanewise.model.Model;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code predict}: classifies images, or rows of a CSV file, or predicts a number of a table. */
@Command(
    name = "predict",
    description = {
      "Classifies images, or rows of a CSV file, with a trained network.",
      "Prints for each: name, class, probability, second class, its probability.",
      "A network of tables takes CSV files with the columns it was trained on, by their",
      "names in any order; of a regression the value is printed after the name."
    },
    sortOptions = false,
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanewise predict seven.png photos/",
      "  lanewise predict --model digits.safetensors --json - < seven.png",
      "  lanewise predict --model houses.safetensors --delimiter ';' houses.csv",
      "",
      "An image shows one character, dark on light or light on dark, in any position.",
      "",
      "Exit status: 0 success, 1 bad input; the remaining inputs are classified anyway."
    })
final class PredictCommand implements Callable<Integer> {
  @ParentCommand private RootCommand program;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "INPUT",
      description =
          "PNG, JPEG or BMP of any size; a directory of them; - for standard input; or .csv"
              + " (.csv.gz) with grey values on each line, optionally after a label. For a network"
              + " of tables, a table of any name, or -")
  private List<String> arguments;

  @Mixin private ModelOption model;

  @Mixin private DelimiterOption delimiter;

  @Option(
      names = "--json",
      description =
          "Print a JSON object per line, with all probabilities (default: ${DEFAULT-VALUE})")
  private boolean json;

  /** Handles one argument. */
  @FunctionalInterface
  private interface Step {
    void run() throws DataException;
  }

  @Override
  public Integer call() throws IOException {
    Output output = program.plainOutput(false);
    Model network = model.readForData();
    delimiter.check(network, model.file());
    boolean success = true;
    List<String> names = new ArrayList<>();
    for (String argument : arguments) {
      success &=
          network.info().encoding().isPresent()
              ? names.add(argument)
              : attempt(() -> ImageNames.add(argument, names));
    }
    Prediction prediction = new Prediction(network, model.file(), inputs(network));
    PredictionLines lines = new PredictionLines(network.info().classes(), names, json);
    for (String name : names) {
      success &=
          attempt(() -> prediction.predict(name, (row, p) -> output.result(lines.line(row, p))));
    }
    return success ? 0 : ErrorHandling.BAD_INPUT;
  }

  private PredictionInputs inputs(Model network) {
    return network
        .info()
        .encoding()
        .<PredictionInputs>map(table -> new TableInputs(table, model.file(), delimiter.delimiter()))
        .orElseGet(() -> new GreyInputs(network, model.file()));
  }

  /** Returns false, after reporting why, if a step fails; the others are still carried out. */
  private boolean attempt(Step step) {
    try {
      step.run();
      return true;
    } catch (DataException e) {
      ErrorHandling.print(spec.commandLine(), e.getMessage());
      return false;
    }
  }
}
