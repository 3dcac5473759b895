package lanewise.run;

import java.io.IOException;
import java.util.OptionalDouble;
import lanewise.kernel.Kernels;
import lanewise.model.Checkpoint;
import lanewise.model.Model;
import lanewise.nn.DivergedException;
import lanewise.nn.Evaluation;
import lanewise.nn.Evaluator;
import lanewise.nn.Mlp;
import lanewise.nn.Samples;
import lanewise.nn.Trainer;
import lanewise.parallel.Workers;

/** A session of a run: the remaining epochs, their records, the final test. */
final class Training {
  private final Settings settings;
  private final DataPlace.Found data;
  private final RunBeginning beginning;
  private final SavedModel model;
  private final RunListener listener;
  private final Cancellation cancellation;
  private final Samples samples;
  private final Samples testSamples;

  /** The start of the current epoch by {@link System#nanoTime}. */
  private long epochStart;

  /**
   * @param model receives the trained network
   */
  Training(
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
    Kernels kernels = settings.engine().kernels(listener::onNotice);
    try (Workers workers = new Workers(settings.threads())) {
      Mlp net;
      Trainer trainer;
      try {
        net = beginning.net(settings);
        trainer =
            new Trainer(
                net,
                samples,
                settings.recipe().batch(),
                settings.recipe().learningRate(),
                kernels,
                workers);
      } catch (IllegalArgumentException e) {
        throw new RunException(e.getMessage(), e);
      }
      Evaluator evaluator = new Evaluator(kernels, workers);
      try (RunFiles files = open(net)) {
        listener.onBegin(
            new RunListener.Header(
                settings,
                kernels.name(),
                kernels.lanes(),
                net.toString(),
                net.parameters().length,
                net.trainingFlop(),
                files.trained(),
                files.recorded()));
        Evaluation last = train(trainer, net, evaluator, files);
        if (cancellation.isRequested()) {
          return new RunOutcome.Cancelled();
        }
        listener.onTest();
        int[] read = new int[testSamples.rows()];
        Evaluation test = evaluator.evaluate(net, testSamples, read);
        Mistakes mistakes = Mistakes.find(kernels, SavedModel.of(net, settings), testSamples, read);
        return finish(files, kernels, net, last, test, mistakes);
      }
    }
  }

  private RunFiles open(Mlp net) throws IOException {
    try {
      return beginning.open(settings, data.place(), model, net, listener);
    } catch (RunException | lanewise.model.ModelException e) {
      throw e;
    } catch (IOException e) {
      throw RunException.cannotWrite(beginning.path(), e);
    }
  }

  /** All epochs that are left; the last one's evaluation, null without any. */
  private Evaluation train(Trainer trainer, Mlp net, Evaluator evaluator, RunFiles files)
      throws IOException {
    Evaluation evaluation = null;
    if (files.trained() > 0) {
      epochStart = System.nanoTime() - (long) (files.secondsTrained() * 1e9);
      listener.onEpochBegin(files.trained());
      evaluation = evaluate(evaluator, net, files.trained());
      if (files.recorded() < files.trained()) {
        record(files, evaluation, testAccuracy(files.trained(), net, evaluator));
      }
    }
    while (files.trained() < settings.recipe().epochs()) {
      int epoch = files.trained() + 1;
      epochStart = System.nanoTime();
      listener.onEpochBegin(epoch);
      try {
        trainer.epoch(
            rows -> {
              listener.onBatch(rows);
              return !cancellation.isRequested();
            });
      } catch (DivergedException e) {
        throw RunDivergedException.of(epoch, e.batch(), settings.recipe().learningRate(), e);
      }
      if (cancellation.isRequested()) {
        return evaluation;
      }
      double seconds = seconds();
      files.trained(
          epoch == settings.recipe().epochs(),
          () ->
              new Checkpoint(
                  epoch, beginning.clock().seconds(), seconds, SavedModel.of(net, settings)));
      evaluation = evaluate(evaluator, net, epoch);
      record(files, evaluation, testAccuracy(files.trained(), net, evaluator));
    }
    return evaluation;
  }

  private double seconds() {
    return (System.nanoTime() - epochStart) * 1e-9;
  }

  private Evaluation evaluate(Evaluator evaluator, Mlp net, int epoch) throws RunException {
    listener.onEvaluation();
    Evaluation evaluation = evaluator.evaluate(net, samples);
    if (!Double.isFinite(evaluation.loss())) {
      int batches = Math.ceilDiv(samples.rows(), settings.recipe().batch());
      throw RunDivergedException.of(epoch, batches, settings.recipe().learningRate(), null);
    }
    return evaluation;
  }

  /** On the test rows, in the epochs that look at them. */
  private OptionalDouble testAccuracy(int epoch, Mlp net, Evaluator evaluator) {
    return settings.recipe().testsDuringTraining() && epoch % settings.recipe().testEvery() == 0
        ? OptionalDouble.of(evaluator.evaluate(net, testSamples).accuracy())
        : OptionalDouble.empty();
  }

  private void record(RunFiles files, Evaluation evaluation, OptionalDouble testAccuracy)
      throws IOException {
    cancellation.change(
        () -> {
          EpochResult result =
              new EpochResult(
                  files.trained(),
                  evaluation.loss(),
                  evaluation.accuracy(),
                  seconds(),
                  testAccuracy);
          files.record(History.line(result, settings.recipe().testsDuringTraining()));
          listener.onEpoch(result);
        });
  }

  private RunOutcome finish(
      RunFiles files,
      Kernels kernels,
      Mlp net,
      Evaluation train,
      Evaluation test,
      Mistakes mistakes)
      throws IOException {
    RunOutcome[] outcome = {new RunOutcome.Cancelled()};
    cancellation.complete(
        () -> {
          Summary summary =
              new Summary(
                  beginning.clock().started(),
                  beginning.clock().seconds(),
                  settings,
                  Machine.here(),
                  kernels.name(),
                  kernels.lanes(),
                  train,
                  test,
                  net.parameters().length,
                  net.sha256());
          Model saved = model.save(net, settings);
          files.finish(summary, mistakes);
          outcome[0] = new RunOutcome.Completed(summary, saved, model.file());
        });
    return outcome[0];
  }
}
