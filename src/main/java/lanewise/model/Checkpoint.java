package lanewise.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A training run after the steps of an epoch: all that the next step depends on. Rows are never
 * shuffled, so that is the weights, the settings and the data, and for the records how far the run
 * is.
 *
 * <p>The file is a model's ({@link ModelFile}) with three more lines of metadata, {@code
 * checkpoint.epoch}, {@code checkpoint.seconds} and {@code checkpoint.seconds_trained}, and always
 * has the checksum.
 *
 * @param epoch whose steps are done, from 1
 * @param seconds that the run has taken so far, all its sessions together
 * @param secondsTrained that the steps of {@code epoch} took
 * @param model as it is after {@code epoch}; its origin tells settings and data
 */
public record Checkpoint(int epoch, double seconds, double secondsTrained, Model model) {
  private static final String PREFIX = "checkpoint.";
  private static final String EPOCH = PREFIX + "epoch";
  private static final String SECONDS = PREFIX + "seconds";
  private static final String SECONDS_TRAINED = PREFIX + "seconds_trained";

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Checkpoint {
    if (epoch < 1 || !isTime(seconds) || !isTime(secondsTrained)) {
      throw new IllegalArgumentException(
          "epoch %d after %s s, %s of them for its steps"
              .formatted(epoch, seconds, secondsTrained));
    }
  }

  private static boolean isTime(double seconds) {
    return seconds >= 0 && seconds < Double.POSITIVE_INFINITY;
  }

  /** The part of a file's metadata that is not a checkpoint's own. */
  static Map<String, String> ofModel(Map<String, String> metadata) {
    Map<String, String> rest = new TreeMap<>(metadata);
    rest.keySet().removeIf(name -> name.startsWith(PREFIX));
    return rest;
  }

  /**
   * Reads a checkpoint.
   *
   * @throws ModelException if the file cannot be read, is damaged or is none
   */
  static Checkpoint read(Path file) throws ModelException {
    try (SafetensorsReader in = SafetensorsReader.open(file)) {
      Map<String, String> text = in.metadata();
      if (!in.isVerified()
          || !text.keySet().containsAll(List.of(EPOCH, SECONDS, SECONDS_TRAINED))) {
        throw new ModelException(file + ": not a checkpoint");
      }
      int epoch = Integer.parseInt(text.get(EPOCH));
      double seconds = Double.parseDouble(text.get(SECONDS));
      double secondsTrained = Double.parseDouble(text.get(SECONDS_TRAINED));
      ModelMetadata metadata = ModelMetadata.parse(ofModel(text), file);
      return new Checkpoint(epoch, seconds, secondsTrained, ModelFile.read(in, metadata, file));
    } catch (IllegalArgumentException e) { // A number that is none, or out of range.
      throw new ModelException(file + ": not a checkpoint", e);
    } catch (IOException e) {
      throw ModelException.unreadable(file, e);
    }
  }

  /**
   * Writes the checkpoint, flushed to the disk, as a whole or not at all.
   *
   * @param previous receives what {@code file} was
   * @throws ModelException if a parameter is not finite
   */
  void write(Path file, Path previous) throws IOException {
    ModelFile.checkFinite(model.net(), file);
    SortedMap<String, String> text = ModelMetadata.of(model).text();
    text.put(EPOCH, Integer.toString(epoch));
    text.put(SECONDS, Double.toString(seconds));
    text.put(SECONDS_TRAINED, Double.toString(secondsTrained));
    new Safetensors(LayerTensors.of(model.net()), text).write(file, previous);
  }
}
