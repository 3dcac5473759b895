package lanewise.parallel;

/**
 * A job in progress: which shares have begun, how many have not ended, and the first failure.
 *
 * <p>Nothing here but the constructor allocates, so that a job that runs out of memory still ends.
 */
final class JobRun {
  private final Workers.Job job;
  private final Barrier barrier;

  /** Shares that a thread has begun, or that are given up. Guarded by this. */
  private final boolean[] taken;

  private int unfinished;
  private Throwable failure;

  /**
   * Prepares a run.
   *
   * @param threads number of shares
   */
  JobRun(int threads, Workers.Job job) {
    this.job = job;
    this.barrier = new Barrier(threads);
    this.taken = new boolean[threads];
    this.unfinished = threads;
  }

  /** Runs a thread's share, unless it has been given up. Throws nothing. */
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
      // Another thread's failure, which has been noted, ended this one at the barrier.
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
   * Notes a failure if it is the first, ends at the barrier what has begun and gives up what has
   * not: the thread that should begin it may be the one that has died.
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

  /** Returns when every share has ended or has been given up. An interrupt is kept for later. */
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
