package lanewise.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import lanewise.model.Checkpoint;
import lanewise.model.Checkpoints;
import lanewise.model.Model;
import lanewise.model.ModelException;
import lanewise.model.ModelFile;

/**
 * A run that is complete.
 *
 * @param directory of the run
 * @param record what was requested of the run
 */
record FinishedRun(Path directory, RunRecord record) {
  /**
   * Reports how the run ended.
   *
   * @param save receives the network; empty to write nothing
   * @throws RunException if the network is not in any file of the run, or cannot be written
   */
  RunOutcome outcome(Optional<Path> save) throws IOException {
    RunResult result = RunResult.read(directory);
    if (save.isPresent()) {
      Model model = model(result);
      try {
        ModelFile.prepare(save.get(), model);
        ModelFile.write(save.get(), model);
      } catch (IOException e) {
        throw RunException.cannotWrite(save.get(), e);
      }
    }
    return new RunOutcome.AlreadyComplete(result, save);
  }

  /** The network, from the first file that has it. */
  private Model model(RunResult result) throws RunException {
    Stream<Path> files =
        Stream.concat(
            Stream.of(ModelFile.FILE_NAME, Checkpoints.FILE_NAME, Checkpoints.PREVIOUS_NAME)
                .map(directory::resolve),
            record.session().save().stream());
    for (Path file : files.filter(Files::isRegularFile).toList()) {
      try {
        Model model = read(file);
        if (model.net().sha256().equals(result.weightsSha256())) {
          return model;
        }
      } catch (ModelException e) {
        // Damaged: another file may have it.
      }
    }
    throw new RunException(
        "%s: the run is complete, but none of its files has its network any more"
            .formatted(directory));
  }

  private Model read(Path file) throws ModelException {
    boolean checkpoint =
        file.equals(directory.resolve(Checkpoints.FILE_NAME))
            || file.equals(directory.resolve(Checkpoints.PREVIOUS_NAME));
    return checkpoint ? Checkpoint.read(file).kept() : ModelFile.read(file);
  }
}
