package lanewise.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import lanewise.data.DataException;
import lanewise.model.Model;
import lanewise.model.ModelFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads images, or rows of a CSV file, with a trained network. */
@Command(
    name = "predict",
    description = {
      "Reads images, or rows of a CSV file, with a trained network, a line each:",
      "name, class, probability, runner-up and its probability."
    },
    sortOptions = false,
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanewise predict seven.png photos/",
      "  lanewise predict --model digits.safetensors --json - < seven.png",
      "",
      "One character an image, dark on light or light on dark, anywhere in it.",
      "",
      "Exit status: 0 well, 1 bad input; what can be read is read all the same."
    })
final class PredictCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "IMAGE",
      description =
          "PNG, JPEG or BMP of any size; a directory of them; - for standard input; or .csv"
              + " (.csv.gz), grey values a line, with a label before them or without")
  private List<String> arguments;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      defaultValue = "runs/latest/" + ModelFile.FILE_NAME,
      converter = Converters.FileName.class,
      description = "The network, as train saved it (default: ${DEFAULT-VALUE})")
  private Path model;

  @Option(
      names = "--json",
      description =
          "Print a JSON object a line, with all probabilities (default: ${DEFAULT-VALUE})")
  private boolean json;

  /** Reads what one argument names. */
  @FunctionalInterface
  private interface Reading {
    void run() throws DataException;
  }

  @Override
  public Integer call() throws IOException {
    Output output =
        new Output(spec.commandLine().getOut(), spec.commandLine().getErr(), false, false);
    Model network = ModelFile.read(model);
    boolean well = true;
    List<String> names = new ArrayList<>();
    for (String argument : arguments) {
      well &= attempt(() -> ImageNames.add(argument, names));
    }
    Prediction prediction = new Prediction(network, model);
    PredictionLines lines = new PredictionLines(network.info().classes(), names, json);
    for (String name : names) {
      well &= attempt(() -> prediction.read(name, (row, p) -> output.result(lines.line(row, p))));
    }
    return well ? 0 : CommandFailure.BAD_INPUT;
  }

  /** Whether it went well; if not, that is said, and the others have their turn. */
  private boolean attempt(Reading reading) {
    try {
      reading.run();
      return true;
    } catch (DataException e) {
      ErrorHandling.print(spec.commandLine(), e.getMessage());
      return false;
    }
  }
}
