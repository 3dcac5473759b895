package lanewise.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import lanewise.model.Model;
import lanewise.model.ModelException;
import lanewise.model.ModelFile;
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
