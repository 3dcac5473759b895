package lanewise.run;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import lanewise.nn.Activation;
import lanewise.nn.Optimizer;
import lanewise.nn.Schedule;
import lanewise.nn.Shuffle;
import lanewise.nn.Trainer;

/**
 * How a run learns: what its weights depend on besides the network, the batches, the learning rate
 * and the seed.
 *
 * @param optimizer how a step changes the weights by their gradient
 * @param mean how often the gradient is divided by the rows of its batch
 * @param schedule how the learning rate changes from step to step
 * @param shuffle in which order an epoch visits the rows
 * @param init how the initial weights are drawn
 * @param labelSmoothing at least 0, below 1
 * @param dropout the share of a hidden layer's outputs that a step leaves out, one for each hidden
 *     layer or one for all, each at least 0, below 1; empty for none
 * @param augment whether each epoch sees new distortions of the images
 * @param activation of the hidden layers
 * @param balanced whether rows of rare classes weigh more, so that all classes weigh the same
 */
public record Method(
    Optimizer optimizer,
    Trainer.Mean mean,
    Schedule schedule,
    Shuffle shuffle,
    Init init,
    double labelSmoothing,
    List<Double> dropout,
    boolean augment,
    Activation activation,
    boolean balanced) {

  /** The name of the weights that {@link #balanced} is about. */
  public static final String BALANCED = "balanced";

  /** That of the reference run: plain gradient descent. */
  public static final Method REFERENCE =
      of(Optimizer.of(Optimizer.Kind.SGD), Schedule.CONSTANT, Shuffle.NONE, Init.GLOROT);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of range
   */
  public Method {
    Objects.requireNonNull(optimizer, "optimizer");
    Objects.requireNonNull(mean, "mean");
    Objects.requireNonNull(schedule, "schedule");
    Objects.requireNonNull(shuffle, "shuffle");
    Objects.requireNonNull(init, "init");
    Objects.requireNonNull(activation, "activation");
    dropout = List.copyOf(dropout);
    if (!isShare(labelSmoothing) || !dropout.stream().allMatch(Method::isShare)) {
      throw new IllegalArgumentException(
          "label smoothing and dropout are at least 0 and below 1, not %s and %s"
              .formatted(labelSmoothing, dropout));
    }
  }

  private static boolean isShare(double value) {
    return value >= 0 && value < 1;
  }

  /** All else as usual: the optimizer's usual mean, ReLU, no regularisation. */
  public static Method of(Optimizer optimizer, Schedule schedule, Shuffle shuffle, Init init) {
    return new Method(
        optimizer,
        usualMean(optimizer),
        schedule,
        shuffle,
        init,
        0,
        List.of(),
        false,
        Activation.RELU,
        false);
  }

  /** Adds what differs from the reference run's: see {@link Recipe#deviations}. */
  void addDeviations(Map<String, String> values) {
    Optimizer usual = REFERENCE.optimizer;
    add(values, "optimizer", optimizer.kind(), usual.kind());
    add(values, "momentum", optimizer.momentum(), usual.momentum());
    add(values, "beta1", optimizer.beta1(), usual.beta1());
    add(values, "beta2", optimizer.beta2(), usual.beta2());
    add(values, "epsilon", optimizer.epsilon(), usual.epsilon());
    add(values, "weight-decay", optimizer.weightDecay(), usual.weightDecay());
    add(values, "mean", lower(mean), lower(usualMean(optimizer)));
    add(values, "schedule", schedule.shape(), REFERENCE.schedule.shape());
    add(values, "warmup", schedule.warmup(), REFERENCE.schedule.warmup());
    add(values, "shuffle", shuffle, REFERENCE.shuffle);
    add(values, "init", init, REFERENCE.init);
    add(values, "label-smoothing", labelSmoothing, REFERENCE.labelSmoothing);
    add(values, "dropout", list(dropout), list(REFERENCE.dropout));
    add(values, "augment", augment, REFERENCE.augment);
    add(values, "activation", lower(activation), lower(REFERENCE.activation));
    if (balanced) {
      values.put("class-weights", BALANCED);
    }
  }

  private static void add(Map<String, String> values, String name, Object value, Object usual) {
    if (!value.equals(usual)) {
      values.put(name, value.toString());
    }
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String list(List<Double> shares) {
    return shares.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /** The mean twice for plain gradient descent, as in the article; once for all others. */
  public static Trainer.Mean usualMean(Optimizer optimizer) {
    return optimizer.kind() == Optimizer.Kind.SGD ? Trainer.Mean.TWICE : Trainer.Mean.ONCE;
  }
}
