package lanewise.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Supplier;
import lanewise.data.Dataset;
import lanewise.kernel.Kernels;
import lanewise.model.Checkpoint;
import lanewise.model.Model;
import lanewise.nn.DivergedException;
import lanewise.nn.Epoch;
import lanewise.nn.Evaluation;
import lanewise.nn.Mlp;
import lanewise.nn.Samples;
import lanewise.nn.Trainer;
import lanewise.nn.TrainingListener;
import lanewise.report.Decimals;
import lanewise.report.History;
import lanewise.report.Machine;
import lanewise.report.Mistakes;
import lanewise.report.ReferenceRun;
import lanewise.report.Report;
import lanewise.report.RunException;
import lanewise.report.RunResult;
import lanewise.report.Settings;
import lanewise.report.Summary;

/**
 * One training run: epochs, their lines and records, the final test. Everything that can be wrong
 * with the settings comes out before the first file is written.
 */
final class TrainRun {
  /** When a run began, by the calendar and by the stopwatch. */
  record Start(Instant instant, long nanos) {
    static Start now() {
      return new Start(Instant.now(), System.nanoTime());
    }

    double seconds() {
      return (System.nanoTime() - nanos) * 1e-9;
    }
  }

  private final Settings settings;
  private final Dataset data;
  private final Kernels kernels;
  private final RunBeginning beginning;
  private final SavedModel model;
  private final Output output;
  private final Start start;
  private final RunText text;

  /** Whether the last word has been said, by the run or by an interruption. Guarded by this. */
  private boolean over;

  /**
   * @param beginning where the first epoch to do is found, and the files
   * @param model where the trained network goes
   * @param start before the data was read
   */
  TrainRun(
      Settings settings,
      Dataset data,
      Kernels kernels,
      RunBeginning beginning,
      SavedModel model,
      Output output,
      Start start) {
    this.settings = settings;
    this.data = data;
    this.kernels = kernels;
    this.beginning = beginning;
    this.model = model;
    this.output = output;
    this.start = start;
    this.text = new RunText(settings, beginning.path());
  }

  /**
   * Trains and tests.
   *
   * @return the exit status
   * @throws CommandFailure if the settings cannot be carried out or the training diverges
   * @throws IOException if a record cannot be written
   */
  int run() {
    Mlp net;
    Trainer trainer;
    Samples samples = data.train().first(settings.trainRows());
    try {
      net = beginning.net(settings);
      trainer =
          Trainer.builder(net)
              .batchSize(settings.batch())
              .learningRate(settings.learningRate())
              .mean(Trainer.Mean.TWICE)
              .engine(lanewise.nn.Engine.valueOf(settings.engine().toUpperCase(Locale.ROOT)))
              .threads(settings.threads())
              .build();
      trainer.check(samples);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.badInput(e.getMessage(), e);
    }
    try (RunFiles files = open(net);
        Interruption interruption = new Interruption(() -> sayStopped(files))) {
      noteAll(text.header(kernels, net));
      Evaluation last = train(trainer, net, samples, files, interruption);
      if (interruption.requested()) {
        return CommandFailure.INTERRUPTED;
      }
      output.progress().show("Testing");
      Evaluation test = trainer.evaluate(data.test());
      finish(
          files, net, last, test, Mistakes.find(SavedModel.of(net, settings), data.test(), test));
      return 0;
    } finally {
      output.progress().clear();
    }
  }

  private RunFiles open(Mlp net) {
    try {
      return beginning.open(settings, () -> model.prepare(net, settings));
    } catch (RunException e) {
      throw CommandFailure.badInput(e.getMessage(), e);
    } catch (IOException e) {
      throw CommandFailure.cannotWrite(beginning.path(), e);
    }
  }

  /** All epochs that are left; the last one's evaluation, null without any. */
  private Evaluation train(
      Trainer trainer, Mlp net, Samples samples, RunFiles files, Interruption interruption) {
    EpochMeter meter = new EpochMeter(settings.epochs(), samples.rows(), net.trainingFlop());
    int before = files.trained();
    Evaluation[] last = new Evaluation[1];
    if (before > 0) {
      meter.begin(before, System.nanoTime() - (long) (files.secondsTrained() * 1e9));
      last[0] = evaluate(() -> trainer.evaluate(samples), samples, meter);
      if (files.recorded() < before) {
        record(files, last[0], testAccuracy(before, trainer::evaluate), meter);
      }
    }
    ProgressLine line = output.progress();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public boolean onBatch(int rows) {
            line.update(() -> meter.training(rows, System.nanoTime(), line.room()));
            return !interruption.requested();
          }

          @Override
          public void onEpoch(Epoch epoch) {
            trained(files, net, meter);
            last[0] = evaluate(epoch::evaluation, samples, meter);
            record(files, last[0], testAccuracy(files.trained(), epoch::evaluate), meter);
            meter.begin(files.trained() + 1, System.nanoTime());
          }
        };
    meter.begin(before + 1, System.nanoTime());
    try {
      trainer.fit(samples, settings.epochs() - before, listener);
    } catch (DivergedException e) {
      throw diverged(before + e.epoch(), e.batch(), e);
    }
    return last[0];
  }

  private void trained(RunFiles files, Mlp net, EpochMeter meter) {
    double seconds = meter.seconds(System.nanoTime());
    int epoch = files.trained() + 1;
    files.trained(
        epoch == settings.epochs(),
        () -> new Checkpoint(epoch, start.seconds(), seconds, SavedModel.of(net, settings)));
  }

  private Evaluation evaluate(Supplier<Evaluation> evaluator, Samples samples, EpochMeter meter) {
    meter.trained(System.nanoTime());
    if (meter.isWatchable()) {
      output.progress().show(meter.evaluating(output.progress().room()));
    }
    Evaluation evaluation = evaluator.get();
    if (!Double.isFinite(evaluation.loss())) {
      throw diverged(meter.epoch(), Math.ceilDiv(samples.rows(), settings.batch()), null);
    }
    meter.end(System.nanoTime(), evaluation.loss());
    return evaluation;
  }

  private CommandFailure diverged(int epoch, int batch, DivergedException cause) {
    return new CommandFailure(
        CommandFailure.DIVERGED,
        "the loss is not finite in epoch %d, batch %d: try a smaller --lr than %s"
            .formatted(epoch, batch, settings.learningRate()),
        cause);
  }

  /** On the test rows, in the epochs that look at them. */
  private OptionalDouble testAccuracy(int epoch, Function<Samples, Evaluation> evaluator) {
    return settings.testsAsItGoes() && epoch % settings.testEvery() == 0
        ? OptionalDouble.of(evaluator.apply(data.test()).accuracy())
        : OptionalDouble.empty();
  }

  private synchronized void record(
      RunFiles files, Evaluation evaluation, OptionalDouble testAccuracy, EpochMeter meter) {
    if (over) {
      return;
    }
    double seconds = meter.seconds(System.nanoTime());
    double loss = evaluation.loss();
    double accuracy = evaluation.accuracy();
    files.record(
        settings.testsAsItGoes()
            ? History.line(files.trained(), loss, accuracy, seconds, testAccuracy)
            : History.line(files.trained(), loss, accuracy, seconds));
    output.result(
        "Epoch %d/%d - loss: %s - acc: %s"
            .formatted(
                files.recorded(),
                settings.epochs(),
                Decimals.fixed(evaluation.loss(), 4),
                Decimals.fixed(evaluation.accuracy(), 4)));
  }

  private synchronized void finish(
      RunFiles files, Mlp net, Evaluation train, Evaluation test, Mistakes mistakes) {
    if (over) {
      return;
    }
    Summary summary =
        new Summary(
            start.instant(),
            start.seconds(),
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
    over = true;
    output.result(new RunResult(test.accuracy(), summary.weightsSha256()));
    summary.comparison().map(ReferenceRun.Comparison::lines).ifPresent(this::noteAll);
    output.note(text.finished(summary.seconds()));
    output.note("Model: " + model.file());
    writeReport(saved);
  }

  /** The run is complete without it, so that a page that cannot be written is no failure. */
  private void writeReport(Model trained) {
    Path page = beginning.path().resolve(Report.FILE_NAME);
    try {
      Report.ofRun(beginning.path(), trained, page);
      output.note("Report: " + page);
    } catch (IOException e) {
      output.warn("lanewise: no report: " + CommandFailure.cannotWrite(page, e).getMessage());
    }
  }

  private void noteAll(Iterable<String> lines) {
    lines.forEach(output::note);
  }

  /** What an interruption leaves, unless the run was just over. */
  private synchronized void sayStopped(RunFiles files) {
    if (over) {
      return;
    }
    over = true;
    output.progress().clear();
    output.note(text.stopped(files.recorded(), files.resumption()));
  }
}
