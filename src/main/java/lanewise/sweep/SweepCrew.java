package lanewise.sweep;

import java.io.IOException;

/** Makes the runs of a sweep that have not ended, wherever that is. */
public interface SweepCrew {
  /**
   * Makes all runs, and keeps their results as they end. A run that diverges has a row; anything
   * else that goes wrong ends the sweep, whose runs so far are kept. May be called once.
   *
   * @return whether all runs have ended; false after {@link #cancel}
   * @throws lanewise.run.RunException if a file cannot be written or read, settings do not fit the
   *     data, or the data is not that of the completed runs
   * @throws lanewise.data.DataException if the data is missing or invalid
   * @throws lanewise.model.ModelException if a checkpoint is damaged
   */
  boolean run() throws IOException;

  /** Asks all runs to end early, and no other to begin; returns at once. */
  void cancel();
}
