package lanewise.parallel;

/**
 * A job in progress: which shares have started, how many are unfinished, and the first failure.
 *
 * <p>Only the constructor allocates, so that a job that runs out of memory still ends.
 */
final class JobRun {
  private final Workers.Job job;
  private final Barrier barrier;

  /** Shares that have been started or cancelled. Guarded by this. */
  private final boolean[] taken;

  private int unfinished;
  private Throwable failure;

  /**
   * Creates a run that has not started.
   *
   * @param threads number of shares
   */
  JobRun(int threads, Workers.Job job) {
    this.job = job;
    this.barrier = new Barrier(threads);
    this.taken = new boolean[threads];
    this.unfinished = threads;
  }

  /** Runs a thread's share unless it has been cancelled. Throws nothing. */
  void share(int thread) {
    synchronized (this) {
      if (taken[thread]) {
        return;
      }
      taken[thread] = true;
    }
    try {
      job.run(thread, barrier);
    } catch (Barrier.Broken broken) {
      // Another thread failed and broke the barrier; its failure has been recorded.
    } catch (RuntimeException | Error e) {
      fail(e);
    }
    finish();
  }

  private synchronized void finish() {
    unfinished--;
    notifyAll();
  }

  /**
   * Records a failure if it is the first, breaks the barrier for the shares that have started and
   * cancels the others: the thread that should run one may be the thread that died.
   */
  synchronized void fail(Throwable thrown) {
    failure = failure == null ? thrown : failure;
    barrier.breakUp();
    for (int thread = 0; thread < taken.length; thread++) {
      if (!taken[thread]) {
        taken[thread] = true;
        unfinished--;
      }
    }
    notifyAll();
  }

  /**
   * Waits until every share has ended or been cancelled. An interrupt does not end the wait; the
   * flag is restored.
   */
  synchronized void awaitEnd() {
    boolean interrupted = false;
    while (unfinished > 0) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Throws the first failure, if there was one. */
  synchronized void rethrow() {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
  }
}
