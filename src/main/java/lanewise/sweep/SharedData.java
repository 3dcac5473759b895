package lanewise.sweep;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lanewise.run.RunData;
import lanewise.run.RunListener;

/**
 * The data of runs: read once when the first of them needs it, and let go when the last one has
 * ended.
 */
final class SharedData {
  private final Map<RunData.Key, Entry> entries = new HashMap<>();

  private static final class Entry {
    /** Runs that have not ended. Guarded by the map. */
    private int runs;

    /** Null until it is read. Guarded by this. */
    private RunData data;
  }

  /**
   * @param runs that will ask, each once
   */
  SharedData(List<PlannedRun> runs) {
    for (PlannedRun run : runs) {
      entries.computeIfAbsent(run.dataKey(), key -> new Entry()).runs++;
    }
  }

  /**
   * The data of a run; other runs with the same data wait while it is read.
   *
   * @param threads used to draw the built-in digits
   * @param listener hears of the reading
   */
  RunData get(PlannedRun run, int threads, RunListener listener) throws IOException {
    Entry entry;
    synchronized (entries) {
      entry = entries.get(run.dataKey());
    }
    synchronized (entry) {
      if (entry.data == null) {
        entry.data = RunData.read(run.place(), run.table(), run.recipe(), threads, listener);
      }
      return entry.data;
    }
  }

  /** A run has ended. */
  void release(PlannedRun run) {
    synchronized (entries) {
      if (--entries.get(run.dataKey()).runs == 0) {
        entries.remove(run.dataKey());
      }
    }
  }
}
