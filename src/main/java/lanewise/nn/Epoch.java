package lanewise.nn;

/**
 * A completed epoch, passed to a {@link TrainingListener}. Valid until {@link
 * TrainingListener#onEpoch} returns.
 */
public final class Epoch {
  private final int number;
  private final double seconds;
  private final Mlp net;
  private final Samples samples;
  private final Evaluator evaluator;
  private Evaluation evaluation;
  private boolean over;
  private boolean stopped;

  Epoch(int number, double seconds, Mlp net, Samples samples, Evaluator evaluator) {
    this.number = number;
    this.seconds = seconds;
    this.net = net;
    this.samples = samples;
    this.evaluator = evaluator;
  }

  /**
   * Returns the epoch's number.
   *
   * @return 1 for the first epoch of this call of {@code fit}
   */
  public int number() {
    return number;
  }

  /**
   * Returns how long the epoch's steps took.
   *
   * @return seconds, without any evaluation
   */
  public double seconds() {
    return seconds;
  }

  /**
   * Returns the loss on the training samples, with the weights after the epoch.
   *
   * @return cross-entropy summed over the rows, in nats
   * @throws IllegalStateException if {@code onEpoch} has returned
   */
  public double loss() {
    return evaluation().loss();
  }

  /**
   * Returns the accuracy on the training samples, with the weights after the epoch.
   *
   * @return share of rows predicted correctly, 0 to 1
   * @throws IllegalStateException if {@code onEpoch} has returned
   */
  public double accuracy() {
    return evaluation().accuracy();
  }

  /**
   * Evaluates the network on the training samples. The first call computes the evaluation, which
   * takes about half as long as the epoch; later calls return the same object. Without a call,
   * nothing is computed.
   *
   * @return the evaluation with the weights after the epoch
   * @throws IllegalStateException if {@code onEpoch} has returned
   */
  public Evaluation evaluation() {
    if (evaluation == null) {
      evaluation = evaluate(samples);
    }
    return evaluation;
  }

  /**
   * Evaluates the network on other samples, with the trainer's engine and threads.
   *
   * @param other samples that fit the network, for example a validation set
   * @return the evaluation with the weights after the epoch
   * @throws IllegalArgumentException if the samples do not fit the network
   * @throws IllegalStateException if {@code onEpoch} has returned
   */
  public Evaluation evaluate(Samples other) {
    if (over) {
      throw new IllegalStateException(
          "epoch %d is over: evaluate inside onEpoch".formatted(number));
    }
    return evaluator.evaluate(net, other);
  }

  /** Stops training after this epoch. */
  public void stop() {
    stopped = true;
  }

  boolean isStopped() {
    return stopped;
  }

  /** Marks the epoch as over: from now on the weights may be those of another epoch. */
  void end() {
    over = true;
  }
}
