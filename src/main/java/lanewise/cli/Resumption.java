package lanewise.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import lanewise.model.Checkpoint;
import lanewise.model.Checkpoints;
import lanewise.report.RunDirectory;
import lanewise.report.RunException;
import lanewise.report.RunRecord;
import picocli.CommandLine.ParameterException;

/** {@code train --resume DIR}: a run goes on from the files in its directory. */
final class Resumption {
  static final String OPTION = "--resume";

  /** What may differ between the sessions of a run, as it does not change its weights. */
  static final List<String> FREE =
      List.of("--threads", "--engine", "--checkpoint-every", "--save", "--quiet", "--offline");

  private final Path path;
  private final TrainCommand command;
  private final Output output;

  /**
   * @param path of the run
   * @param command carries out the rest of it
   */
  Resumption(Path path, TrainCommand command, Output output) {
    this.path = path;
    this.command = command;
    this.output = output;
  }

  /**
   * Goes on with the run, or says that it is over.
   *
   * @param given options of this session
   * @return the exit status
   * @throws IOException if the run's files or its data cannot be used
   */
  int run(Map<String, String> given) throws IOException {
    check(given);
    try (RunDirectory directory = lock()) {
      if (directory.isFinished()) {
        output.note("The run in %s is finished; this is how it ended:".formatted(path));
        output.result(directory.result());
        return 0;
      }
      RunRecord record = directory.record();
      Checkpoints checkpoints = new Checkpoints(path);
      Checkpoint last = checkpoints.recover(line -> output.warn("lanewise: " + line)).orElse(null);
      TrainCommand whole = whole(record, given);
      ResumedRun run =
          new ResumedRun(directory, record, checkpoints, last, whole.checkpointEvery(), output);
      return whole.train(run, run.start(), output);
    }
  }

  private RunDirectory lock() throws RunException {
    try {
      return RunDirectory.of(path);
    } catch (RunException e) {
      throw e;
    } catch (IOException e) {
      throw CommandFailure.cannotWrite(path, e);
    }
  }

  private static void check(Map<String, String> given) {
    Set<String> refused = new TreeSet<>(given.keySet());
    refused.remove(OPTION);
    refused.removeAll(FREE);
    refused.removeAll(DataOptions.PLACES);
    if (!refused.isEmpty()) {
      throw CommandFailure.badInput(
          "%s goes on with a run as it began: leave out %s (only %s and the data's place may differ)"
              .formatted(OPTION, String.join(", ", refused), String.join(", ", FREE)));
    }
  }

  /** The command that makes the run: the recorded options, except where others are given now. */
  private TrainCommand whole(RunRecord record, Map<String, String> given) {
    Map<String, String> options = new LinkedHashMap<>(record.options());
    if (given.keySet().stream().anyMatch(DataOptions.PLACES::contains)) {
      options.keySet().removeAll(DataOptions.PLACES);
    }
    options.putAll(given);
    options.remove(OPTION);
    options.put("--out", path.toString());
    try {
      return command.with(GivenOptions.arguments(options));
    } catch (ParameterException e) {
      throw CommandFailure.badInput(
          "%s: %s".formatted(path.resolve(RunRecord.FILE_NAME), e.getMessage()), e);
    }
  }
}
