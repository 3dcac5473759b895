package lanewise.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import lanewise.model.Model;
import lanewise.model.ModelException;
import lanewise.model.ModelFile;
import lanewise.nn.Task;
import picocli.CommandLine.Option;

/** The option for the network that a command uses. */
final class ModelOption {
  private static final String LATEST = "runs/latest/" + ModelFile.FILE_NAME;

  @Option(
      names = "--model",
      converter = Converters.InputName.class,
      paramLabel = "FILE",
      defaultValue = LATEST,
      description = {"The network, as saved by train", "(default: ${DEFAULT-VALUE})"})
  private Path file;

  /** The file. */
  Path file() {
    return file;
  }

  /**
   * Reads a network to use on data.
   *
   * @throws ModelException if the file cannot be read or is not there, or if the network predicts
   *     numbers but takes no tables, as it may if another program made it: nothing says what its
   *     numbers are
   */
  Model readForData() throws ModelException {
    Model network = read();
    if (network.net().task() == Task.REGRESS && network.info().encoding().isEmpty()) {
      throw new ModelException(
          file + ": a network that predicts numbers, but does not take tables: it cannot be used");
    }
    return network;
  }

  /**
   * Reads the network.
   *
   * @throws ModelException if the file cannot be read, or is not there
   */
  Model read() throws ModelException {
    if (file.equals(Path.of(LATEST)) && !Files.exists(file)) {
      throw new ModelException(
          file + ": no such file: run 'lanewise train' first, or name a network with --model");
    }
    return ModelFile.read(file);
  }
}
