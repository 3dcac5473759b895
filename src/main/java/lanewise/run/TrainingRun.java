package lanewise.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import lanewise.model.ModelFile;
import lanewise.nn.Engine;

/**
 * Starts and resumes training runs.
 *
 * <p>All methods train until the run is complete or cancelled, and call the listener on the calling
 * thread. They throw
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

  /** The rows of a run, read when its settings have been checked, or before. */
  @FunctionalInterface
  private interface Rows {
    RunData read() throws IOException;
  }

  /** The same, of a run that was recorded. */
  @FunctionalInterface
  private interface RecordedRows {
    RunData read(RunRecord record, DataPlace place, Session session) throws IOException;
  }

  /**
   * Starts a new run. An older run in the directory is replaced.
   *
   * @param cancellation ends the run early
   */
  public static RunOutcome start(
      RunRequest request, RunListener listener, Cancellation cancellation) throws IOException {
    return start(
        request,
        () ->
            RunData.read(
                request.data(),
                request.table(),
                request.recipe(),
                request.session().threadCount(),
                listener),
        listener,
        cancellation);
  }

  /**
   * Starts a new run on rows that have been read.
   *
   * @param data of the request, perhaps shared with other runs
   * @param cancellation ends the run early
   */
  public static RunOutcome start(
      RunRequest request, RunData data, RunListener listener, Cancellation cancellation)
      throws IOException {
    return start(request, () -> data, listener, cancellation);
  }

  private static RunOutcome start(
      RunRequest request, Rows rows, RunListener listener, Cancellation cancellation)
      throws IOException {
    Outputs outputs = new Outputs(request.data().files());
    outputs.newRun(request.directory());
    addModel(outputs, request.session().save(), request.directory());
    NewRun run = new NewRun(request, outputs, RunClock.start());
    return train(run, rows, request.recipe(), request.session(), listener, cancellation);
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
    return resume(
        directory,
        changes,
        (record, data, session) ->
            RunData.read(data, record.table(), record.recipe(), session.threadCount(), listener),
        listener,
        cancellation);
  }

  /**
   * Continues a run on rows that have been read.
   *
   * @param directory of the run
   * @param changes what may differ from earlier sessions
   * @param data of the run, perhaps shared with others; refused if it is not that of earlier
   *     sessions
   * @param cancellation ends the run early
   */
  public static RunOutcome resume(
      Path directory,
      Session.Overrides changes,
      RunData data,
      RunListener listener,
      Cancellation cancellation)
      throws IOException {
    return resume(directory, changes, (record, place, session) -> data, listener, cancellation);
  }

  private static RunOutcome resume(
      Path directory,
      Session.Overrides changes,
      RecordedRows rows,
      RunListener listener,
      Cancellation cancellation)
      throws IOException {
    try (RunDirectory locked = lock(directory)) {
      RunRecord record = RunRecord.read(directory);
      DataPlace data = changes.data().orElse(record.data());
      Session session = changes.applyTo(record.session());
      Outputs outputs = new Outputs(data.files());
      outputs.run(directory);
      if (locked.isFinished()) {
        addModel(outputs, changes.save(), directory);
        return new FinishedRun(directory, record).outcome(changes.save());
      }
      addModel(outputs, session.save(), directory);
      ResumedRun run = ResumedRun.of(locked, record, session, listener);
      return train(
          run,
          () -> rows.read(record, data, session),
          record.recipe(),
          session,
          listener,
          cancellation);
    }
  }

  /** The run's own model needs no check besides the directory's. */
  private static void addModel(Outputs outputs, Optional<Path> file, Path directory)
      throws RunException {
    if (file.isPresent()) {
      outputs.add(file.get(), directory.resolve(ModelFile.FILE_NAME));
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
      Rows rows,
      Recipe recipe,
      Session session,
      RunListener listener,
      Cancellation cancellation)
      throws IOException {
    checkEngine(session.engine(), listener);
    RunData data = rows.read();
    Settings settings = Settings.of(recipe, session, data);
    Path own = beginning.path().resolve(ModelFile.FILE_NAME);
    SavedModel model = new SavedModel(session.save().orElse(own), own);
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
