package lanewise.parallel;

import java.util.Objects;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A fixed number of threads that run one job concurrently: the caller and {@code threads - 1}
 * threads of a private ForkJoin pool.
 *
 * <p>A job is written once and run by every thread, each with its own index (single program,
 * multiple data); where threads must wait for each other, they use the job's {@link Barrier}. A
 * training epoch is one such job with two barriers per step, so no thread has to be woken in
 * between.
 *
 * <p>With one thread, the caller runs the job alone and no thread is started. One job runs at a
 * time: a call of {@link #run} while another is running, from any thread or from inside the job
 * itself, throws {@link IllegalStateException}.
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

  /** Creates the pool's threads; tests use subclasses of {@link PoolThread}. */
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
   * Creates the pool, which starts its threads when they are first needed.
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
    // Whatever ends a thread of the pool is thrown by run, so it is not printed.
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
   * <p>If a thread throws an exception or error, the others end at the barrier, and the first one
   * thrown is rethrown unchanged once they have ended. The same applies to a thread of the pool
   * that cannot start or dies, for example for lack of memory.
   *
   * @param count number of threads that run the job, 1 to {@link #threads()}; the others stay idle
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

  /** One thread's share of a job, as a task of the pool. */
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

  /** A thread of the pool. If it dies, the job that waits for it fails. */
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
