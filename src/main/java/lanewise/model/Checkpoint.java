package lanewise.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The state of a training run after an epoch: everything that the next step depends on. Rows are
 * never shuffled, so the weights, the settings and the data suffice; the epoch and the times are
 * for the history.
 *
 * <p>The file is a model ({@link ModelFile}) with three more metadata entries, {@code
 * checkpoint.epoch}, {@code checkpoint.seconds} and {@code checkpoint.seconds_trained}, and always
 * has the checksum.
 *
 * @param epoch number of completed epochs, at least 1
 * @param seconds elapsed time of the run so far, over all sessions, in seconds
 * @param secondsTrained duration of the training steps of {@code epoch}, in seconds
 * @param model the model after {@code epoch}; its origin contains the settings and the hash of the
 *     data
 */
public record Checkpoint(int epoch, double seconds, double secondsTrained, Model model) {
  private static final String PREFIX = "checkpoint.";
  private static final String EPOCH = PREFIX + "epoch";
  private static final String SECONDS = PREFIX + "seconds";
  private static final String SECONDS_TRAINED = PREFIX + "seconds_trained";

  /**
   * Checks the values.
   *
   * @param epoch see {@link #epoch()}
   * @param seconds see {@link #seconds()}
   * @param secondsTrained see {@link #secondsTrained()}
   * @param model see {@link #model()}
   * @throws IllegalArgumentException if one is out of range
   */
  public Checkpoint {
    if (epoch < 1 || !isTime(seconds) || !isTime(secondsTrained)) {
      throw new IllegalArgumentException(
          "invalid checkpoint: epoch %d, %s s elapsed, %s s of training"
              .formatted(epoch, seconds, secondsTrained));
    }
  }

  private static boolean isTime(double seconds) {
    return seconds >= 0 && seconds < Double.POSITIVE_INFINITY;
  }

  /** Returns the metadata without the checkpoint entries. */
  static Map<String, String> ofModel(Map<String, String> metadata) {
    Map<String, String> rest = new TreeMap<>(metadata);
    rest.keySet().removeIf(name -> name.startsWith(PREFIX));
    return rest;
  }

  /**
   * Reads a checkpoint.
   *
   * @throws ModelException if the file cannot be read, is damaged or is not a checkpoint
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
    } catch (IllegalArgumentException e) { // A number is malformed or out of range.
      throw new ModelException(file + ": not a checkpoint", e);
    } catch (IOException e) {
      throw ModelException.unreadable(file, e);
    }
  }

  /**
   * Writes the checkpoint atomically and flushes it to the disk.
   *
   * @param previous where the replaced file is kept; null to discard it
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
