package lanewise.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets work end cleanly on Ctrl-C or another termination signal: asks it to stop, waits until it
 * has, then runs a farewell. The JVM ends after that with its own exit status for the signal (130
 * for Ctrl-C).
 */
final class Interruption implements AutoCloseable {
  /** The name of the thread that waits and says farewell. */
  static final String THREAD = "lanewise-interruption";

  /** About as long as people wait before they press Ctrl-C again. */
  private static final long PATIENCE_SECONDS = 3;

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread hook;

  /**
   * @param request asks the work to stop; returns at once
   * @param farewell called on another thread once the work has closed this, or has taken too long
   */
  Interruption(Runnable request, Runnable farewell) {
    hook = new Thread(() -> end(request, farewell), THREAD);
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      request.run(); // The JVM is ending already.
    }
  }

  private void end(Runnable request, Runnable farewell) {
    request.run();
    try {
      stopped.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      // The JVM ends after the farewell anyway.
    }
    farewell.run();
  }

  /** The work has stopped. */
  @Override
  public void close() {
    stopped.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The hook is running already.
    }
  }
}
