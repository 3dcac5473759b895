package lanewise.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
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
  /**
   * Makes the file's directory if need be, and finds out now rather than after hours whether it can
   * be written and there is room for it.
   *
   * @param net not trained yet, or not enough
   * @throws CommandFailure if it cannot
   */
  void prepare(Mlp net, Settings settings) {
    try {
      ModelFile.prepare(file, of(net, settings));
    } catch (ModelException e) {
      throw CommandFailure.badInput(e.getMessage(), e);
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
    Model model = of(net, settings);
    try {
      ModelFile.write(file, model);
      return model;
    } catch (ModelException e) {
      throw new CommandFailure(CommandFailure.DIVERGED, e.getMessage(), e);
    } catch (IOException e) {
      throw CommandFailure.cannotWrite(file, e);
    }
  }

  /** A network that learns, or has learnt, from grey bytes. */
  static Model of(Mlp net, Settings settings) {
    return new Model(net, info(net, settings));
  }

  /** Whether a model comes from a run with these settings, of whatever version of the program. */
  static boolean isOf(Model model, Settings settings) {
    List<Integer> sizes =
        IntStream.rangeClosed(0, model.net().layers()).mapToObj(model.net()::width).toList();
    return sizes.equals(settings.sizes())
        && ofAnyVersion(model.info()).equals(ofAnyVersion(info(model.net(), settings)));
  }

  private static Map<String, String> ofAnyVersion(ModelInfo info) {
    Map<String, String> origin = new TreeMap<>(info.origin());
    origin.remove(ModelInfo.VERSION);
    return origin;
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
