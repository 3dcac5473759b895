package lanewise.cli;

import java.util.Locale;

/** Says how an epoch gets on and how long it, and the run, will still take. */
final class EpochMeter {
  /** The forward pass is about half of a training step; a guess for the first epoch alone. */
  private static final double EVALUATION_SHARE = 0.5;

  private static final double WATCHABLE_SECONDS = 0.2;
  private static final int WIDEST_BAR = 16;

  private final int epochs;
  private final int rows;
  private int epoch;
  private long started;
  private double evaluationSeconds = -1;
  private double epochSeconds = -1;
  private double trainingSeconds;

  EpochMeter(int epochs, int rows) {
    this.epochs = epochs;
    this.rows = rows;
  }

  /** Epoch number {@code epoch}, from 1, begins. */
  void begin(int epoch, long nanos) {
    this.epoch = epoch;
    this.started = nanos;
  }

  /** The epoch that runs. */
  int epoch() {
    return epoch;
  }

  /** All rows of the epoch were learnt from. */
  void trained(long nanos) {
    trainingSeconds = seconds(nanos);
  }

  /** Whether the steps took so long that someone may wonder what follows them. */
  boolean isWatchable() {
    return trainingSeconds > WATCHABLE_SECONDS;
  }

  /** The epoch was evaluated and is over. */
  void end(long nanos) {
    epochSeconds = seconds(nanos);
    evaluationSeconds = epochSeconds - trainingSeconds;
  }

  /** Seconds that the epoch has taken so far. */
  double seconds(long nanos) {
    return (nanos - started) * 1e-9;
  }

  /**
   * The line while the epoch runs.
   *
   * @param learnt rows of this epoch that were learnt from, at least 1
   */
  String training(int learnt, long nanos) {
    double elapsed = Math.max(seconds(nanos), 1e-9);
    double whole = elapsed * rows / learnt;
    double evaluation = evaluationSeconds < 0 ? EVALUATION_SHARE * whole : evaluationSeconds;
    double left = whole - elapsed + evaluation;
    double each = epochSeconds < 0 ? whole + evaluation : epochSeconds;
    String figures =
        String.format(
            Locale.ROOT,
            "%3d%%  %,.0f rows/s  epoch %s, run %s left",
            100L * learnt / rows,
            learnt / elapsed,
            duration(left),
            duration(left + (epochs - epoch) * each));
    return line((double) learnt / rows, figures);
  }

  /** The line while the epoch's result is computed. */
  String evaluating() {
    return line(1, "100%  evaluating");
  }

  private String line(double share, String figures) {
    String head = "Epoch %d/%d ".formatted(epoch, epochs);
    int room = ProgressLine.MAX_WIDTH - head.length() - figures.length() - "[] ".length();
    int bar = Math.clamp(room, 0, WIDEST_BAR);
    int done = (int) (bar * share);
    return head + "[" + "=".repeat(done) + " ".repeat(bar - done) + "] " + figures;
  }

  /** Hours only where there are any: 0:07, 15:20, 2:03:00. */
  static String duration(double seconds) {
    long whole = Math.round(seconds);
    long hours = whole / 3600;
    return hours > 0
        ? "%d:%02d:%02d".formatted(hours, whole / 60 % 60, whole % 60)
        : "%d:%02d".formatted(whole / 60, whole % 60);
  }
}
