package lanewise.parallel;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A fixed crew of threads that run one job side by side: the caller and {@code threads - 1} workers
 * of a private ForkJoin pool.
 *
 * <p>A job is written once and run by every worker, each with its own number (single program,
 * multiple data); where they must wait for each other, they meet at the job's {@link Barrier}. A
 * training epoch is one such job with two meetings a step, so no thread is woken in between.
 *
 * <p>One thread is the caller alone: nothing is started. Not for use by two threads at once.
 */
public final class Workers implements AutoCloseable {
  /** One job, run by every worker. */
  @FunctionalInterface
  public interface Job {
    /**
     * This worker's share.
     *
     * @param worker 0 (the caller) to the number of workers - 1
     * @param barrier where all workers of this job can wait for each other
     */
    void run(int worker, Barrier barrier);
  }

  private final int threads;
  private final ForkJoinPool pool;

  /**
   * @param threads the caller included, 1 to 1024
   * @throws IllegalArgumentException if threads is out of range
   */
  public Workers(int threads) {
    if (threads < 1 || threads > 1024) {
      throw new IllegalArgumentException("threads must be 1 to 1024, not " + threads);
    }
    this.threads = threads;
    this.pool = threads == 1 ? null : new ForkJoinPool(threads - 1);
  }

  /** The crew's size, the caller included. */
  public int threads() {
    return threads;
  }

  /**
   * Runs the job on the first {@code workers} of the crew and returns when all have ended. What one
   * of them throws reaches the caller as it was thrown, after the others have ended or were stopped
   * at the barrier.
   *
   * @param workers 1 to {@link #threads()}
   */
  public void run(int workers, Job job) {
    if (workers < 1 || workers > threads) {
      throw new IllegalArgumentException(workers + " workers of a crew of " + threads);
    }
    Barrier barrier = new Barrier(workers);
    if (workers == 1) {
      job.run(0, barrier);
      return;
    }
    AtomicReference<Throwable> failure = new AtomicReference<>();
    ForkJoinTask<?>[] others = new ForkJoinTask<?>[workers - 1];
    for (int i = 0; i < others.length; i++) {
      others[i] = pool.submit(new Share(job, i + 1, barrier, failure));
    }
    new Share(job, 0, barrier, failure).compute();
    for (ForkJoinTask<?> other : others) {
      other.join();
    }
    Throwable thrown = failure.get();
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
  }

  /** Ends the pool's threads; the crew is of no use after this. */
  @Override
  public void close() {
    if (pool != null) {
      pool.shutdown();
    }
  }

  private static final class Share extends RecursiveAction {
    private static final long serialVersionUID = 1;

    private final transient Job job;
    private final int worker;
    private final transient Barrier barrier;
    private final transient AtomicReference<Throwable> failure;

    Share(Job job, int worker, Barrier barrier, AtomicReference<Throwable> failure) {
      this.job = job;
      this.worker = worker;
      this.barrier = barrier;
      this.failure = failure;
    }

    @Override
    protected void compute() {
      try {
        job.run(worker, barrier);
      } catch (Barrier.Broken stopped) {
        // Another worker's failure ended this one at the barrier; that failure is the one to tell.
      } catch (RuntimeException | Error thrown) {
        failure.compareAndSet(null, thrown);
        barrier.breakUp();
      }
    }
  }
}
