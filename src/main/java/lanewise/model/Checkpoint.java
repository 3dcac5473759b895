package lanewise.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A training run between two epochs: all that the next step depends on. Rows are never shuffled, so
 * that is the weights, the settings and the data, and for the records how far the run is.
 *
 * <p>The file is a model's ({@link ModelFile}) with three more lines of metadata, {@code
 * checkpoint.epoch}, {@code checkpoint.seconds} and {@code checkpoint.history}, and always has the
 * checksum.
 *
 * @param epoch completed, from 1
 * @param seconds that the run has taken so far, all its sessions together
 * @param history the line of {@code epoch} in the run's history
 * @param model as it is after {@code epoch}; its origin tells settings and data
 */
public record Checkpoint(int epoch, double seconds, String history, Model model) {
  private static final String PREFIX = "checkpoint.";
  private static final String EPOCH = PREFIX + "epoch";
  private static final String SECONDS = PREFIX + "seconds";
  private static final String HISTORY = PREFIX + "history";

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Checkpoint {
    if (epoch < 1 || !(seconds >= 0 && seconds < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("epoch %d after %s s".formatted(epoch, seconds));
    }
    if (history.lines().count() != 1) {
      throw new IllegalArgumentException("the history of an epoch is one line");
    }
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
      if (!in.isVerified() || !text.keySet().containsAll(List.of(EPOCH, SECONDS, HISTORY))) {
        throw new ModelException(file + ": not a checkpoint");
      }
      int epoch = Integer.parseInt(text.get(EPOCH));
      double seconds = Double.parseDouble(text.get(SECONDS));
      ModelMetadata metadata = ModelMetadata.parse(ofModel(text), file);
      return new Checkpoint(epoch, seconds, text.get(HISTORY), ModelFile.read(in, metadata, file));
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
   */
  void write(Path file, Path previous) throws IOException {
    SortedMap<String, String> text = ModelMetadata.of(model).text();
    text.put(EPOCH, Integer.toString(epoch));
    text.put(SECONDS, Double.toString(seconds));
    text.put(HISTORY, history);
    new Safetensors(LayerTensors.of(model.net()), text).write(file, previous);
  }
}
