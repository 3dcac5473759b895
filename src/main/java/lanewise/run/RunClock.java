package lanewise.run;

import java.time.Instant;

/**
 * When a run started, and how long it has taken.
 *
 * @param started by the calendar
 * @param nanos the same by {@link System#nanoTime}, without the time between sessions
 */
record RunClock(Instant started, long nanos) {
  /** A run that starts now. */
  static RunClock start() {
    return new RunClock(Instant.now(), System.nanoTime());
  }

  /** A run that was started before. */
  static RunClock resume(Instant started, double secondsBefore) {
    return new RunClock(started, System.nanoTime() - (long) (secondsBefore * 1e9));
  }

  /** Seconds that all sessions have taken so far. */
  double seconds() {
    return (System.nanoTime() - nanos) * 1e-9;
  }
}
