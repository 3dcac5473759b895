package lanewise.nn;

import java.util.Optional;

/**
 * A completed epoch, passed to a {@link TrainingListener}. Valid until {@link
 * TrainingListener#onEpoch} returns.
 */
public final class Epoch {
  private final int number;
  private final double seconds;
  private final TrainerSettings settings;
  private final Samples samples;
  private final Evaluator evaluator;
  private final Training training;
  private final Optional<TrainingState.Best> bestBefore;
  private Optional<TrainingState.Best> best;
  private Evaluation evaluation;
  private Evaluation validation;
  private boolean over;
  private boolean stopped;

  Epoch(
      int number,
      double seconds,
      TrainerSettings settings,
      Samples samples,
      Evaluator evaluator,
      Training training,
      Optional<TrainingState.Best> bestBefore) {
    this.number = number;
    this.seconds = seconds;
    this.settings = settings;
    this.samples = samples;
    this.evaluator = evaluator;
    this.training = training;
    this.bestBefore = bestBefore;
  }

  /**
   * Returns the epoch's number.
   *
   * @return 1 for the first epoch of a training
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
   * @return see {@link Evaluation#loss()}
   * @throws IllegalStateException if {@code onEpoch} has returned
   */
  public double loss() {
    return evaluation().loss();
  }

  /**
   * Returns the accuracy on the training samples, with the weights after the epoch.
   *
   * @return share of rows predicted correctly, 0 to 1
   * @throws IllegalStateException if the network is for regression, or {@code onEpoch} has returned
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
    return evaluator.evaluate(settings.net(), other);
  }

  /**
   * Evaluates the network on the trainer's validation samples; computed once.
   *
   * @return the evaluation with the weights after the epoch
   * @throws IllegalStateException if the trainer has no validation samples, or {@code onEpoch} has
   *     returned
   */
  public Evaluation validation() {
    if (settings.validation() == null) {
      throw new IllegalStateException("the trainer has no validation samples");
    }
    if (validation == null) {
      validation = evaluate(settings.validation());
    }
    return validation;
  }

  /**
   * Returns the best epoch so far, this one included.
   *
   * @return empty unless training may stop early
   */
  public Optional<TrainingState.Best> best() {
    if (best == null) {
      best = bestBefore;
      double bar = bestBefore.map(TrainingState.Best::loss).orElse(Double.POSITIVE_INFINITY);
      if (settings.earlyStop() > 0 && validation().loss() < bar) {
        float[] parameters = settings.net().parameters().clone();
        best = Optional.of(new TrainingState.Best(number, validation().loss(), parameters));
      }
    }
    return best;
  }

  /** Whether the accuracy that training stops at is reached. */
  boolean reaches(double accuracy) {
    Evaluation reached = settings.validation() == null ? evaluation() : validation();
    return reached.accuracy() >= accuracy;
  }

  /**
   * Returns what the training needs to continue after this epoch, besides the network.
   *
   * @return the state; its moments change as soon as {@code onEpoch} has returned
   */
  public TrainingState state() {
    return new TrainingState(number, training.moments(), best());
  }

  /**
   * Returns the learning rate of the epoch's last step.
   *
   * @return as the schedule gives it
   */
  public double learningRate() {
    return training.rate(number);
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
