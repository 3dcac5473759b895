package lanewise.sweep;

import java.util.Collection;
import lanewise.run.DataListener;
import lanewise.run.EpochResult;
import lanewise.run.RunListener;

/** Follows a sweep. One call is made at a time, on any thread. */
public interface SweepListener extends DataListener {
  /** Something worth knowing, as one sentence. */
  default void onNotice(String sentence) {}

  /**
   * The rows of runs that had ended before are known; the others begin.
   *
   * @param rows of these runs
   */
  default void onStart(Collection<SweepRow> rows) {}

  /**
   * A run begins to train.
   *
   * @param header what is known of it
   */
  default void onBegin(PlannedRun run, RunListener.Header header) {}

  /** An epoch of a run is complete. */
  default void onEpoch(PlannedRun run, EpochResult result) {}

  /** A run has ended. */
  default void onRow(PlannedRun run, SweepRow row) {}
}
