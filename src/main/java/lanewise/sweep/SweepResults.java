package lanewise.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lanewise.run.RunData;
import lanewise.run.RunException;

/**
 * The rows of a sweep's runs, those of earlier sessions in the same directory included.
 * Thread-safe.
 */
public final class SweepResults {
  /** A table of 100,000 rows takes a second to write. */
  private static final long WRITE_NANOS = 1_000_000_000;

  private final List<PlannedRun> runs;
  private final SweepDirectory directory;
  private final SweepTable table;
  private final Map<Integer, SweepRow> rows = new TreeMap<>();
  private final Map<RunData.Key, Trained> trained = new HashMap<>();
  private long written = System.nanoTime() - WRITE_NANOS;

  /**
   * The data that an earlier session has used.
   *
   * @param number of a run that used it
   */
  private record Trained(String sha256, int number) {}

  /**
   * @param runs of the sweep, at least one, in the order of the grid
   */
  public SweepResults(List<PlannedRun> runs, SweepDirectory directory) {
    this.runs = List.copyOf(runs);
    this.directory = directory;
    this.table = SweepTable.of(runs);
  }

  /** All runs of the sweep, in the order of the grid. */
  public List<PlannedRun> runs() {
    return runs;
  }

  /** The columns. */
  public SweepTable table() {
    return table;
  }

  /** The directory of the sweep. */
  public SweepDirectory directory() {
    return directory;
  }

  /** The rows of the runs that have ended, in the order of the grid. */
  public synchronized List<SweepRow> rows() {
    return List.copyOf(rows.values());
  }

  /** Whether all runs have ended. */
  public synchronized boolean isComplete() {
    return rows.size() == runs.size();
  }

  /**
   * Takes up the rows of the runs that earlier sessions have completed. Called once, first.
   *
   * @return the other runs, those with the same data together
   * @throws RunException if a file cannot be read, or a run's directory holds something else
   */
  public synchronized List<PlannedRun> findFinished() throws RunException {
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

  /**
   * Checks the data of a run before it begins: rows of different data must not stand in one table.
   *
   * @throws RunException if a run with the same options was trained on other data
   */
  public synchronized void checkData(PlannedRun run, RunData data) throws RunException {
    String sha256 = data.dataset().sha256();
    Trained before =
        trained.computeIfAbsent(run.dataKey(), key -> new Trained(sha256, run.point().number()));
    if (!before.sha256().equals(sha256)) {
      throw new RunException(
          "%s: not the data of run %d, which is complete: SHA-256 %s, expected %s"
              .formatted(data.dataset().source(), before.number(), sha256, before.sha256()));
    }
  }

  /**
   * Adds the row of a run in its directory, and writes the table unless that was done just now.
   *
   * @throws RunException if it cannot be written
   */
  public synchronized void add(SweepRow row) throws RunException {
    rows.put(row.number(), row);
    if (System.nanoTime() - written >= WRITE_NANOS) {
      write();
    }
  }

  /**
   * Adds the row of a run that was made elsewhere, after the files that belong to it.
   *
   * @throws RunException if they cannot be written
   */
  public void add(SentRun run) throws RunException {
    try {
      run.write(directory.run(run.row().number()));
    } catch (RunException e) {
      throw e;
    } catch (IOException e) {
      throw RunException.cannotWrite(directory.run(run.row().number()), e);
    }
    add(run.row());
  }

  /**
   * Writes the table.
   *
   * @throws RunException if it cannot be written
   */
  public synchronized void write() throws RunException {
    table.write(directory.table(), rows.values());
    written = System.nanoTime();
  }
}
