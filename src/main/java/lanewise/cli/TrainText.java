package lanewise.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lanewise.io.Text;
import lanewise.nn.Task;
import lanewise.run.Cancellation;
import lanewise.run.Decimals;
import lanewise.run.EpochResult;
import lanewise.run.History;
import lanewise.run.Recipe;
import lanewise.run.ReferenceRun;
import lanewise.run.RunListener;
import lanewise.run.RunOutcome;
import lanewise.run.RunResult;
import lanewise.run.Settings;
import lanewise.run.Summary;
import lanewise.run.Version;
import lanewise.table.Column;
import lanewise.table.Encoding;
import lanewise.table.Target;

/** Turns what happens in a run into lines on the terminal, and Ctrl-C into its cancellation. */
final class TrainText implements RunListener, AutoCloseable {
  private final Path directory;
  private final Output output;
  private final Cancellation cancellation;
  private EpochMeter meter;

  /** The short name of what is measured besides the loss. */
  private String score;

  private Interruption interruption;

  /** Of the run. These fields are read by the thread that ends an interrupted run, too. */
  private volatile int epochs;

  private volatile int recorded;
  private volatile int checkpoint;
  private volatile boolean complete;

  /**
   * @param directory of the run
   * @param cancellation of the run
   */
  TrainText(Path directory, Output output, Cancellation cancellation) {
    this.directory = directory;
    this.output = output;
    this.cancellation = cancellation;
  }

  @Override
  public void onDownload(String file, long bytes, long total) {
    output.onDownload(file, bytes, total);
  }

  @Override
  public void onWarning(String sentence) {
    output.onWarning(sentence);
  }

  @Override
  public void onNotice(String sentence) {
    output.note(sentence);
  }

  @Override
  public void onBegin(Header header) {
    Settings settings = header.settings();
    Recipe recipe = settings.recipe();
    score = settings.task() == Task.CLASSIFY ? "acc" : "r2";
    meter = new EpochMeter(recipe.epochs(), settings.trainRows(), header.flopPerRow());
    epochs = recipe.epochs();
    recorded = header.recorded();
    checkpoint = header.resumedAfter();
    interruption = new Interruption(cancellation::request, this::sayStopped);
    output.note(
        "Lanewise %s: %s, %s"
            .formatted(
                Version.text(),
                VersionText.describe(settings.engine()),
                Text.count(settings.threads(), "thread")));
    output.note(
        String.format(
            Locale.ROOT,
            "Data: %s; %,d training %s, %s",
            settings.source(),
            settings.trainRows(),
            Text.noun(settings.trainRows(), "row"),
            otherRows(settings)));
    settings.encoding().ifPresent(encoding -> output.note(describe(encoding)));
    output.note(
        String.format(
            Locale.ROOT,
            "Network: %s, %,d parameters; batch %d, lr %s, seed %d",
            header.network(),
            header.parameters(),
            recipe.batch(),
            recipe.learningRate(),
            recipe.seed()));
    if (!recipe.deviations().isEmpty()) {
      List<String> words = new ArrayList<>();
      recipe
          .deviations()
          .forEach((name, value) -> words.add(value.equals("true") ? name : name + " " + value));
      output.note("Recipe: " + String.join(", ", words));
    }
  }

  /** What kind each column is, so that a number read as text does not stay unseen. */
  private static String describe(Encoding encoding) {
    List<String> texts =
        encoding.columns().stream()
            .filter(Column.Texts.class::isInstance)
            .map(column -> "%s (%d)".formatted(column.name(), column.inputs()))
            .toList();
    int numbers = encoding.columns().size() - texts.size();
    return "Table: %s of numbers%s; %s: %s"
        .formatted(
            Text.count(numbers, "column"),
            texts.isEmpty() ? "" : ", of text (categories): " + String.join(", ", texts),
            Text.quote(encoding.target().name()),
            encoding.target() instanceof Target.Classes classes
                ? classes.values().size() + " classes"
                : "a number");
  }

  private static String otherRows(Settings settings) {
    if (settings.testsValidation()) {
      return String.format(Locale.ROOT, "%,d to validate and test with", settings.testRows());
    }
    String validation =
        settings.validationRows() == 0
            ? ""
            : String.format(Locale.ROOT, "%,d to validate with, ", settings.validationRows());
    return String.format(
        Locale.ROOT,
        "%s%,d test %s",
        validation,
        settings.testRows(),
        Text.noun(settings.testRows(), "row"));
  }

  @Override
  public void onEpochBegin(int epoch) {
    meter.begin(epoch, System.nanoTime());
  }

  @Override
  public void onBatch(int rows) {
    ProgressLine line = output.progress();
    line.update(() -> meter.training(rows, System.nanoTime(), line.room()));
  }

  @Override
  public void onEvaluation() {
    meter.trained(System.nanoTime());
    if (meter.isWatchable()) {
      output.progress().show(meter.evaluating(output.progress().room()));
    }
  }

  @Override
  public void onCheckpoint(int epoch) {
    checkpoint = epoch;
  }

  @Override
  public void onEpoch(EpochResult result) {
    meter.end(System.nanoTime(), result);
    recorded = result.epoch();
    output.result(
        "Epoch %d/%d - loss: %s - %s: %s%s"
            .formatted(
                result.epoch(),
                epochs,
                Decimals.fixed(result.loss(), 4),
                score,
                Decimals.fixed(result.score(), 4),
                result
                    .validation()
                    .map(rows -> " - val_%s: %s".formatted(score, Decimals.fixed(rows.score(), 4)))
                    .orElse("")));
  }

  @Override
  public void onTest() {
    output.progress().show("Testing");
  }

  /** Prints the result of the run. */
  void completed(RunOutcome.Completed outcome) {
    complete = true;
    Summary summary = outcome.summary();
    output.result(RunResult.of(summary));
    summary
        .comparison()
        .map(ReferenceRun.Comparison::lines)
        .ifPresent(lines -> lines.forEach(output::note));
    output.note(
        "%s in %s s; %s and %s are in %s"
            .formatted(
                epochs(summary.ending().epochs()),
                Decimals.fixed(summary.seconds(), 1),
                History.FILE_NAME,
                Summary.FILE_NAME,
                directory));
    output.note("Model: " + outcome.modelFile());
  }

  /**
   * How to resume the run, or to see its result again, to be appended to a sentence; empty if there
   * is no checkpoint.
   */
  String resumeAdvice() {
    if (complete) {
      return "; the run is complete: 'train --resume %s' prints its result".formatted(directory);
    }
    return checkpoint == 0
        ? ""
        : "; 'train --resume %s' continues after epoch %d".formatted(directory, checkpoint);
  }

  /** The last line of an interrupted run, unless the run completed just before. */
  private void sayStopped() {
    if (cancellation.seal()) {
      output.progress().clear();
      output.note(
          "Stopped in epoch %d of %d; %s %s in %s%s"
              .formatted(
                  Math.min(recorded + 1, epochs),
                  epochs,
                  epochs(recorded),
                  recorded == 1 ? "is" : "are",
                  directory.resolve(History.FILE_NAME),
                  resumeAdvice()));
    }
  }

  private static String epochs(int count) {
    return Text.count(count, "epoch");
  }

  /** The run has ended. */
  @Override
  public void close() {
    output.progress().clear();
    if (interruption != null) {
      interruption.close();
    }
  }
}
