package lanewise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Supplier;
import lanewise.model.Checkpoint;
import lanewise.model.Checkpoints;
import lanewise.model.ModelException;
import lanewise.report.History;
import lanewise.report.Mistakes;
import lanewise.report.MistakesFile;
import lanewise.report.RunDirectory;
import lanewise.report.Summary;

/**
 * What a run writes as it goes. The checkpoint of an epoch is on the disk before its line is in the
 * history or on the screen, so that no epoch is lost that anybody has heard of.
 */
final class RunFiles implements AutoCloseable {
  /** Kept in memory, which a checkpoint is to outlive. */
  private static final Set<String> NO_DISK = Set.of("tmpfs", "ramfs", "devtmpfs");

  private final RunDirectory directory;
  private final History history;
  private final CheckpointWriter writer;
  private final int every;
  private final Checkpoint start;
  private int trained;
  private int recorded;
  private int safe;

  /**
   * @param start the checkpoint that the run goes on from; null at its beginning
   * @param every epochs between checkpoints, 0 for none; null for 1 where the directory is on a
   *     disk, else 0
   */
  RunFiles(
      RunDirectory directory,
      History history,
      Checkpoints checkpoints,
      Checkpoint start,
      Integer every)
      throws IOException {
    this.directory = directory;
    this.history = history;
    this.start = start;
    this.every = every == null ? (isOnDisk(directory.path()) ? 1 : 0) : every;
    this.trained = start == null ? 0 : start.epoch();
    this.recorded = start == null ? 0 : Math.min(trained, history.epochs());
    this.safe = trained;
    this.writer = new CheckpointWriter(checkpoints, history);
  }

  private static boolean isOnDisk(Path directory) throws IOException {
    return !NO_DISK.contains(Files.getFileStore(directory).type());
  }

  /** Epochs whose steps are done. */
  int trained() {
    return trained;
  }

  /** Epochs whose line is in the history; the rest of an epoch is to evaluate it. */
  int recorded() {
    return recorded;
  }

  /** Seconds that the steps of the last epoch took before the run was broken off. */
  double secondsTrained() {
    return start == null ? 0 : start.secondsTrained();
  }

  /**
   * The steps of another epoch are done. If a checkpoint is due, it is being written until {@link
   * #record}.
   *
   * @param last whether there is no epoch to come
   * @param checkpoint whose network nobody changes meanwhile
   */
  void trained(boolean last, Supplier<Checkpoint> checkpoint) {
    trained++;
    if (every > 0 && (trained % every == 0 || last)) {
      writer.begin(checkpoint.get());
    }
  }

  /**
   * The epoch is evaluated.
   *
   * @param line of the history
   * @throws CommandFailure if something cannot be written, now or by the checkpoint
   */
  void record(String line) {
    try {
      if (writer.await()) {
        safe = trained;
      }
      history.add(line);
      recorded = trained;
    } catch (ModelException e) {
      throw new CommandFailure(CommandFailure.DIVERGED, e.getMessage(), e);
    } catch (IOException e) {
      throw CommandFailure.cannotWrite(directory.path(), e, resumption());
    }
  }

  /**
   * The run is finished.
   *
   * @param mistakes for the report
   * @throws CommandFailure if one of the files cannot be written
   */
  void finish(Summary summary, Mistakes mistakes) {
    try {
      MistakesFile.write(directory.path(), mistakes);
      summary.write(directory.path());
    } catch (IOException e) {
      throw CommandFailure.cannotWrite(directory.path(), e, resumption());
    }
  }

  /** How to go on with the run, to follow another sentence; empty if nothing was kept of it. */
  String resumption() {
    return safe == 0
        ? ""
        : "; 'train --resume %s' goes on after epoch %d".formatted(directory.path(), safe);
  }

  /** Waits for a checkpoint that is being written; all else has been written before. */
  @Override
  public void close() {
    try (directory;
        history;
        writer) {
      // Each of them is closed, whatever becomes of the others.
    } catch (IOException e) {
      throw CommandFailure.cannotWrite(directory.path(), e);
    }
  }
}
