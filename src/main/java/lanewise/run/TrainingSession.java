package lanewise.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import lanewise.model.Checkpoint;
import lanewise.model.Model;
import lanewise.model.ModelException;
import lanewise.nn.DivergedException;
import lanewise.nn.Epoch;
import lanewise.nn.Evaluation;
import lanewise.nn.Mlp;
import lanewise.nn.Samples;
import lanewise.nn.Trainer;
import lanewise.nn.TrainingListener;

/** A session of a run: the remaining epochs, their records, the final test. */
final class TrainingSession {
  private final Settings settings;
  private final DataPlace.Found data;
  private final RunBeginning beginning;
  private final SavedModel model;
  private final RunListener listener;
  private final Cancellation cancellation;
  private final Samples samples;
  private final Samples testSamples;

  /**
   * @param model receives the trained network
   */
  TrainingSession(
      Settings settings,
      DataPlace.Found data,
      RunBeginning beginning,
      SavedModel model,
      RunListener listener,
      Cancellation cancellation) {
    this.settings = settings;
    this.data = data;
    this.beginning = beginning;
    this.model = model;
    this.listener = listener;
    this.cancellation = cancellation;
    this.samples = data.dataset().train().first(settings.trainRows());
    this.testSamples = data.dataset().test();
  }

  /**
   * Trains and tests.
   *
   * @throws IOException see {@link TrainingRun}
   */
  RunOutcome run() throws IOException {
    Mlp net;
    Trainer trainer;
    try {
      net = beginning.net(settings);
      trainer = trainer(net);
      trainer.check(samples);
    } catch (IllegalArgumentException e) {
      throw new RunException(e.getMessage(), e);
    }
    try (RunFiles files = open(net)) {
      listener.onBegin(
          new RunListener.Header(
              settings,
              net.toString(),
              net.parameters().length,
              net.trainingFlop(),
              files.trained(),
              files.recorded()));
      Evaluation last = train(trainer, net, files);
      if (cancellation.isRequested()) {
        return new RunOutcome.Cancelled();
      }
      listener.onTest();
      Evaluation test = test(files, trainer::evaluate);
      return finish(files, net, last, test);
    }
  }

  private Trainer trainer(Mlp net) {
    return Trainer.builder(net)
        .batchSize(settings.recipe().batch())
        .learningRate(settings.recipe().learningRate())
        .mean(Trainer.Mean.TWICE)
        .engine(settings.engine())
        .threads(settings.threads())
        .build();
  }

  private RunFiles open(Mlp net) throws IOException {
    try {
      return beginning.open(settings, data.place(), model, net, listener);
    } catch (RunException | ModelException e) {
      throw e;
    } catch (IOException e) {
      throw RunException.cannotWrite(beginning.path(), e);
    }
  }

  /** Trains the remaining epochs; returns the last evaluation, null without any. */
  private Evaluation train(Trainer trainer, Mlp net, RunFiles files) throws IOException {
    int before = files.trained();
    int left = settings.recipe().epochs() - before;
    Evaluation[] last = new Evaluation[1];
    if (before > 0 && (left == 0 || files.recorded() < before)) {
      listener.onEpochBegin(before);
      last[0] = complete(files, files.secondsTrained(), trainer::evaluate);
    }
    if (left == 0) {
      return last[0];
    }
    TrainingListener epochs =
        new TrainingListener() {
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
            try {
              // The weights are final: the disk and the evaluation work at the same time.
              files.trained(epoch.number() == left, () -> checkpoint(files, epoch, net));
              last[0] = complete(files, epoch.seconds(), epoch::evaluate);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            if (epoch.number() < left) {
              listener.onEpochBegin(files.trained() + 1);
            }
          }
        };
    listener.onEpochBegin(before + 1);
    try {
      trainer.fit(samples, left, epochs);
    } catch (DivergedException e) {
      throw diverged(before + e.epoch(), e.batch(), e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return last[0];
  }

  private Checkpoint checkpoint(RunFiles files, Epoch epoch, Mlp net) {
    return new Checkpoint(
        files.trained(),
        beginning.clock().seconds(),
        epoch.seconds(),
        SavedModel.of(net, settings));
  }

  private RunDivergedException diverged(int epoch, int batch, DivergedException cause) {
    return RunDivergedException.of(epoch, batch, settings.recipe().learningRate(), cause);
  }

  /**
   * Evaluates the epoch whose steps are complete, and records it unless an earlier session has.
   *
   * @param secondsTrained that its steps took
   * @param evaluator of the network
   */
  private Evaluation complete(
      RunFiles files, double secondsTrained, Function<Samples, Evaluation> evaluator)
      throws IOException {
    long start = System.nanoTime();
    int epoch = files.trained();
    listener.onEvaluation();
    Evaluation evaluation = evaluator.apply(samples);
    if (!Double.isFinite(evaluation.loss())) {
      throw diverged(epoch, Math.ceilDiv(samples.rows(), settings.recipe().batch()), null);
    }
    if (files.recorded() < epoch) {
      Recipe recipe = settings.recipe();
      OptionalDouble test =
          recipe.testsDuringTraining() && epoch % recipe.testEvery() == 0
              ? OptionalDouble.of(test(files, evaluator).accuracy())
              : OptionalDouble.empty();
      double seconds = secondsTrained + (System.nanoTime() - start) * 1e-9;
      record(
          files, new EpochResult(epoch, evaluation.loss(), evaluation.accuracy(), seconds, test));
    }
    return evaluation;
  }

  private Evaluation test(RunFiles files, Function<Samples, Evaluation> evaluator)
      throws RunDivergedException {
    Evaluation evaluation = evaluator.apply(testSamples);
    if (!Double.isFinite(evaluation.loss())) {
      throw RunDivergedException.ofTestRows(files.trained(), settings.recipe().learningRate());
    }
    return evaluation;
  }

  private void record(RunFiles files, EpochResult result) throws IOException {
    cancellation.change(
        () -> {
          files.record(History.line(result, settings.recipe().testsDuringTraining()));
          listener.onEpoch(result);
        });
  }

  private RunOutcome finish(RunFiles files, Mlp net, Evaluation train, Evaluation test)
      throws IOException {
    Model trained = SavedModel.of(net, settings);
    Mistakes mistakes = Mistakes.find(trained, testSamples, test);
    RunOutcome[] outcome = {new RunOutcome.Cancelled()};
    cancellation.complete(
        () -> {
          Summary summary =
              new Summary(
                  beginning.clock().started(),
                  beginning.clock().seconds(),
                  settings,
                  Machine.here(),
                  settings.engine().implementation(),
                  settings.engine().lanes(),
                  train,
                  test,
                  net.parameters().length,
                  net.sha256());
          Optional<RunException> problem = model.save(trained);
          files.finish(summary, mistakes);
          Path saved = problem.isEmpty() ? model.file() : model.fallback();
          outcome[0] = new RunOutcome.Completed(summary, trained, saved, problem);
        });
    return outcome[0];
  }
}
