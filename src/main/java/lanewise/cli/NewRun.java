package lanewise.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import lanewise.data.Dataset;
import lanewise.model.Checkpoints;
import lanewise.model.ModelFile;
import lanewise.nn.Mlp;
import lanewise.report.History;
import lanewise.report.MistakesFile;
import lanewise.report.Report;
import lanewise.report.RunDirectory;
import lanewise.report.RunRecord;
import lanewise.report.Settings;

/**
 * A run from its first step on.
 *
 * @param path receives the run's files; what an older run left there is lost
 * @param started when the run began
 * @param options to be recorded, see {@link RunRecord#options}; asked for when the data is read
 * @param checkpointEvery epochs between checkpoints, 0 for none; null for what suits the directory
 * @param output told when an unfinished run is replaced
 */
record NewRun(
    Path path,
    Instant started,
    Supplier<Map<String, String>> options,
    Integer checkpointEvery,
    Output output)
    implements RunBeginning {

  @Override
  public void check(Dataset data) {
    // Any data will do.
  }

  @Override
  public Mlp net(Settings settings) {
    return RunBeginning.untrained(settings);
  }

  @Override
  public RunFiles open(Settings settings, Runnable check) throws IOException {
    RunDirectory run = RunDirectory.make(path);
    try {
      check.run();
      if (run.isUnfinished()) {
        output.note("The unfinished run in %s is replaced".formatted(path));
      }
      run.begin(
          new RunRecord(started, options.get(), settings),
          List.of(
              Checkpoints.FILE_NAME,
              Checkpoints.PREVIOUS_NAME,
              ModelFile.FILE_NAME,
              MistakesFile.FILE_NAME,
              Report.FILE_NAME));
      return new RunFiles(
          run,
          History.create(path, settings.testsAsItGoes()),
          new Checkpoints(path),
          null,
          checkpointEvery);
    } catch (IOException | RuntimeException e) {
      run.close();
      throw e;
    }
  }
}
