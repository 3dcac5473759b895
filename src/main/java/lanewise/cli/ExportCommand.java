package lanewise.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import lanewise.model.Model;
import lanewise.model.ModelException;
import lanewise.model.NpzFile;
import lanewise.model.OnnxFile;
import lanewise.run.Outputs;
import lanewise.run.RunException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code export}: writes a trained network in the formats of other programs. */
@Command(
    name = "export",
    description = {
      "Writes a trained network in the formats of other programs.",
      "The ONNX network takes 'input', float32 (rows, values), grey divided by 255,",
      "and returns 'probabilities', float32 (rows, classes). A network of tables takes the",
      "values of the columns, a regression returns 'value'."
    },
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanewise export --onnx digits.onnx",
      "  lanewise export --model digits.safetensors --npz digits.npz",
      "",
      "Exit status: 0 success, 1 bad input."
    })
final class ExportCommand implements Callable<Integer> {
  @ParentCommand private RootCommand program;

  @Spec private CommandSpec spec;

  @Mixin private ModelOption model;

  @Option(
      names = "--onnx",
      converter = Converters.OutputName.class,
      paramLabel = "FILE",
      description = "File for the network, for ONNX runtimes (default: none)")
  private Path onnx;

  @Option(
      names = "--npz",
      converter = Converters.OutputName.class,
      paramLabel = "FILE",
      description = "File for the weights and biases, for numpy.load (default: none)")
  private Path npz;

  @Option(names = "--quiet", description = "Print only errors (default: ${DEFAULT-VALUE})")
  private boolean quiet;

  /** Writes one format. */
  @FunctionalInterface
  private interface Format {
    void write(Path file, Model model) throws IOException;
  }

  @Override
  public Integer call() throws IOException {
    Outputs outputs = outputs();
    Output output = program.plainOutput(quiet);
    Model network = model.read();
    output.note("Network: %s from %s".formatted(network.net(), model.file()));
    outputs.prepare();
    write(onnx, network, OnnxFile::write, "ONNX", output);
    write(npz, network, (file, read) -> NpzFile.write(file, read.net()), "NumPy", output);
    return 0;
  }

  private Outputs outputs() throws RunException {
    if (onnx == null && npz == null) {
      throw new ParameterException(
          spec.commandLine(), "nothing to write: give a file with --onnx, --npz or both");
    }
    Outputs outputs = new Outputs(List.of(model.file()));
    for (Path file : Stream.of(onnx, npz).filter(Objects::nonNull).toList()) {
      outputs.add(file, null);
    }
    return outputs;
  }

  private static void write(Path file, Model network, Format format, String name, Output output)
      throws IOException {
    if (file == null) {
      return;
    }
    try {
      format.write(file, network);
    } catch (ModelException e) {
      throw e;
    } catch (IOException e) {
      throw RunException.cannotWrite(file, e);
    }
    output.note("%s: %s".formatted(name, file));
  }
}
