package lanewise.nn;

import java.util.Objects;
import lanewise.parallel.Workers;

/**
 * Trains a network by mini-batch gradient descent, in the order of the rows.
 *
 * <pre>{@code
 * Trainer trainer = Trainer.builder(net).batchSize(32).learningRate(0.1).build();
 * trainer.fit(samples, 10, epoch -> System.out.println(epoch.number() + ": " + epoch.loss()));
 * }</pre>
 *
 * <p>The weights after an epoch depend only on the network, the samples, the batch size, the
 * learning rate and the mean; they do not depend, in any bit, on the engine, the vector width or
 * the number of threads.
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

  /** The settings of a builder. */
  record Settings(
      Mlp net, int batchSize, double learningRate, Mean mean, Engine engine, int threads) {}

  /** Settings of a trainer, each with a default. */
  public static final class Builder {
    private final Mlp net;
    private int batchSize = 64;
    private double learningRate = 0.1;
    private Mean mean = Mean.ONCE;
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
     * @param rate finite, at least 0; 0.1 by default
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
     */
    public Trainer build() {
      return new Trainer(new Settings(net, batchSize, learningRate, mean, engine, threads));
    }
  }

  private final Settings settings;

  private Trainer(Settings settings) {
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
   * @param samples at least one row, as wide as the network's input, with labels below its number
   *     of outputs
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
   * @param samples at least one row, as wide as the network's input, with labels below its number
   *     of outputs
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
    check(samples);
    Objects.requireNonNull(listener, "listener");
    if (epochs < 0) {
      throw new IllegalArgumentException("epochs must be at least 0, not " + epochs);
    }
    try (Workers workers = new Workers(settings.threads())) {
      Training training = new Training(settings, samples, workers);
      Evaluator evaluator = new Evaluator(settings.engine().kernels(), workers);
      for (int number = 1; number <= epochs; number++) {
        long start = System.nanoTime();
        if (!training.epoch(number, listener)) {
          return number - 1;
        }
        double seconds = (System.nanoTime() - start) * 1e-9;
        Epoch epoch = new Epoch(number, seconds, settings.net(), samples, evaluator);
        try {
          listener.onEpoch(epoch);
        } finally {
          epoch.end();
        }
        if (epoch.isStopped() || training.isStopped()) {
          return number;
        }
      }
      return epochs;
    }
  }

  /**
   * Checks that the network can be trained on some samples, as {@link #fit} does before it begins.
   *
   * @param samples at least one row, as wide as the network's input, with labels below its number
   *     of outputs
   * @throws IllegalArgumentException if the samples do not fit the network, or a batch of them does
   *     not fit an array
   */
  public void check(Samples samples) {
    Evaluator.checkFit(settings.net(), samples);
    if (samples.rows() < 1) {
      throw new IllegalArgumentException("there are no rows to train on");
    }
    StepBuffers.check(settings.net(), Math.min(settings.batchSize(), samples.rows()));
  }

  /**
   * Evaluates the network with this trainer's engine and threads.
   *
   * @param samples as wide as the network's input, with labels below its number of outputs
   * @return loss, accuracy and confusion matrix
   * @throws IllegalArgumentException if the samples do not fit the network
   * @throws IllegalStateException if the network is being trained
   */
  public Evaluation evaluate(Samples samples) {
    try (Workers workers = new Workers(settings.threads())) {
      return new Evaluator(settings.engine().kernels(), workers).evaluate(settings.net(), samples);
    }
  }
}
