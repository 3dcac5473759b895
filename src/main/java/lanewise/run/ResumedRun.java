package lanewise.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import lanewise.model.Checkpoint;
import lanewise.model.Checkpoints;
import lanewise.nn.Mlp;
import lanewise.nn.TrainingState;

/**
 * A run that continues after its last checkpoint.
 *
 * @param directory of the run
 * @param record what was requested of the run
 * @param session of now
 * @param checkpoints of the run
 * @param last the checkpoint to continue from; null to start over, as none was written yet
 * @param clock as if there had been no interruption
 */
record ResumedRun(
    RunDirectory directory,
    RunRecord record,
    Session session,
    Checkpoints checkpoints,
    Checkpoint last,
    RunClock clock)
    implements RunBeginning {

  /**
   * Finds the checkpoint to continue from.
   *
   * @param session of now
   * @param listener is warned of a damaged checkpoint
   */
  static ResumedRun of(
      RunDirectory directory, RunRecord record, Session session, RunListener listener)
      throws IOException {
    Checkpoints checkpoints = new Checkpoints(directory.path());
    Checkpoint last = checkpoints.recover(listener::onWarning).orElse(null);
    return new ResumedRun(
        directory,
        record,
        session,
        checkpoints,
        last,
        RunClock.resume(record.started(), last == null ? 0 : last.seconds()));
  }

  @Override
  public Path path() {
    return directory.path();
  }

  @Override
  public Mlp net(Settings settings) throws RunException {
    if (!record.sha256().equals(settings.sha256())) {
      throw new RunException(
          "%s: not the data that the run in %s started with: SHA-256 %s, expected %s"
              .formatted(settings.source(), path(), settings.sha256(), record.sha256()));
    }
    if (last == null) {
      return RunBeginning.initial(settings);
    }
    Recipe recipe = settings.recipe();
    if (!SavedModel.isOf(last.model(), settings)
        || last.epoch() > recipe.epochs()
        || last.state().moments().length != recipe.method().optimizer().kind().states()
        || last.state().best().isPresent() != recipe.stopping().earlyStop() > 0) {
      throw new RunException(
          "%s: the checkpoint does not belong to the run in %s"
              .formatted(path(), RunRecord.FILE_NAME));
    }
    return last.model().net();
  }

  @Override
  public Optional<TrainingState> state() {
    return Optional.ofNullable(last).map(Checkpoint::state);
  }

  @Override
  public RunFiles open(
      Settings settings, DataPlace data, SavedModel model, Mlp net, RunListener listener)
      throws IOException {
    directory.tidy();
    model.prepare(net, settings);
    int epochs = last == null ? 0 : last.epoch();
    listener.onNotice(
        last == null
            ? "The run in %s has no checkpoint yet and starts over".formatted(path())
            : "Resuming the run in %s after epoch %d of %d"
                .formatted(path(), epochs, settings.recipe().epochs()));
    History history = History.keep(path(), epochs, HistoryColumns.of(settings));
    if (history.epochs() < epochs - 1) {
      listener.onWarning(
          "%s: the lines of epochs %d to %d are missing"
              .formatted(path().resolve(History.FILE_NAME), history.epochs() + 1, epochs - 1));
    }
    return new RunFiles(directory, history, checkpoints, last, session.checkpointEvery(), listener);
  }
}
