package lanewise.cli;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import lanewise.model.Checkpoint;
import lanewise.model.Checkpoints;
import lanewise.report.History;

/**
 * Writes checkpoints by a thread of its own, as waiting for a disk takes longer than anything else
 * between two epochs, and evaluating the network can go on meanwhile.
 */
final class CheckpointWriter implements AutoCloseable {
  private final Checkpoints checkpoints;
  private final History history;
  private final ExecutorService thread;
  private Future<?> written;

  /**
   * @param history put on the disk before each checkpoint that follows its lines
   */
  CheckpointWriter(Checkpoints checkpoints, History history) {
    this.checkpoints = checkpoints;
    this.history = history;
    this.thread =
        Executors.newSingleThreadExecutor(
            task -> Thread.ofPlatform().daemon().name("lanewise-checkpoint").unstarted(task));
  }

  /**
   * Begins to write.
   *
   * @param checkpoint whose network nobody changes before {@link #await}
   */
  void begin(Checkpoint checkpoint) {
    written =
        thread.submit(
            () -> {
              history.flush();
              checkpoints.add(checkpoint);
              return null;
            });
  }

  /**
   * Returns once the checkpoint that was begun is on the disk; at once if there is none.
   *
   * @return whether there was one
   * @throws IOException if it could not be written
   */
  boolean await() throws IOException {
    if (written == null) {
      return false;
    }
    try {
      written.get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      written = null;
    }
  }

  /** Waits for what has begun. */
  @Override
  public void close() {
    thread.close();
  }
}
