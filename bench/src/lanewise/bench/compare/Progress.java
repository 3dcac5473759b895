package lanewise.bench.compare;

import java.io.PrintStream;
import java.time.Duration;

/** Prints a line for each finished item, with the share done and the time left. */
final class Progress {
  private final PrintStream out;
  private final double expected;
  private final long start = System.nanoTime();
  private double done;

  /**
   * @param expected estimated duration of everything in seconds
   */
  Progress(PrintStream out, double expected) {
    this.out = out;
    this.expected = expected;
  }

  /** Reports that an item with this estimated duration has finished. */
  void done(double seconds, String what) {
    done += seconds;
    say(what);
  }

  void say(String what) {
    double spent = (System.nanoTime() - start) / 1e9;
    // The initial estimate counts less as the comparison progresses.
    double share = Math.min(1, done / expected);
    double total = share == 0 ? expected : (1 - share) * expected + spent;
    double left = Math.max(0, share > 0.05 ? spent / share - spent : total - spent);
    out.printf("%3.0f %% %6s left  %s%n", 100 * share, minutes(left), what);
  }

  /** Formats a duration, such as 1:05 h or 12 min. */
  static String minutes(double seconds) {
    Duration time = Duration.ofSeconds(Math.round(seconds));
    return time.toHours() > 0
        ? "%d:%02d h".formatted(time.toHours(), time.toMinutesPart())
        : time.toMinutes() > 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
  }
}
