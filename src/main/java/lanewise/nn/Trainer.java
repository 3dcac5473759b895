package lanewise.nn;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import lanewise.parallel.Workers;

/**
 * Trains a network by mini-batch gradient descent.
 *
 * <pre>{@code
 * Trainer trainer = Trainer.builder(net).batchSize(32).learningRate(0.1).build();
 * trainer.fit(samples, 10, epoch -> System.out.println(epoch.number() + ": " + epoch.loss()));
 * }</pre>
 *
 * <p>The weights after an epoch depend only on the network, the samples and the settings; they do
 * not depend, in any bit, on the engine, the vector width or the number of threads.
 *
 * <p>A trainer has settings but no state, and can be used any number of times. Training changes the
 * network in place; one thread at a time may train it.
 */
public final class Trainer {
  /** How often the gradient is divided by the number of rows of its batch. */
  public enum Mean {
    /** Once, the usual mean: {@code W -= learningRate / m * X^T (softmax - onehot)}. */
    ONCE,

    /** Twice, as in the reference run: {@code W -= learningRate / m^2 * X^T (softmax - onehot)}. */
    TWICE;

    /** Returns the divisor of the sum over a batch of m rows. */
    double divisor(int m) {
      return this == ONCE ? m : (double) m * m;
    }
  }

  /** Settings of a trainer, each with a default. */
  public static final class Builder {
    private final Mlp net;
    private int batchSize = 64;
    private double learningRate = 0.1;
    private Mean mean = Mean.ONCE;
    private Optimizer optimizer = Optimizer.of(Optimizer.Kind.SGD);
    private Schedule schedule = Schedule.CONSTANT;
    private Shuffle shuffle = Shuffle.NONE;
    private long seed;
    private double labelSmoothing;
    private List<Double> classWeights = List.of();
    private List<Double> dropout = List.of();
    private boolean augment;
    private Samples validation;
    private int earlyStop;
    private double targetAccuracy = Double.POSITIVE_INFINITY;
    private Engine engine = Engine.AUTO;
    private int threads = allCores();

    private Builder(Mlp net) {
      this.net = Objects.requireNonNull(net, "net");
    }

    /**
     * Sets the batch size.
     *
     * @param rows rows per step, at least 1; the last batch of an epoch may be shorter; 64 by
     *     default
     * @return this builder
     * @throws IllegalArgumentException if {@code rows} is below 1
     */
    public Builder batchSize(int rows) {
      if (rows < 1) {
        throw new IllegalArgumentException("a batch has at least 1 row, not " + rows);
      }
      batchSize = rows;
      return this;
    }

    /**
     * Sets the learning rate.
     *
     * @param rate the peak, if there is a schedule; finite, at least 0; 0.1 by default
     * @return this builder
     * @throws IllegalArgumentException if {@code rate} is negative, infinite or NaN
     */
    public Builder learningRate(double rate) {
      if (!(rate >= 0 && rate < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("a learning rate is finite and at least 0, not " + rate);
      }
      learningRate = rate;
      return this;
    }

    /**
     * Sets how often the gradient is divided by the batch's number of rows.
     *
     * @param mean {@link Mean#ONCE} by default
     * @return this builder
     */
    public Builder mean(Mean mean) {
      this.mean = Objects.requireNonNull(mean, "mean");
      return this;
    }

    /**
     * Sets how a step changes the weights by their gradient.
     *
     * @param optimizer plain gradient descent by default
     * @return this builder
     */
    public Builder optimizer(Optimizer optimizer) {
      this.optimizer = Objects.requireNonNull(optimizer, "optimizer");
      return this;
    }

    /**
     * Sets how the learning rate changes from step to step.
     *
     * @param schedule {@link Schedule#CONSTANT} by default
     * @return this builder
     */
    public Builder schedule(Schedule schedule) {
      this.schedule = Objects.requireNonNull(schedule, "schedule");
      return this;
    }

    /**
     * Sets the order in which epochs visit the rows.
     *
     * @param shuffle {@link Shuffle#NONE} by default
     * @return this builder
     */
    public Builder shuffle(Shuffle shuffle) {
      this.shuffle = Objects.requireNonNull(shuffle, "shuffle");
      return this;
    }

    /**
     * Sets the seed of all random choices: of shuffling, dropout and augmentation.
     *
     * @param seed any; 0 by default
     * @return this builder
     */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /**
     * Trains a classification towards {@code (1 - s) onehot(label) + s / classes} (Szegedy et al.,
     * Rethinking the Inception architecture, 2016). Losses are reported on the plain labels.
     *
     * @param s at least 0, below 1; 0 by default
     * @return this builder
     * @throws IllegalArgumentException if {@code s} is out of range
     */
    public Builder labelSmoothing(double s) {
      if (!(s >= 0 && s < 1)) {
        throw new IllegalArgumentException("label smoothing is at least 0 and below 1, not " + s);
      }
      labelSmoothing = s;
      return this;
    }

    /**
     * Sets how much the rows of each class count: a row's gradient is multiplied by the weight of
     * its label, in float32. The mean over a batch is still by its number of rows, not by the sum
     * of their weights; with label smoothing too, a row has the weight of its label alone. Losses
     * are reported without weights.
     *
     * @param weights one for each output, such as {@link Samples#balancedWeights}, each finite as a
     *     float and at least 0, not all 0; without a call or with none, all count alike
     * @return this builder
     * @throws IllegalArgumentException if a weight is out of range, all are 0, or there are more or
     *     fewer than outputs
     */
    public Builder classWeights(double... weights) {
      if (weights.length > 0 && weights.length != net.outputs()) {
        throw new IllegalArgumentException(
            "%d class weights do not fit a network %s, which has %d outputs"
                .formatted(weights.length, net, net.outputs()));
      }
      for (double weight : weights) {
        if (!(weight >= 0 && weight <= Float.MAX_VALUE)) {
          throw new IllegalArgumentException(
              "a class weight is finite and at least 0, not " + weight);
        }
      }
      if (weights.length > 0 && Arrays.stream(weights).allMatch(weight -> (float) weight == 0)) {
        throw new IllegalArgumentException("all class weights are 0");
      }
      classWeights = Arrays.stream(weights).boxed().toList();
      return this;
    }

    /**
     * Sets the share of each hidden layer's outputs that a step leaves out, chosen anew for each
     * row and epoch; the others are divided by 1 minus the share (Srivastava et al., Dropout,
     * 2014).
     *
     * @param shares one for each hidden layer, or one for all; each at least 0, below 1; none by
     *     default
     * @return this builder
     * @throws IllegalArgumentException if a share is out of range, or there are more than hidden
     *     layers
     */
    public Builder dropout(double... shares) {
      int hidden = net.layers() - 1;
      if (shares.length > hidden || shares.length > 1 && shares.length < hidden) {
        throw new IllegalArgumentException(
            "%d shares of dropout do not fit a network %s, which has %d hidden layers"
                .formatted(shares.length, net, hidden));
      }
      double[] all = new double[shares.length == 0 ? 0 : hidden];
      for (int layer = 0; layer < all.length; layer++) {
        all[layer] = shares[shares.length == 1 ? 0 : layer];
        if (!(all[layer] >= 0 && all[layer] < 1)) {
          throw new IllegalArgumentException(
              "a share of dropout is at least 0 and below 1, not " + all[layer]);
        }
      }
      dropout = Arrays.stream(all).boxed().toList();
      return this;
    }

    /**
     * Sets whether each epoch sees new distortions of the rows, which must then be square grey
     * images, stored as bytes.
     *
     * @param augment false by default
     * @return this builder
     */
    public Builder augment(boolean augment) {
      this.augment = augment;
      return this;
    }

    /**
     * Sets rows that are never learnt from, but evaluated after each epoch.
     *
     * @param samples that fit the network, see {@link Trainer#check}
     * @return this builder
     * @throws IllegalArgumentException if the samples do not fit the network, or are none
     */
    public Builder validation(Samples samples) {
      Evaluator.checkFit(net, samples);
      if (samples.rows() < 1) {
        throw new IllegalArgumentException("there are no rows to validate with");
      }
      validation = samples;
      return this;
    }

    /**
     * Stops when the validation loss has not become lower for some epochs, and keeps the weights of
     * the best epoch; also if training ends otherwise.
     *
     * @param epochs at least 1; without a call, no epoch is better than the last
     * @return this builder
     * @throws IllegalArgumentException if {@code epochs} is below 1
     */
    public Builder earlyStop(int epochs) {
      if (epochs < 1) {
        throw new IllegalArgumentException(
            "training stops early after at least 1 epoch, not " + epochs);
      }
      earlyStop = epochs;
      return this;
    }

    /**
     * Stops a classification when an accuracy is reached: on the validation rows or, without these,
     * on the training rows.
     *
     * @param accuracy above 0, at most 1; without a call, none stops it
     * @return this builder
     * @throws IllegalArgumentException if {@code accuracy} is out of range
     */
    public Builder targetAccuracy(double accuracy) {
      if (!(accuracy > 0 && accuracy <= 1)) {
        throw new IllegalArgumentException(
            "a target accuracy is above 0 and at most 1, not " + accuracy);
      }
      targetAccuracy = accuracy;
      return this;
    }

    /**
     * Sets the maximum number of threads, which does not affect results. A small network uses
     * fewer.
     *
     * @param count 1 to 1024, the calling thread included; the machine's cores by default
     * @return this builder
     * @throws IllegalArgumentException if {@code count} is out of range
     */
    public Builder threads(int count) {
      if (count < 1 || count > Workers.MAX_THREADS) {
        throw new IllegalArgumentException(
            "threads must be 1 to %d, not %d".formatted(Workers.MAX_THREADS, count));
      }
      threads = count;
      return this;
    }

    /**
     * Sets the engine, which does not affect results.
     *
     * @param engine {@link Engine#AUTO} by default
     * @return this builder
     * @throws IllegalStateException if {@code engine} is {@link Engine#SIMD} and SIMD is
     *     unavailable
     */
    public Builder engine(Engine engine) {
      Objects.requireNonNull(engine, "engine").kernels();
      this.engine = engine;
      return this;
    }

    /**
     * Builds the trainer.
     *
     * @return a trainer with the current settings
     * @throws IllegalArgumentException if training is to stop early without validation rows, or a
     *     network for regression has label smoothing, class weights or a target accuracy
     */
    public Trainer build() {
      return new Trainer(settings());
    }

    TrainerSettings settings() {
      return new TrainerSettings(
          net,
          batchSize,
          learningRate,
          mean,
          optimizer,
          schedule,
          shuffle,
          seed,
          labelSmoothing,
          classWeights,
          dropout,
          augment,
          validation,
          earlyStop,
          targetAccuracy,
          engine,
          threads);
    }
  }

  private final TrainerSettings settings;

  private Trainer(TrainerSettings settings) {
    this.settings = settings;
  }

  /**
   * Returns a builder for a trainer of a network.
   *
   * @param net trained in place
   * @return a builder with default settings
   */
  public static Builder builder(Mlp net) {
    return new Builder(net);
  }

  /** Returns the number of cores, limited to the maximum number of threads. */
  static int allCores() {
    return Math.min(Workers.MAX_THREADS, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Trains for some epochs.
   *
   * @param samples at least one row, that fit the network, see {@link #check}
   * @param epochs passes over the samples, at least 0
   * @throws IllegalArgumentException if an argument is out of range or the samples do not fit the
   *     network; nothing is changed
   * @throws IllegalStateException if the network is already being trained
   * @throws DivergedException if the loss of a batch is infinite or NaN, and the weights stay as
   *     they were before that batch; or if a weight is, at the end of an epoch
   */
  public void fit(Samples samples, int epochs) {
    fit(samples, epochs, epoch -> {});
  }

  /**
   * Trains for some epochs or until the listener stops it.
   *
   * @param samples at least one row, that fit the network, see {@link #check}
   * @param epochs passes over the samples, at least 0
   * @param listener called after each batch and each epoch; an exception that it throws ends
   *     training and is rethrown
   * @return the number of completed epochs
   * @throws IllegalArgumentException if an argument is out of range or the samples do not fit the
   *     network; nothing is changed
   * @throws IllegalStateException if the network is already being trained
   * @throws DivergedException if the loss of a batch is infinite or NaN, and the weights stay as
   *     they were before that batch; or if a weight is, at the end of an epoch
   */
  public int fit(Samples samples, int epochs, TrainingListener listener) {
    int states = settings.optimizer().kind().states();
    TrainingState start = TrainingState.initial(states, settings.net().countParameters());
    return fit(samples, epochs, start, listener);
  }

  /**
   * Continues a training, to the same bits as if it had not stopped. The network has the parameters
   * that it had in this state.
   *
   * @param samples as at the beginning
   * @param epochs of the whole training, those of the state included
   * @param from of the training; its arrays become the trainer's own
   * @param listener see {@link #fit(Samples, int, TrainingListener)}
   * @return the number of completed epochs, those of the state included
   * @throws IllegalArgumentException if an argument is out of range, or samples or state do not fit
   *     the network and the settings; nothing is changed
   * @throws IllegalStateException if the network is already being trained
   * @throws DivergedException see {@link #fit(Samples, int, TrainingListener)}
   */
  public int fit(Samples samples, int epochs, TrainingState from, TrainingListener listener) {
    check(samples);
    Objects.requireNonNull(listener, "listener");
    if (epochs < from.epoch()) {
      throw new IllegalArgumentException(
          "epochs must be at least %d, not %d".formatted(from.epoch(), epochs));
    }
    checkState(from);
    try (Workers workers = new Workers(settings.threads());
        ListRoom room = new ListRoom()) {
      Training training = new Training(settings, samples, epochs, from, workers, room);
      Evaluator evaluator = new Evaluator(settings.engine().kernels(), workers, room);
      Optional<TrainingState.Best> best = settings.earlyStop() > 0 ? from.best() : Optional.empty();
      int number = from.epoch();
      boolean stopped = isOver(number, best);
      while (number < epochs && !stopped) {
        long start = System.nanoTime();
        if (!training.epoch(number + 1, listener)) {
          break;
        }
        number++;
        double seconds = (System.nanoTime() - start) * 1e-9;
        Epoch epoch = new Epoch(number, seconds, settings, samples, evaluator, training, best);
        try {
          best = epoch.best();
          listener.onEpoch(epoch);
          stopped =
              epoch.isStopped()
                  || training.isStopped()
                  || isOver(number, best)
                  || settings.targetAccuracy() <= 1 && epoch.reaches(settings.targetAccuracy());
        } finally {
          epoch.end();
        }
      }
      if (best.isPresent()) {
        settings.net().replaceParameters(best.get().parameters());
      }
      return number;
    }
  }

  private boolean isOver(int epoch, Optional<TrainingState.Best> best) {
    return best.isPresent() && epoch - best.get().epoch() >= settings.earlyStop();
  }

  private void checkState(TrainingState state) {
    int states = settings.optimizer().kind().states();
    int parameters = settings.net().countParameters();
    boolean fits = state.moments().length == states;
    for (float[] moments : state.moments()) {
      fits &= moments.length == parameters;
    }
    if (!fits || state.best().isPresent() && state.best().get().parameters().length != parameters) {
      throw new IllegalArgumentException(
          "a state with %d moments does not fit %s of a network %s"
              .formatted(state.moments().length, settings.optimizer().kind(), settings.net()));
    }
  }

  /**
   * Checks that the network can be trained on some samples, as {@link #fit} does before it begins.
   *
   * @param samples at least one row, as wide as the network's input, with labels below its number
   *     of outputs; for a regression, with as many targets as it has outputs
   * @throws IllegalArgumentException if the samples do not fit the network, or a batch of them does
   *     not fit an array
   */
  public void check(Samples samples) {
    Evaluator.checkFit(settings.net(), samples);
    if (samples.rows() < 1) {
      throw new IllegalArgumentException("there are no rows to train on");
    }
    Feed.check(settings, samples);
    StepBuffers.check(settings.net(), Math.min(settings.batchSize(), samples.rows()));
  }

  /**
   * Evaluates the network with this trainer's engine and threads.
   *
   * @param samples that fit the network, see {@link #check}
   * @return loss, accuracy and confusion matrix; of a regression loss, R2 and RMSE
   * @throws IllegalArgumentException if the samples do not fit the network
   * @throws IllegalStateException if the network is being trained
   */
  public Evaluation evaluate(Samples samples) {
    try (Workers workers = new Workers(settings.threads());
        ListRoom room = new ListRoom()) {
      return new Evaluator(settings.engine().kernels(), workers, room)
          .evaluate(settings.net(), samples);
    }
  }
}
