package lanewise.run;

import java.io.IOException;
import java.nio.file.Path;
import lanewise.model.ModelFile;
import lanewise.nn.Engine;

/**
 * Starts and resumes training runs.
 *
 * <p>Both methods train until the run is complete or cancelled, and call the listener on the
 * calling thread. They throw
 *
 * <ul>
 *   <li>{@link RunDivergedException} if the loss or a weight became NaN or infinite,
 *   <li>{@link RunException} if the settings are unusable or a file of the run cannot be read or
 *       written,
 *   <li>{@link lanewise.data.DataException} and {@link lanewise.model.ModelException} for bad data
 *       and damaged checkpoints.
 * </ul>
 *
 * <p>Their messages are sentences for the user. All settings are checked before the first file is
 * written.
 */
public final class TrainingRun {
  private TrainingRun() {}

  /**
   * Starts a new run. An older run in the directory is replaced.
   *
   * @param cancellation ends the run early
   */
  public static RunOutcome start(
      RunRequest request, RunListener listener, Cancellation cancellation) throws IOException {
    NewRun run = new NewRun(request, RunClock.start());
    return train(run, request.data(), request.recipe(), request.session(), listener, cancellation);
  }

  /**
   * Continues a run after its last checkpoint, or reports how it ended.
   *
   * @param directory of the run
   * @param changes what may differ from earlier sessions
   * @param cancellation ends the run early
   */
  public static RunOutcome resume(
      Path directory, Session.Overrides changes, RunListener listener, Cancellation cancellation)
      throws IOException {
    try (RunDirectory locked = lock(directory)) {
      if (locked.isFinished()) {
        return new RunOutcome.AlreadyComplete(RunResult.read(directory));
      }
      ResumedRun run = ResumedRun.of(locked, changes, listener);
      DataPlace data = changes.data().orElse(run.record().data());
      return train(run, data, run.record().recipe(), run.session(), listener, cancellation);
    }
  }

  private static RunDirectory lock(Path directory) throws RunException {
    try {
      return RunDirectory.of(directory);
    } catch (RunException e) {
      throw e;
    } catch (IOException e) {
      throw RunException.cannotWrite(directory, e);
    }
  }

  private static RunOutcome train(
      RunBeginning beginning,
      DataPlace place,
      Recipe recipe,
      Session session,
      RunListener listener,
      Cancellation cancellation)
      throws IOException {
    checkEngine(session.engine(), listener);
    DataPlace.Found data = place.read(session.threadCount(), listener);
    Settings settings = Settings.of(recipe, session, data.dataset());
    SavedModel model =
        new SavedModel(
            session.save().orElseGet(() -> beginning.path().resolve(ModelFile.FILE_NAME)));
    return new TrainingSession(settings, data, beginning, model, listener, cancellation).run();
  }

  private static void checkEngine(Engine engine, RunListener listener) throws RunException {
    String reason = Engine.simdUnavailableReason().orElse(null);
    if (engine == Engine.SIMD && reason != null) {
      throw new RunException(reason);
    }
    if (engine == Engine.AUTO && reason != null) {
      listener.onNotice("The scalar engine runs: " + reason);
    }
  }
}
