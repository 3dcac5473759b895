package lanewise.parallel;

import java.util.Objects;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A fixed number of threads that run one job side by side: the caller and {@code threads - 1}
 * threads of a private ForkJoin pool.
 *
 * <p>A job is written once and run by every thread, each with its own index (single program,
 * multiple data); where threads must wait for each other, they meet at the job's {@link Barrier}. A
 * training epoch is one such job with two meetings a step, so no thread has to be woken in between.
 *
 * <p>With one thread, the caller runs the job alone and no thread is started. One job runs at a
 * time: a call of {@link #run} while another is running, from any thread or from inside the job
 * itself, is refused.
 */
public final class Workers implements AutoCloseable {
  /** The largest number of threads. */
  public static final int MAX_THREADS = 1024;

  /** One job, run by every thread. */
  @FunctionalInterface
  public interface Job {
    /**
     * Runs one thread's share.
     *
     * @param thread index of the thread, from 0 (the caller) to the number of threads - 1
     * @param barrier where all threads of this job can wait for each other
     */
    void run(int thread, Barrier barrier);
  }

  /** Makes the pool's threads, as subclasses of {@link PoolThread} in tests. */
  @FunctionalInterface
  interface ThreadMaker {
    PoolThread make(ForkJoinPool pool, Workers workers);
  }

  private final int threads;
  private final ForkJoinPool pool;
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile boolean closed;

  /** The job in progress; null between jobs. */
  private volatile JobRun current;

  /**
   * Prepares the threads; the pool starts them when they are first needed.
   *
   * @param threads number of threads including the caller, 1 to {@link #MAX_THREADS}
   * @throws IllegalArgumentException if {@code threads} is out of range
   */
  public Workers(int threads) {
    this(threads, PoolThread::new);
  }

  Workers(int threads, ThreadMaker maker) {
    if (threads < 1 || threads > MAX_THREADS) {
      throw new IllegalArgumentException(
          "threads must be 1 to %d, not %d".formatted(MAX_THREADS, threads));
    }
    this.threads = threads;
    // What ends a thread of the pool reaches the caller of run: nothing is left to print.
    this.pool =
        threads == 1
            ? null
            : new ForkJoinPool(
                threads - 1, owner -> maker.make(owner, this), (thread, failure) -> {}, false);
  }

  /**
   * Returns the number of threads, including the caller.
   *
   * @return 1 to {@link #MAX_THREADS}
   */
  public int threads() {
    return threads;
  }

  /**
   * Runs a job on the first {@code count} threads and returns when all of them have ended.
   *
   * <p>The first exception or error of any thread ends the others at the barrier and is thrown as
   * it is, after they have ended. That holds as well for a thread of the pool that cannot start or
   * dies, for lack of memory for example.
   *
   * @param count number of threads that run the job, 1 to {@link #threads()}; the rest stay asleep
   * @param job run once by each of them
   * @throws IllegalArgumentException if {@code count} is out of range
   * @throws IllegalStateException if these threads are closed or are running a job
   */
  public void run(int count, Job job) {
    Objects.requireNonNull(job, "job");
    if (count < 1 || count > threads) {
      throw new IllegalArgumentException(
          "a job cannot run on %d threads of %d".formatted(count, threads));
    }
    if (closed) {
      throw new IllegalStateException("these threads are closed");
    }
    if (!busy.compareAndSet(false, true)) {
      throw new IllegalStateException("these threads are running a job already");
    }
    JobRun run;
    try {
      run = new JobRun(count, job);
      current = run;
      try {
        for (int thread = 1; thread < count; thread++) {
          pool.execute(new Share(run, thread));
        }
      } catch (RuntimeException | Error e) {
        run.fail(e);
      }
      run.share(0);
      run.awaitEnd();
    } finally {
      current = null;
      busy.set(false);
    }
    run.rethrow();
  }

  /** Ends the pool's threads. Closing twice does nothing. */
  @Override
  public void close() {
    closed = true;
    if (pool != null) {
      pool.shutdown();
    }
  }

  /** One thread's share of a job, as the pool takes it. */
  private static final class Share extends RecursiveAction {
    private static final long serialVersionUID = 1;

    private final transient JobRun run;
    private final int thread;

    Share(JobRun run, int thread) {
      this.run = run;
      this.thread = thread;
    }

    @Override
    protected void compute() {
      run.share(thread);
    }
  }

  /** A thread of the pool. One that dies fails the job that waits for it. */
  static class PoolThread extends ForkJoinWorkerThread {
    private final Workers workers;

    PoolThread(ForkJoinPool pool, Workers workers) {
      super(pool);
      this.workers = workers;
    }

    @Override
    protected void onTermination(Throwable failure) {
      JobRun run = workers.current;
      if (failure != null && run != null) {
        run.fail(failure);
      }
    }
  }
}
