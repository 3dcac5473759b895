package lanewise.run;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import lanewise.model.Checkpoint;
import lanewise.model.Checkpoints;
import lanewise.model.ModelException;

/**
 * The files that a run writes while it trains. The checkpoint of an epoch is on the disk before the
 * epoch appears in the history or a listener hears of it, so an epoch that anyone has seen is never
 * lost.
 */
final class RunFiles implements AutoCloseable {
  /** File systems in memory, where a checkpoint would not survive. */
  private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs", "devtmpfs");

  private final RunDirectory directory;
  private final History history;
  private final CheckpointWriter writer;
  private final int every;
  private final Checkpoint start;
  private final RunListener listener;
  private int trained;
  private int recorded;

  /**
   * @param start the checkpoint to continue from; null for the beginning of the run
   * @param every number of epochs between checkpoints, 0 for none; empty for 1, or 0 if the
   *     directory is in memory
   */
  RunFiles(
      RunDirectory directory,
      History history,
      Checkpoints checkpoints,
      Checkpoint start,
      OptionalInt every,
      RunListener listener)
      throws IOException {
    this.directory = directory;
    this.history = history;
    this.start = start;
    this.listener = listener;
    this.every = every.isPresent() ? every.getAsInt() : isOnDisk(directory) ? 1 : 0;
    this.trained = start == null ? 0 : start.epoch();
    this.recorded = start == null ? 0 : Math.min(trained, history.epochs());
    this.writer = new CheckpointWriter(checkpoints, history);
  }

  private static boolean isOnDisk(RunDirectory directory) {
    try {
      return !IN_MEMORY.contains(Files.getFileStore(directory.path()).type());
    } catch (IOException e) {
      return true; // Unknown in a chroot, whose file systems are mounted outside.
    }
  }

  /** Number of epochs whose steps are complete. */
  int trained() {
    return trained;
  }

  /** Number of epochs in the history. */
  int recorded() {
    return recorded;
  }

  /** Seconds that the steps of the checkpoint's epoch took; 0 without a checkpoint. */
  double secondsTrained() {
    return start == null ? 0 : start.secondsTrained();
  }

  /**
   * Called after the steps of an epoch. If a checkpoint is due, another thread writes it until
   * {@link #record} or {@link #settle}.
   *
   * @param last whether this was the last epoch
   * @param checkpoint its arrays must not change before one of these returns
   * @throws RunLostException if the directory was taken away
   */
  void trained(boolean last, Supplier<Checkpoint> checkpoint) throws RunLostException {
    directory.checkHeld();
    trained++;
    if (every > 0 && (trained % every == 0 || last)) {
      writer.begin(checkpoint.get());
    }
  }

  /**
   * Adds the epoch to the history.
   *
   * @throws RunDivergedException if the checkpoint has a weight that is not finite
   * @throws RunException if the line, or the checkpoint, cannot be written
   */
  void record(String line) throws RunException {
    guard(
        () -> {
          if (writer.await()) {
            listener.onCheckpoint(trained);
          }
          directory.checkHeld();
          history.add(line);
          recorded = trained;
        });
  }

  private void guard(Cancellation.Change change) throws RunException {
    try {
      change.make();
    } catch (ModelException e) {
      throw new RunDivergedException(e.getMessage(), e);
    } catch (IOException e) {
      directory.checkHeld(); // If it is gone, that is the reason.
      throw RunException.cannotWrite(directory.path(), e);
    }
  }

  /** Waits for a checkpoint that is being written; see {@link #record}. */
  void settle() throws RunException {
    guard(writer::await);
  }

  /**
   * Writes the files of a completed run, the summary last.
   *
   * @param mistakes of a classification
   * @throws RunException if one of them cannot be written
   */
  void finish(Summary summary, Optional<Mistakes> mistakes) throws RunException {
    try {
      if (mistakes.isPresent()) {
        MistakesFile.write(directory.path(), mistakes.get());
      }
      summary.write(directory.path());
    } catch (IOException e) {
      throw RunException.cannotWrite(directory.path(), e);
    }
  }

  /** Waits for a checkpoint that is being written, then closes all files. */
  @Override
  public void close() throws RunException {
    try (directory;
        history;
        writer) {
      // Each of them is closed even if another one fails.
    } catch (IOException e) {
      throw RunException.cannotWrite(directory.path(), e);
    }
  }
}
