package lanewise.cli;

import java.io.IOException;
import java.nio.file.Path;
import lanewise.data.Dataset;
import lanewise.model.Checkpoint;
import lanewise.model.Checkpoints;
import lanewise.nn.Mlp;
import lanewise.report.History;
import lanewise.report.RunDirectory;
import lanewise.report.RunRecord;
import lanewise.report.Settings;

/**
 * A run that is taken up after a checkpoint.
 *
 * @param directory of the run
 * @param record what the run was asked for
 * @param checkpoints of the run
 * @param last the checkpoint to go on from; null to start over, as none was written yet
 * @param checkpointEvery see {@link NewRun}
 * @param output told what is out of order
 */
record ResumedRun(
    RunDirectory directory,
    RunRecord record,
    Checkpoints checkpoints,
    Checkpoint last,
    Integer checkpointEvery,
    Output output)
    implements RunBeginning {

  /** The run's start as if there had been no break. */
  TrainRun.Start start() {
    double before = last == null ? 0 : last.seconds();
    return new TrainRun.Start(record.started(), System.nanoTime() - (long) (before * 1e9));
  }

  @Override
  public Path path() {
    return directory.path();
  }

  @Override
  public void check(Dataset data) {
    String known = record.settings().sha256();
    if (!known.equals(data.sha256())) {
      throw CommandFailure.badInput(
          "%s: not the data that the run in %s began with: SHA-256 %s, expected %s"
              .formatted(data.source(), directory.path(), data.sha256(), known));
    }
  }

  @Override
  public Mlp net(Settings settings) {
    if (!settings.sameTrainingAs(record.settings())) {
      throw CommandFailure.badInput(
          "%s: its options and its settings do not agree"
              .formatted(directory.path().resolve(RunRecord.FILE_NAME)));
    }
    if (last == null) {
      return RunBeginning.untrained(settings);
    }
    if (!SavedModel.isOf(last.model(), settings) || last.epoch() > settings.epochs()) {
      throw CommandFailure.badInput(
          "%s: a checkpoint of another run than %s tells of"
              .formatted(directory.path(), RunRecord.FILE_NAME));
    }
    return last.model().net();
  }

  @Override
  public RunFiles open(Settings settings, Runnable check) throws IOException {
    check.run();
    int epochs = last == null ? 0 : last.epoch();
    output.note(
        last == null
            ? "The run in %s had no checkpoint yet: it starts over".formatted(path())
            : "Going on in %s after epoch %d of %d".formatted(path(), epochs, settings.epochs()));
    History history = History.keep(path(), epochs, settings.testsAsItGoes());
    if (history.epochs() < epochs - 1) {
      output.warn(
          "lanewise: %s: the lines of epochs %d to %d are missing"
              .formatted(path().resolve(History.FILE_NAME), history.epochs() + 1, epochs - 1));
    }
    return new RunFiles(directory, history, checkpoints, last, checkpointEvery);
  }
}
