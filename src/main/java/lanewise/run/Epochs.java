package lanewise.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import lanewise.model.Checkpoint;
import lanewise.nn.DivergedException;
import lanewise.nn.Epoch;
import lanewise.nn.Evaluation;
import lanewise.nn.Mlp;
import lanewise.nn.Samples;
import lanewise.nn.Trainer;
import lanewise.nn.TrainingListener;
import lanewise.nn.TrainingState;

/** The epochs of a session: their steps, checkpoints, evaluations and lines in the history. */
final class Epochs implements TrainingListener {
  private final Settings settings;
  private final Recipe recipe;
  private final Split split;
  private final Samples testSamples;
  private final RunClock clock;
  private final RunListener listener;
  private final Cancellation cancellation;
  private final Mlp net;
  private final Trainer trainer;
  private final RunFiles files;

  /** After the last epoch that was evaluated in this session. */
  private Evaluation training;

  private Evaluation validation;
  private Optional<TrainingState.Best> best = Optional.empty();

  /**
   * @param testSamples evaluated during training if the recipe says so
   * @param clock of the run
   * @param trainer of the network
   */
  Epochs(
      Settings settings,
      Split split,
      Samples testSamples,
      RunClock clock,
      RunListener listener,
      Cancellation cancellation,
      Mlp net,
      Trainer trainer,
      RunFiles files) {
    this.settings = settings;
    this.recipe = settings.recipe();
    this.split = split;
    this.testSamples = testSamples;
    this.clock = clock;
    this.listener = listener;
    this.cancellation = cancellation;
    this.net = net;
    this.trainer = trainer;
    this.files = files;
  }

  /**
   * Trains until the end or the cancellation. The network then has the weights of the epoch that is
   * kept.
   *
   * @param from the state to continue from; empty at the beginning of the run
   */
  Ending train(Optional<TrainingState> from) throws IOException {
    int before = files.trained();
    int end = recipe.epochs();
    best = from.flatMap(TrainingState::best);
    if (before > 0
        && (before == end
            || files.recorded() < before
            || stopsEarly(before)
            || recipe.stopping().targetAccuracy().isPresent())) {
      listener.onEpochBegin(before);
      complete(System.nanoTime(), files.secondsTrained(), trainer::evaluate);
      if (reachesTarget(trainer::evaluate)) {
        end = before;
      }
    }
    try {
      if (before < end && !stopsEarly(before)) {
        listener.onEpochBegin(before + 1);
      }
      int epochs =
          from.isPresent()
              ? trainer.fit(split.training(), end, from.get(), this)
              : trainer.fit(split.training(), end, this);
      return ending(epochs);
    } catch (DivergedException e) {
      throw diverged(e.epoch(), e.batch(), e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private Ending ending(int epochs) {
    Ending.Cause cause =
        epochs == recipe.epochs()
            ? Ending.Cause.EPOCHS
            : stopsEarly(epochs) ? Ending.Cause.EARLY_STOP : Ending.Cause.TARGET_ACCURACY;
    return new Ending(cause, epochs, best.map(TrainingState.Best::epoch).orElse(epochs));
  }

  /**
   * The evaluation on the training rows of the weights that are kept; null if no epoch is complete.
   */
  Evaluation training(Ending ending) {
    if (ending.epochs() == 0) {
      return null;
    }
    return ending.keepsLast() && training != null ? training : trainer.evaluate(split.training());
  }

  /** The same on the validation rows; null without these, too. */
  Evaluation validation(Ending ending) {
    if (ending.epochs() == 0 || split.validation().isEmpty()) {
      return null;
    }
    return ending.keepsLast() && validation != null
        ? validation
        : trainer.evaluate(split.validation().get());
  }

  @Override
  public boolean onBatch(int rows) {
    listener.onBatch(rows);
    return !cancellation.isRequested();
  }

  @Override
  public void onEpoch(Epoch epoch) {
    if (cancellation.isRequested()) {
      epoch.stop();
      return;
    }
    long start = System.nanoTime();
    Function<Samples, Evaluation> evaluator = rows -> evaluate(epoch, rows);
    best = epoch.best();
    int number = epoch.number();
    boolean last = number == recipe.epochs() || stopsEarly(number) || reachesTarget(evaluator);
    try {
      // The weights are final: the disk and the evaluation work at the same time.
      files.trained(last, () -> checkpoint(epoch));
      complete(start, epoch.seconds(), evaluator);
      files.settle(); // The next step, or the end, changes the arrays of the checkpoint.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (cancellation.isRequested()) {
      epoch.stop();
    } else if (!last) {
      listener.onEpochBegin(number + 1);
    }
  }

  /** Evaluates rows once only if the epoch knows them. */
  private Evaluation evaluate(Epoch epoch, Samples rows) {
    if (rows == split.training()) {
      return epoch.evaluation();
    }
    return rows == split.validation().orElse(null) ? epoch.validation() : epoch.evaluate(rows);
  }

  private Checkpoint checkpoint(Epoch epoch) {
    return new Checkpoint(
        epoch.state(), clock.seconds(), epoch.seconds(), SavedModel.of(net, settings));
  }

  private boolean stopsEarly(int epoch) {
    int patience = recipe.stopping().earlyStop();
    return patience > 0 && best.isPresent() && epoch - best.get().epoch() >= patience;
  }

  private boolean reachesTarget(Function<Samples, Evaluation> evaluator) {
    OptionalDouble target = recipe.stopping().targetAccuracy();
    return target.isPresent()
        && evaluator.apply(split.validation().orElse(split.training())).accuracy()
            >= target.getAsDouble();
  }

  private RunDivergedException diverged(int epoch, int batch, DivergedException cause) {
    return RunDivergedException.of(epoch, batch, recipe.learningRate(), cause);
  }

  /**
   * Evaluates the epoch whose steps are complete, and records it unless an earlier session has.
   *
   * @param start of the evaluation, by {@link System#nanoTime}
   * @param secondsTrained that its steps took
   * @param evaluator of the network
   */
  private void complete(long start, double secondsTrained, Function<Samples, Evaluation> evaluator)
      throws IOException {
    int epoch = files.trained();
    listener.onEvaluation();
    training = evaluator.apply(split.training());
    if (!Double.isFinite(training.loss())) {
      throw diverged(epoch, Math.ceilDiv(split.training().rows(), recipe.batch()), null);
    }
    if (split.validation().isPresent()) {
      validation = evaluate("validation", split.validation().get(), evaluator);
    }
    if (files.recorded() < epoch) {
      OptionalDouble test =
          recipe.testsDuringTraining() && epoch % recipe.testEvery() == 0
              ? OptionalDouble.of(test(evaluator).score())
              : OptionalDouble.empty();
      double seconds = secondsTrained + (System.nanoTime() - start) * 1e-9;
      record(
          new EpochResult(
              epoch,
              training.loss(),
              training.score(),
              seconds,
              test,
              Optional.ofNullable(validation)
                  .map(rows -> new EpochResult.Validation(rows.loss(), rows.score()))));
    }
  }

  /**
   * Evaluates the test rows.
   *
   * @param evaluator of the network
   * @throws RunDivergedException if the loss is not finite
   */
  Evaluation test(Function<Samples, Evaluation> evaluator) throws RunDivergedException {
    return evaluate("test", testSamples, evaluator);
  }

  private Evaluation evaluate(String name, Samples rows, Function<Samples, Evaluation> evaluator)
      throws RunDivergedException {
    Evaluation evaluation = evaluator.apply(rows);
    if (!Double.isFinite(evaluation.loss())) {
      throw RunDivergedException.ofRows(name, files.trained(), recipe.learningRate());
    }
    return evaluation;
  }

  private void record(EpochResult result) throws IOException {
    cancellation.change(
        () -> {
          files.record(HistoryColumns.of(settings).line(result));
          listener.onEpoch(result);
        });
  }
}
