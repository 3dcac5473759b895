package lanewise.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeMap;
import lanewise.model.ModelInfo;
import lanewise.nn.Activation;
import lanewise.nn.Mlp;
import lanewise.nn.Optimizer;
import lanewise.nn.Samples;
import lanewise.nn.Schedule;
import lanewise.nn.Shuffle;
import lanewise.nn.Task;
import lanewise.nn.Trainer;

/**
 * The part of a run's settings that its weights and its history depend on, besides the data.
 *
 * @param trainRows the number of training rows to use, counted from the first; empty for all
 * @param hidden sizes of the hidden layers, each at least 1; may be empty
 * @param batch rows per step, at least 1
 * @param learningRate finite, at least 0; the peak, if there is a schedule
 * @param epochs passes over the training rows, at least 0
 * @param seed seed for the initial weights and all other random choices, 0 to 2^32 - 1
 * @param testEvery number of epochs between evaluations on the test rows, which change no weight; 0
 *     to evaluate only at the end
 * @param method how the run learns; its warm-up is no longer than all epochs
 * @param stopping when the run ends
 */
public record Recipe(
    OptionalInt trainRows,
    List<Integer> hidden,
    int batch,
    double learningRate,
    int epochs,
    long seed,
    int testEvery,
    Method method,
    Stopping stopping) {

  /** The largest seed: 32 bits, unsigned. */
  public static final long MAX_SEED = 0xffffffffL;

  /** The recipe of the reference run: 784-256-128-10 on MNIST, 75 epochs. */
  public static final Recipe REFERENCE =
      new Recipe(OptionalInt.empty(), List.of(256, 128), 64, 0.008, 75, 42, 0);

  /** The best accuracy in seconds: 4 epochs. */
  public static final Recipe FAST = adam(4, false);

  /** The best accuracy: 40 epochs, each on new distortions of the images. */
  public static final Recipe BEST = adam(40, true);

  /** For tables, which are often small and scaled: 100 epochs of small steps. */
  public static final Recipe TABLE =
      new Recipe(OptionalInt.empty(), List.of(256, 128), 32, 0.001, 100, 42, 0)
          .with(
              Method.of(
                  Optimizer.of(Optimizer.Kind.ADAM), Schedule.CONSTANT, Shuffle.ROWS, Init.GLOROT));

  /** Adam, of whose steps a tenth are the warm-up. */
  private static Recipe adam(int epochs, boolean augment) {
    Method method =
        new Method(
            new Optimizer(Optimizer.Kind.ADAM, 0.9, 0.9, 0.99, 1e-8, 0),
            Trainer.Mean.ONCE,
            new Schedule(Schedule.Shape.LINEAR, epochs / 10.0),
            Shuffle.ROWS,
            Init.HE,
            0.05,
            List.of(),
            augment,
            Activation.RELU,
            false);
    return new Recipe(OptionalInt.empty(), List.of(256, 128), 64, 0.003, epochs, 42, 0)
        .with(method);
  }

  /** The recipes that have a name, by name. */
  public static Map<String, Recipe> named() {
    Map<String, Recipe> named = new LinkedHashMap<>();
    named.put("reference", REFERENCE);
    named.put("fast", FAST);
    named.put("best", BEST);
    named.put("table", TABLE);
    return Collections.unmodifiableMap(named);
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of range
   */
  public Recipe {
    hidden = List.copyOf(hidden);
    check(trainRows.orElse(1) >= 1, "trainRows must be at least 1");
    check(hidden.stream().allMatch(size -> size >= 1), "hidden layers need at least 1 unit");
    check(batch >= 1, "batch must be at least 1");
    check(
        learningRate >= 0 && learningRate < Double.POSITIVE_INFINITY,
        "learningRate must be finite and not negative");
    check(epochs >= 0, "epochs must not be negative");
    check(seed >= 0 && seed <= MAX_SEED, "seed must be between 0 and " + MAX_SEED);
    check(testEvery >= 0, "testEvery must not be negative");
    check(method.schedule().warmup() <= epochs, "the warm-up must not be longer than all epochs");
    Objects.requireNonNull(stopping, "stopping");
  }

  /** A recipe that learns by the reference run's method, through all epochs. */
  public Recipe(
      OptionalInt trainRows,
      List<Integer> hidden,
      int batch,
      double learningRate,
      int epochs,
      long seed,
      int testEvery) {
    this(
        trainRows,
        hidden,
        batch,
        learningRate,
        epochs,
        seed,
        testEvery,
        Method.REFERENCE,
        Stopping.NEVER);
  }

  /** The same with another method. */
  public Recipe with(Method method) {
    return new Recipe(
        trainRows, hidden, batch, learningRate, epochs, seed, testEvery, method, stopping);
  }

  /** The same that ends otherwise. */
  public Recipe with(Stopping stopping) {
    return new Recipe(
        trainRows, hidden, batch, learningRate, epochs, seed, testEvery, method, stopping);
  }

  /**
   * The warm-up of as many epochs: a recipe warms up for a share of its epochs, whatever their
   * number.
   *
   * @param others at least 0
   * @return epochs, also fractions
   */
  public double warmup(int others) {
    return epochs == 0 ? 0 : method.schedule().warmup() * others / epochs;
  }

  /**
   * The network before the first step.
   *
   * @param sizes of the layers: inputs, hidden layers, outputs
   * @param task what it is for
   * @throws IllegalArgumentException if the network is too large
   */
  public Mlp network(List<Integer> sizes, Task task) {
    return method.init().network(seed, sizes).withActivation(method.activation()).withTask(task);
  }

  /**
   * A trainer that learns as this recipe says; threads, engine and rows to validate with are left
   * to the caller.
   *
   * @param net trained in place
   * @param training the rows to train on, of which a recipe with balanced classes counts the labels
   * @throws IllegalArgumentException if the recipe does not fit the network
   */
  public Trainer.Builder trainer(Mlp net, Samples training) {
    Trainer.Builder builder =
        Trainer.builder(net)
            .batchSize(batch)
            .learningRate(learningRate)
            .mean(method.mean())
            .optimizer(method.optimizer())
            .schedule(method.schedule())
            .shuffle(method.shuffle())
            .seed(seed)
            .labelSmoothing(method.labelSmoothing())
            .dropout(method.dropout().stream().mapToDouble(Double::doubleValue).toArray())
            .augment(method.augment());
    if (method.balanced()) {
      builder.classWeights(training.balancedWeights(net.outputs()));
    }
    if (stopping.earlyStop() > 0) {
      builder.earlyStop(stopping.earlyStop());
    }
    stopping.targetAccuracy().ifPresent(builder::targetAccuracy);
    return builder;
  }

  private static void check(boolean valid, String message) {
    if (!valid) {
      throw new IllegalArgumentException(message);
    }
  }

  /**
   * What differs from the reference run's method and stopping: values by name, such as {@code adam}
   * by {@code optimizer}, in a fixed order. A mean that the optimizer usually has is left out.
   */
  public Map<String, String> deviations() {
    Map<String, String> values = new LinkedHashMap<>();
    method.addDeviations(values);
    stopping.addDeviations(values);
    return values;
  }

  /**
   * The origin of a network that this recipe has trained, as {@link ModelInfo#origin} has it.
   *
   * @param rows that it was trained on
   */
  public Map<String, String> origin(int rows) {
    Map<String, String> origin = new TreeMap<>();
    origin.put(ModelInfo.SEED, Long.toString(seed));
    origin.put(ModelInfo.VERSION, Version.text());
    origin.put(ModelInfo.SETTING + "train_rows", Integer.toString(rows));
    origin.put(ModelInfo.SETTING + "batch", Integer.toString(batch));
    origin.put(ModelInfo.SETTING + "learning_rate", Double.toString(learningRate));
    origin.put(ModelInfo.SETTING + "epochs", Integer.toString(epochs));
    deviations()
        .forEach((name, value) -> origin.put(ModelInfo.SETTING + name.replace('-', '_'), value));
    return origin;
  }

  /** Whether the test rows are evaluated before the end. */
  boolean testsDuringTraining() {
    return testEvery > 0;
  }
}
