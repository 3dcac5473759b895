package lanewise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import lanewise.model.AtomicFile;
import lanewise.model.Model;
import lanewise.model.ModelException;
import lanewise.model.ModelFile;
import lanewise.model.ModelInfo;
import lanewise.nn.Mlp;
import lanewise.report.Settings;
import lanewise.report.Version;

/**
 * The file that a training leaves its network in.
 *
 * @param file replaced if it is there
 */
record SavedModel(Path file) {
  /** Removes the model of an earlier run, which would not belong to the new history. */
  static void discard(Path directory) throws IOException {
    Files.deleteIfExists(directory.resolve(ModelFile.FILE_NAME));
  }

  /**
   * Makes the file's directory if need be, and finds out now rather than after hours whether it can
   * be written.
   *
   * @throws CommandFailure if it cannot
   */
  void prepare() {
    try {
      AtomicFile.prepare(file);
    } catch (IOException e) {
      throw CommandFailure.cannotWrite(file, e);
    }
  }

  /**
   * Saves a network that has learnt from grey bytes. The bytes of the file depend on the network
   * and on what was to be learnt, not on when and how fast it was.
   *
   * @return what was saved
   * @throws CommandFailure if the file cannot be written or a weight is not finite
   */
  Model save(Mlp net, Settings settings) {
    Model model = new Model(net, info(net, settings));
    try {
      ModelFile.write(file, model);
      return model;
    } catch (ModelException e) {
      throw new CommandFailure(CommandFailure.DIVERGED, e.getMessage(), e);
    } catch (IOException e) {
      throw CommandFailure.cannotWrite(file, e);
    }
  }

  private static ModelInfo info(Mlp net, Settings settings) {
    return new ModelInfo(
        ModelInfo.numbered(net.outputs()),
        ModelInfo.GREY,
        Map.of(
            ModelInfo.SEED,
            Long.toString(settings.seed()),
            ModelInfo.VERSION,
            Version.text(),
            ModelInfo.DATA_SHA256,
            settings.sha256(),
            ModelInfo.SETTING + "train_rows",
            Integer.toString(settings.trainRows()),
            ModelInfo.SETTING + "batch",
            Integer.toString(settings.batch()),
            ModelInfo.SETTING + "learning_rate",
            Double.toString(settings.learningRate()),
            ModelInfo.SETTING + "epochs",
            Integer.toString(settings.epochs())));
  }
}
