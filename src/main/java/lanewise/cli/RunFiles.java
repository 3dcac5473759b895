package lanewise.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Supplier;
import lanewise.model.Checkpoint;
import lanewise.model.Checkpoints;
import lanewise.report.History;
import lanewise.report.Mistakes;
import lanewise.report.MistakesFile;
import lanewise.report.RunDirectory;
import lanewise.report.Summary;

/**
 * What a run writes as it goes. A checkpoint is on the disk before its epoch's line is in the
 * history or on the screen, so that no epoch is lost that anybody has heard of, and holds that
 * line, so that the history loses none either.
 */
final class RunFiles implements Closeable {
  /** Kept in memory, which a checkpoint is to outlive. */
  private static final Set<String> NO_DISK = Set.of("tmpfs", "ramfs", "devtmpfs");

  private final RunDirectory directory;
  private final History history;
  private final Checkpoints checkpoints;
  private final int every;
  private int epochs;
  private int safe;

  /**
   * @param epochs completed so far
   * @param every epochs between checkpoints, 0 for none; null for 1 where the directory is on a
   *     disk, else 0
   */
  RunFiles(
      RunDirectory directory, History history, Checkpoints checkpoints, int epochs, Integer every)
      throws IOException {
    this.directory = directory;
    this.history = history;
    this.checkpoints = checkpoints;
    this.every = every == null ? (isOnDisk(directory.path()) ? 1 : 0) : every;
    this.epochs = epochs;
    this.safe = epochs;
  }

  private static boolean isOnDisk(Path directory) throws IOException {
    return !NO_DISK.contains(Files.getFileStore(directory).type());
  }

  /** The run's epochs that are complete. */
  int epochs() {
    return epochs;
  }

  /**
   * Another epoch is complete.
   *
   * @param line of the history
   * @param last whether there is no other to come
   * @param checkpoint what the next epoch depends on
   * @throws CommandFailure if something cannot be written
   */
  void complete(String line, boolean last, Supplier<Checkpoint> checkpoint) {
    int epoch = epochs + 1;
    try {
      if (every > 0 && (epoch % every == 0 || last)) {
        history.flush();
        checkpoints.add(checkpoint.get());
        safe = epoch;
      }
      history.add(line);
    } catch (IOException e) {
      throw CommandFailure.cannotWrite(directory.path(), e, resumption());
    }
    epochs = epoch;
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

  /** All has been written before, so nothing can be lost here. */
  @Override
  public void close() {
    try (directory) {
      history.close();
    } catch (IOException e) {
      throw CommandFailure.cannotWrite(directory.path(), e);
    }
  }
}
