package lanewise.sweep;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import lanewise.parallel.Workers;
import lanewise.run.Cancellation;
import lanewise.run.RunData;
import lanewise.run.RunException;
import lanewise.run.Session;

/**
 * The runs of a sweep on this machine, several at a time, each with one thread. Runs that an
 * earlier sweep in the same directory has completed are kept, and those that it has begun are
 * resumed.
 */
public final class Sweep implements SweepCrew {
  private final SweepResults results;
  private final Session session;
  private final int threads;
  private final SweepListener listener;

  /** Guarded by this, like all that follows. */
  private final Queue<PlannedRun> waiting = new ArrayDeque<>();

  private final Set<Cancellation> running = new HashSet<>();
  private boolean stopped;
  private Throwable failure;

  /**
   * @param results of the sweep, to which those of its runs are added
   * @param session the engine and the checkpoints of each run; its threads and its file are not
   *     used
   * @param threads runs at a time, 1 to {@link Session#MAX_THREADS}
   */
  public Sweep(SweepResults results, Session session, int threads, SweepListener listener) {
    this.results = results;
    this.session =
        new Session(
            session.engine(), OptionalInt.of(1), session.checkpointEvery(), Optional.empty());
    this.threads = threads;
    this.listener = listener;
  }

  @Override
  public synchronized void cancel() {
    stopped = true;
    running.forEach(Cancellation::request);
  }

  @Override
  public boolean run() throws IOException {
    List<PlannedRun> left = results.findFinished();
    synchronized (this) {
      waiting.addAll(left);
      listener.onStart(results.rows());
    }
    SharedData data = new SharedData(left);
    int workers = Math.clamp(left.size(), 1, threads);
    try (Workers crew = new Workers(workers)) {
      crew.run(workers, (thread, barrier) -> work(data));
    } finally {
      results.write();
    }
    if (failure != null) {
      throw asChecked(failure);
    }
    return results.isComplete();
  }

  private static IOException asChecked(Throwable failure) {
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
    return (IOException) failure;
  }

  /** What each thread does: one run after the other. Never throws. */
  private void work(SharedData data) {
    try {
      for (PlannedRun run = next(); run != null; run = next()) {
        make(run, data);
      }
    } catch (Throwable e) { // Also too little memory: the other runs must hear of it.
      fail(e);
    }
  }

  private synchronized PlannedRun next() {
    return stopped ? null : waiting.poll();
  }

  private void make(PlannedRun run, SharedData shared) throws IOException {
    Cancellation cancellation = new Cancellation();
    if (!begin(cancellation)) {
      return;
    }
    RunEvents events = new RunEvents(run, this, listener);
    try {
      RunData data = shared.get(run, threads, events);
      results.checkData(run, data);
      Optional<SweepRow> row =
          run.run(
              data,
              results.directory().run(run.point().number()),
              session,
              events.ofRun(),
              cancellation);
      if (row.isPresent()) {
        add(run, row.get());
      }
    } catch (RunException e) {
      throw run.refused(e);
    } finally {
      shared.release(run);
      end(cancellation);
    }
  }

  private synchronized boolean begin(Cancellation cancellation) {
    return !stopped && running.add(cancellation);
  }

  private synchronized void end(Cancellation cancellation) {
    running.remove(cancellation);
  }

  private synchronized void add(PlannedRun run, SweepRow row) throws RunException {
    results.add(row);
    listener.onRow(run, row);
  }

  /** The first failure is the one to report. */
  private synchronized void fail(Throwable e) {
    if (failure == null) {
      failure = e;
    }
    cancel();
  }
}
