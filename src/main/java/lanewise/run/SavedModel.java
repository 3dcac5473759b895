package lanewise.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import lanewise.model.Model;
import lanewise.model.ModelException;
import lanewise.model.ModelFile;
import lanewise.model.ModelInfo;
import lanewise.nn.Mlp;

/**
 * The file that a run saves its network to.
 *
 * @param file replaced if it exists
 * @param fallback in the run's directory; receives the network if the file cannot be written
 */
record SavedModel(Path file, Path fallback) {
  /**
   * Creates the file's directory if necessary, and checks before hours of training, not after, that
   * the file can be written and that there is room for it.
   *
   * @param net as large as the one to be saved
   * @throws ModelException if the format cannot hold the network
   * @throws RunException if the file cannot be written
   */
  void prepare(Mlp net, Settings settings) throws IOException {
    try {
      ModelFile.prepare(file, of(net, settings));
    } catch (ModelException e) {
      throw e;
    } catch (IOException e) {
      throw RunException.cannotWrite(file, e);
    }
  }

  /**
   * Saves a trained network. The bytes of the file depend on the network, the data and the recipe,
   * not on when and how fast the network was trained.
   *
   * @return why the network is in the fallback; empty if it is in the file
   * @throws RunDivergedException if a weight is not finite
   * @throws RunException if neither can be written
   */
  Optional<RunException> save(Model model) throws RunException {
    try {
      write(file, model);
      return Optional.empty();
    } catch (RunDivergedException e) {
      throw e;
    } catch (RunException e) {
      if (file.equals(fallback)) {
        throw e;
      }
      write(fallback, model);
      return Optional.of(
          new RunException("%s; the model is in %s".formatted(e.getMessage(), fallback), e));
    }
  }

  private static void write(Path file, Model model) throws RunException {
    try {
      ModelFile.write(file, model);
    } catch (ModelException e) {
      throw new RunDivergedException(e.getMessage(), e);
    } catch (IOException e) {
      throw RunException.cannotWrite(file, e);
    }
  }

  /** A network that is trained, or being trained. */
  static Model of(Mlp net, Settings settings) {
    return new Model(net, info(net, settings));
  }

  /** Whether a model comes from a run with these settings, whatever the version of the program. */
  static boolean isOf(Model model, Settings settings) {
    List<Integer> sizes =
        IntStream.rangeClosed(0, model.net().layers()).mapToObj(model.net()::width).toList();
    return sizes.equals(settings.sizes())
        && withoutVersion(model.info()).equals(withoutVersion(info(model.net(), settings)));
  }

  private static Map<String, String> withoutVersion(ModelInfo info) {
    Map<String, String> origin = new TreeMap<>(info.origin());
    origin.remove(ModelInfo.VERSION);
    return origin;
  }

  private static ModelInfo info(Mlp net, Settings settings) {
    Map<String, String> origin = settings.recipe().origin(settings.trainRows());
    origin.put(ModelInfo.DATA_SHA256, settings.sha256());
    return settings
        .encoding()
        .map(encoding -> new ModelInfo(encoding, origin))
        .orElseGet(() -> new ModelInfo(ModelInfo.numbered(net.outputs()), ModelInfo.GREY, origin));
  }
}
