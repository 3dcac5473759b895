package lanewise.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
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
public final class Sweep {
  /** A table of 100,000 rows takes a second to write. */
  private static final long WRITE_NANOS = 1_000_000_000;

  private final List<PlannedRun> runs;
  private final SweepDirectory directory;
  private final SweepTable table;
  private final Session session;
  private final int threads;
  private final SweepListener listener;

  /** Guarded by this, like all that follows. */
  private final Map<Integer, SweepRow> rows = new TreeMap<>();

  private final Map<RunData.Key, Trained> trained = new HashMap<>();
  private final Queue<PlannedRun> waiting = new ArrayDeque<>();
  private final Set<Cancellation> running = new HashSet<>();
  private boolean stopped;
  private Throwable failure;
  private long written = System.nanoTime() - WRITE_NANOS;

  /**
   * The data that an earlier sweep has used.
   *
   * @param number of a run that used it
   */
  private record Trained(String sha256, int number) {}

  /**
   * @param runs of the sweep, at least one, in the order of the grid
   * @param session the engine and the checkpoints of each run; its threads and its file are not
   *     used
   * @param threads runs at a time, 1 to {@link Session#MAX_THREADS}
   */
  public Sweep(
      List<PlannedRun> runs,
      SweepDirectory directory,
      Session session,
      int threads,
      SweepListener listener) {
    this.runs = List.copyOf(runs);
    this.directory = directory;
    this.table = SweepTable.of(runs);
    this.session =
        new Session(
            session.engine(), OptionalInt.of(1), session.checkpointEvery(), Optional.empty());
    this.threads = threads;
    this.listener = listener;
  }

  /** Asks all runs to end after their current step, and no other to begin; returns at once. */
  public synchronized void cancel() {
    stopped = true;
    running.forEach(Cancellation::request);
  }

  /** The rows of the runs that have ended, in the order of the grid. */
  public synchronized List<SweepRow> rows() {
    return List.copyOf(rows.values());
  }

  /**
   * Makes all runs, and writes the table as they end. A run that diverges has a row; anything else
   * that goes wrong ends the sweep, whose runs so far are kept. May be called once.
   *
   * @return whether all runs have ended; false after {@link #cancel}
   * @throws RunException if a file cannot be written or read, settings do not fit the data, or the
   *     data is not that of the completed runs
   * @throws lanewise.data.DataException if the data is missing or invalid
   * @throws lanewise.model.ModelException if a checkpoint is damaged
   */
  public boolean run() throws IOException {
    List<PlannedRun> left = findFinished();
    synchronized (this) {
      waiting.addAll(left);
      listener.onStart(rows.values());
    }
    SharedData data = new SharedData(left);
    int workers = Math.clamp(left.size(), 1, threads);
    try (Workers crew = new Workers(workers)) {
      crew.run(workers, (thread, barrier) -> work(data));
    } finally {
      write();
    }
    if (failure != null) {
      throw asChecked(failure);
    }
    return rows.size() == runs.size();
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

  /**
   * Finds the rows of completed runs; returns the other runs, those with the same data together.
   */
  private synchronized List<PlannedRun> findFinished() throws RunException {
    Map<Integer, SweepRow> diverged = new HashMap<>();
    if (Files.exists(directory.table())) {
      table.read(directory.table()).stream()
          .filter(SweepRow::failed)
          .forEach(row -> diverged.put(row.number(), row));
    }
    List<PlannedRun> left = new ArrayList<>();
    Map<RunData.Key, Integer> firsts = new HashMap<>();
    for (PlannedRun run : runs) {
      int number = run.point().number();
      Optional<PlannedRun.Finished> finished = run.finished(directory.run(number));
      SweepRow failed = diverged.get(number);
      if (finished.isPresent()) {
        rows.put(number, finished.get().row());
        trained.putIfAbsent(run.dataKey(), new Trained(finished.get().dataSha256(), number));
      } else if (failed != null && failed.command().equals(run.point().command())) {
        rows.put(number, failed);
      } else {
        firsts.putIfAbsent(run.dataKey(), number);
        left.add(run);
      }
    }
    left.sort(Comparator.comparing(run -> firsts.get(run.dataKey())));
    return left;
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
      checkData(run, data);
      Optional<SweepRow> row =
          run.run(data, directory.run(run.point().number()), session, events.ofRun(), cancellation);
      if (row.isPresent()) {
        add(run, row.get());
      }
    } catch (RunException e) {
      throw new RunException(
          "run %d (%s): %s".formatted(run.point().number(), run.point().settings(), e.getMessage()),
          e);
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

  /** Rows of different data must not stand in one table. */
  private synchronized void checkData(PlannedRun run, RunData data) throws RunException {
    String sha256 = data.dataset().sha256();
    Trained before =
        trained.computeIfAbsent(run.dataKey(), key -> new Trained(sha256, run.point().number()));
    if (!before.sha256().equals(sha256)) {
      throw new RunException(
          "%s: not the data of run %d, which is complete: SHA-256 %s, expected %s"
              .formatted(data.dataset().source(), before.number(), sha256, before.sha256()));
    }
  }

  private synchronized void add(PlannedRun run, SweepRow row) throws RunException {
    rows.put(row.number(), row);
    if (System.nanoTime() - written >= WRITE_NANOS) {
      write();
    }
    listener.onRow(run, row);
  }

  private synchronized void write() throws RunException {
    table.write(directory.table(), rows.values());
    written = System.nanoTime();
  }

  /** The first failure is the one to report. */
  private synchronized void fail(Throwable e) {
    if (failure == null) {
      failure = e;
    }
    cancel();
  }
}
