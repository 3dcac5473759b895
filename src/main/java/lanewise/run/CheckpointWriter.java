package lanewise.run;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import lanewise.model.Checkpoint;
import lanewise.model.Checkpoints;

/**
 * Writes checkpoints on a thread of its own: waiting for the disk takes longer than anything else
 * between two epochs, and the network can be evaluated meanwhile.
 */
final class CheckpointWriter implements AutoCloseable {
  private final Checkpoints checkpoints;
  private final History history;
  private final ExecutorService thread;
  private Future<?> written;

  /**
   * @param history flushed to the disk before each checkpoint
   */
  CheckpointWriter(Checkpoints checkpoints, History history) {
    this.checkpoints = checkpoints;
    this.history = history;
    this.thread =
        Executors.newSingleThreadExecutor(
            task ->
                Thread.ofPlatform()
                    .daemon()
                    .name("lanewise-checkpoint")
                    // What a task throws, await throws; the rest is lack of memory, also there.
                    .uncaughtExceptionHandler((thread, failure) -> {})
                    .unstarted(task));
  }

  /**
   * Starts to write.
   *
   * @param checkpoint its arrays, the network's too, must not change before {@link #await} returns
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
   * Waits until the checkpoint that was started is on the disk; returns at once if there is none.
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
      if (e.getCause() instanceof Error cause) {
        throw cause; // Out of memory, mostly.
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      written = null;
    }
  }

  /** Waits for a checkpoint that is being written. */
  @Override
  public void close() {
    thread.close();
  }
}
