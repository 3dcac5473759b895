package lanewise.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import lanewise.model.Checkpoints;
import lanewise.nn.Task;
import lanewise.run.Cancellation;
import lanewise.run.DataPlace;
import lanewise.run.History;
import lanewise.run.HistoryReader;
import lanewise.run.Recipe;
import lanewise.run.RunData;
import lanewise.run.RunDivergedException;
import lanewise.run.RunException;
import lanewise.run.RunListener;
import lanewise.run.RunOutcome;
import lanewise.run.RunRecord;
import lanewise.run.RunRequest;
import lanewise.run.Session;
import lanewise.run.Summary;
import lanewise.run.TableSettings;
import lanewise.run.TrainingRun;

/**
 * What the options of a point mean.
 *
 * @param point of the sweep
 * @param place of the data
 * @param table how it is read if it is a table; empty for rows of grey bytes
 * @param recipe of the run
 */
public record PlannedRun(
    SweepPoint point, DataPlace place, Optional<TableSettings> table, Recipe recipe) {
  /** What its rows depend on: runs with equal keys may share them. */
  public RunData.Key dataKey() {
    return RunData.Key.of(place, table, recipe);
  }

  /** Whether it predicts a number. */
  public boolean isRegression() {
    return table.isPresent() && table.get().options().task() == Task.REGRESS;
  }

  /**
   * Trains and tests, or continues what an earlier call in the same directory has begun. The
   * weights, and so the row but for its seconds, depend on nothing but the point and the data.
   *
   * @param data of this run, see {@link RunData#read}; not changed
   * @param directory of the run: new, empty, or that of an earlier call
   * @param session the engine, the number of threads and the checkpoints; its file to save to is
   *     not used
   * @param listener follows the run, on this thread
   * @param cancellation ends the run early
   * @return the row, also that of a run that diverged; empty if the run was cancelled
   * @throws RunException if the settings do not fit the data, the directory holds something else,
   *     or a file cannot be written
   * @throws lanewise.model.ModelException if a checkpoint is damaged
   */
  public Optional<SweepRow> run(
      RunData data,
      Path directory,
      Session session,
      RunListener listener,
      Cancellation cancellation)
      throws IOException {
    long start = System.nanoTime();
    try {
      RunOutcome outcome = train(data, directory, session, listener, cancellation);
      if (outcome instanceof RunOutcome.Cancelled) {
        return Optional.empty();
      }
    } catch (RunDivergedException e) {
      int epochs =
          Files.exists(directory.resolve(History.FILE_NAME))
              ? HistoryReader.read(directory).size()
              : 0;
      double seconds = (System.nanoTime() - start) * 1e-9;
      return Optional.of(SweepRow.diverged(point, epochs, seconds, e.getMessage()));
    }
    deleteCheckpoints(directory);
    return Optional.of(SweepRow.read(point, directory));
  }

  private RunOutcome train(
      RunData data,
      Path directory,
      Session session,
      RunListener listener,
      Cancellation cancellation)
      throws IOException {
    Session own =
        new Session(
            session.engine(), session.threads(), session.checkpointEvery(), Optional.empty());
    if (!Files.exists(directory.resolve(RunRecord.FILE_NAME))) {
      RunRequest request = new RunRequest(place, table, recipe, own, directory);
      return TrainingRun.start(request, data, listener, cancellation);
    }
    checkOwn(directory);
    Session.Overrides changes =
        new Session.Overrides(
            Optional.empty(),
            Optional.of(own.engine()),
            own.threads(),
            own.checkpointEvery(),
            Optional.empty());
    return TrainingRun.resume(directory, changes, data, listener, cancellation);
  }

  /** A checkpoint is three times the network, and a complete run needs none. */
  static void deleteCheckpoints(Path directory) throws RunException {
    try {
      Files.deleteIfExists(directory.resolve(Checkpoints.FILE_NAME));
      Files.deleteIfExists(directory.resolve(Checkpoints.PREVIOUS_NAME));
    } catch (IOException e) {
      throw RunException.cannotWrite(directory, e);
    }
  }

  /**
   * The row of a run that an earlier call has completed.
   *
   * @param directory of the run; need not exist
   * @return empty if there is none
   * @throws RunException if the directory holds a run with other settings, or a damaged one
   */
  Optional<Finished> finished(Path directory) throws RunException {
    if (!Files.exists(directory.resolve(Summary.FILE_NAME))) {
      return Optional.empty();
    }
    RunRecord record = checkOwn(directory);
    return Optional.of(new Finished(SweepRow.read(point, directory), record.sha256()));
  }

  /**
   * A completed run.
   *
   * @param dataSha256 of the data that it was trained on
   */
  record Finished(SweepRow row, String dataSha256) {}

  /** Says of which run a problem is. */
  public RunException refused(RunException problem) {
    return new RunException(
        "run %d (%s): %s".formatted(point.number(), point.settings(), problem.getMessage()),
        problem);
  }

  private RunRecord checkOwn(Path directory) throws RunException {
    RunRecord record = RunRecord.read(directory);
    if (!record.recipe().equals(recipe) || !record.table().equals(table)) {
      throw new RunException(
          "%s: a run with other settings than run %d of the sweep (%s)"
              .formatted(directory, point.number(), point.settings()));
    }
    return record;
  }
}
