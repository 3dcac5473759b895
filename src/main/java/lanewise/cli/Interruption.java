package lanewise.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C, or any other order to end, finish a piece of work in good order: the work sees the
 * request and unwinds, then the farewell is said. The JVM ends after that, with its own status for
 * the signal (130 for Ctrl-C).
 */
final class Interruption implements AutoCloseable {
  /** As long as someone who pressed Ctrl-C waits without pressing it again. */
  private static final long PATIENCE_SECONDS = 3;

  private final CountDownLatch unwound = new CountDownLatch(1);
  private final Thread hook;
  private volatile boolean requested;

  /**
   * @param farewell run once the work has closed this, or has taken too long to; by another thread
   */
  Interruption(Runnable farewell) {
    hook = new Thread(() -> end(farewell), "lanewise-interruption");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      requested = true; // The JVM is ending already.
    }
  }

  private void end(Runnable farewell) {
    requested = true;
    try {
      unwound.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      // Nothing is left to interrupt: the JVM ends after the farewell.
    }
    farewell.run();
  }

  /** Whether the work is to end now. */
  boolean requested() {
    return requested;
  }

  /** The work has unwound. */
  @Override
  public void close() {
    unwound.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The hook runs already and has been told above.
    }
  }
}
