package lanewise.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import lanewise.model.Checkpoints;
import lanewise.nn.Mlp;
import lanewise.nn.TrainingState;

/**
 * The beginning of a new run.
 *
 * @param request what was requested
 * @param outputs checks the directory once more when it is locked
 * @param clock started with the run
 */
record NewRun(RunRequest request, Outputs outputs, RunClock clock) implements RunBeginning {
  @Override
  public Path path() {
    return request.directory();
  }

  @Override
  public Mlp net(Settings settings) {
    return RunBeginning.initial(settings);
  }

  @Override
  public Optional<TrainingState> state() {
    return Optional.empty();
  }

  @Override
  public RunFiles open(
      Settings settings, DataPlace data, SavedModel model, Mlp net, RunListener listener)
      throws IOException {
    RunDirectory run = RunDirectory.make(path());
    try {
      outputs.newRun(path());
      model.prepare(net, settings);
      if (run.isUnfinished()) {
        listener.onNotice("The unfinished run in %s is replaced".formatted(path()));
      }
      run.begin(
          new RunRecord(
              clock.started(),
              data,
              request.table(),
              settings.sha256(),
              request.recipe(),
              request.session()));
      History history = History.create(path(), HistoryColumns.of(settings));
      return new RunFiles(
          run,
          history,
          new Checkpoints(path()),
          null,
          request.session().checkpointEvery(),
          listener);
    } catch (IOException | RuntimeException | Error e) {
      run.close();
      throw e;
    }
  }
}
