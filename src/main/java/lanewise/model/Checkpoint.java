package lanewise.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import lanewise.nn.Mlp;
import lanewise.nn.TrainingState;

/**
 * The state of a training run after an epoch: everything that the next step depends on, besides the
 * settings and the data. The elapsed times are for the history.
 *
 * <p>The file is a model ({@link ModelFile}) with more metadata entries, {@code checkpoint.epoch},
 * {@code checkpoint.seconds} and {@code checkpoint.seconds_trained}, and always has the checksum.
 * Each of the optimizer's moments adds a tensor with all parameters, {@code checkpoint.moments.0}
 * and so on. The best epoch so far, if the run keeps it, adds such a tensor, {@code
 * checkpoint.best}, and two entries, {@code checkpoint.best_epoch} and {@code
 * checkpoint.best_loss}.
 *
 * @param state after the last completed epoch, at least 1; the best epoch is not a later one
 * @param seconds elapsed time of the run so far, over all sessions, in seconds
 * @param secondsTrained duration of the training steps of the last epoch, in seconds
 * @param model the model after that epoch; its origin contains the settings and the hash of the
 *     data
 */
public record Checkpoint(TrainingState state, double seconds, double secondsTrained, Model model) {
  private static final String PREFIX = "checkpoint.";
  private static final String EPOCH = PREFIX + "epoch";
  private static final String SECONDS = PREFIX + "seconds";
  private static final String SECONDS_TRAINED = PREFIX + "seconds_trained";
  private static final String MOMENTS = PREFIX + "moments.";
  private static final String BEST = PREFIX + "best";
  private static final String BEST_EPOCH = PREFIX + "best_epoch";
  private static final String BEST_LOSS = PREFIX + "best_loss";

  /**
   * Checks the values.
   *
   * @param state see {@link #state()}
   * @param seconds see {@link #seconds()}
   * @param secondsTrained see {@link #secondsTrained()}
   * @param model see {@link #model()}
   * @throws IllegalArgumentException if one is out of range, or the state has more or fewer
   *     parameters than the model
   */
  public Checkpoint {
    int epoch = state.epoch();
    if (epoch < 1 || !isTime(seconds) || !isTime(secondsTrained)) {
      throw new IllegalArgumentException(
          "invalid checkpoint: epoch %d, %s s elapsed, %s s of training"
              .formatted(epoch, seconds, secondsTrained));
    }
    if (state.best().isPresent() && state.best().get().epoch() > epoch) {
      throw new IllegalArgumentException(
          "invalid checkpoint: epoch %d, the best is %d"
              .formatted(epoch, state.best().get().epoch()));
    }
    int parameters = model.net().parameters().length;
    if (tensors(state).stream().anyMatch(tensor -> tensor.data().length != parameters)) {
      throw new IllegalArgumentException(
          "invalid checkpoint: its state does not fit %d parameters".formatted(parameters));
    }
  }

  /**
   * A checkpoint of plain gradient descent, which has no moments and keeps its last epoch.
   *
   * @param epoch number of completed epochs, at least 1
   * @param seconds see {@link #seconds()}
   * @param secondsTrained see {@link #secondsTrained()}
   * @param model see {@link #model()}
   * @throws IllegalArgumentException if one is out of range
   */
  public Checkpoint(int epoch, double seconds, double secondsTrained, Model model) {
    this(
        new TrainingState(epoch, new float[0][], Optional.empty()), seconds, secondsTrained, model);
  }

  private static boolean isTime(double seconds) {
    return seconds >= 0 && seconds < Double.POSITIVE_INFINITY;
  }

  /**
   * Returns the number of completed epochs.
   *
   * @return at least 1
   */
  public int epoch() {
    return state.epoch();
  }

  /**
   * Returns the model that the run would keep if it ended here.
   *
   * @return that of the best epoch, if the run keeps it, else {@link #model()}
   */
  public Model kept() {
    if (state.best().isEmpty()) {
      return model;
    }
    Mlp net = ModelMetadata.of(model).net(state.best().get().parameters());
    return new Model(net, model.info());
  }

  /** Whether a metadata entry or a tensor is not part of the model. */
  static boolean adds(String name) {
    return name.startsWith(PREFIX);
  }

  /** Returns the metadata without the checkpoint entries. */
  static Map<String, String> ofModel(Map<String, String> metadata) {
    Map<String, String> rest = new TreeMap<>(metadata);
    rest.keySet().removeIf(Checkpoint::adds);
    return rest;
  }

  /**
   * Reads a checkpoint.
   *
   * @param file of a run
   * @return the checkpoint, its parameters and moments all finite
   * @throws ModelException if the file cannot be read, is damaged or is not a checkpoint
   */
  public static Checkpoint read(Path file) throws ModelException {
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
      Model model = ModelFile.read(in, metadata, file);
      TrainingState state = readState(in, epoch, model.net().parameters().length, file);
      return new Checkpoint(state, seconds, secondsTrained, model);
    } catch (IllegalArgumentException e) { // A number is malformed or out of range.
      throw new ModelException(file + ": not a checkpoint", e);
    } catch (IOException e) {
      throw ModelException.unreadable(file, e);
    }
  }

  private static TrainingState readState(SafetensorsReader in, int epoch, int parameters, Path file)
      throws ModelException {
    SortedMap<String, TensorEntry> entries = new TreeMap<>();
    in.tensors().stream()
        .filter(entry -> adds(entry.name()))
        .forEach(entry -> entries.put(entry.name(), entry));
    Optional<TrainingState.Best> best = Optional.empty();
    if (in.metadata().containsKey(BEST_EPOCH) && in.metadata().containsKey(BEST_LOSS)) {
      int bestEpoch = Integer.parseInt(in.metadata().get(BEST_EPOCH));
      double bestLoss = Double.parseDouble(in.metadata().get(BEST_LOSS));
      float[] bestParameters = LayerTensors.readFlat(in, entries.remove(BEST), parameters, file);
      best = Optional.of(new TrainingState.Best(bestEpoch, bestLoss, bestParameters));
    }
    List<float[]> moments = new ArrayList<>();
    while (entries.containsKey(MOMENTS + moments.size())) {
      TensorEntry entry = entries.remove(MOMENTS + moments.size());
      moments.add(LayerTensors.readFlat(in, entry, parameters, file));
    }
    if (!entries.isEmpty()) {
      throw new ModelException(file + ": not a checkpoint");
    }
    return new TrainingState(epoch, moments.toArray(float[][]::new), best);
  }

  /** The state as tensors that share its arrays. */
  private static List<Tensor> tensors(TrainingState state) {
    List<Tensor> tensors = new ArrayList<>();
    for (float[] moments : state.moments()) {
      tensors.add(flat(MOMENTS + tensors.size(), moments));
    }
    state.best().ifPresent(best -> tensors.add(flat(BEST, best.parameters())));
    return tensors;
  }

  private static Tensor flat(String name, float[] values) {
    return new Tensor(name, new int[] {values.length}, values);
  }

  /**
   * Writes the checkpoint atomically and flushes it to the disk.
   *
   * @param previous where the replaced file is kept; null to discard it
   * @throws ModelException if a parameter or a moment is not finite
   */
  void write(Path file, Path previous) throws IOException {
    ModelFile.checkFinite(model.net().parameters(), file);
    SortedMap<String, String> text = ModelMetadata.of(model).text();
    text.put(EPOCH, Integer.toString(state.epoch()));
    text.put(SECONDS, Double.toString(seconds));
    text.put(SECONDS_TRAINED, Double.toString(secondsTrained));
    if (state.best().isPresent()) {
      text.put(BEST_EPOCH, Integer.toString(state.best().get().epoch()));
      text.put(BEST_LOSS, Double.toString(state.best().get().loss()));
    }
    List<Tensor> tensors = new ArrayList<>(LayerTensors.of(model.net()));
    for (Tensor tensor : tensors(state)) {
      ModelFile.checkFinite(tensor.data(), file);
      tensors.add(tensor);
    }
    new Safetensors(tensors, text).write(file, previous);
  }
}
