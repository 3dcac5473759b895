package lanewise.cli;

import java.util.Locale;
import lanewise.run.Decimals;
import lanewise.run.EpochResult;

/** Formats the progress of an epoch and estimates the remaining time of the run. */
final class EpochMeter {
  /** The forward pass is about half of a training step; an estimate for the first epoch only. */
  private static final double EVALUATION_SHARE = 0.5;

  private static final double WATCHABLE_SECONDS = 0.2;

  /** The first batches are slow until the JVM has compiled, too slow for an estimate. */
  private static final double SECONDS_BEFORE_ESTIMATE = 2;

  private static final String GAP = "  ";
  private static final int MAX_BAR = 16;
  private static final int MIN_BAR = 4;

  private final int epochs;
  private final int rows;
  private final long flopPerRow;
  private int epoch;
  private long started;
  private double evaluationSeconds = -1;
  private double epochSeconds = -1;
  private double trainingSeconds;
  private EpochResult last;

  /**
   * @param flopPerRow floating-point operations of a training step, per row
   */
  EpochMeter(int epochs, int rows, long flopPerRow) {
    this.epochs = epochs;
    this.rows = rows;
    this.flopPerRow = flopPerRow;
  }

  /** Epoch number {@code epoch}, from 1, begins. */
  void begin(int epoch, long nanos) {
    this.epoch = epoch;
    this.started = nanos;
  }

  /** All steps of the epoch are complete. */
  void trained(long nanos) {
    trainingSeconds = seconds(nanos);
  }

  /** Whether the epoch is slow enough for its evaluation to be shown. */
  boolean isWatchable() {
    return trainingSeconds > WATCHABLE_SECONDS;
  }

  /**
   * The epoch was evaluated and is over.
   *
   * @param result of the epoch
   */
  void end(long nanos, EpochResult result) {
    last = result;
    epochSeconds = seconds(nanos);
    evaluationSeconds = epochSeconds - trainingSeconds;
  }

  /** Seconds that the epoch has taken so far. */
  double seconds(long nanos) {
    return (nanos - started) * 1e-9;
  }

  /**
   * The line while the epoch runs: progress, rows and operations per second, the loss and the
   * validation score after the previous epoch, the remaining time of the run. Without room for all,
   * the less important ones are omitted; the remaining time is the most important.
   *
   * @param done number of rows of this epoch that are done, at least 1
   * @param room available columns
   */
  String training(int done, long nanos, int room) {
    double elapsed = Math.max(seconds(nanos), 1e-9);
    double whole = elapsed * rows / done;
    double evaluation = evaluationSeconds < 0 ? EVALUATION_SHARE * whole : evaluationSeconds;
    double each = epochSeconds < 0 ? whole + evaluation : epochSeconds;
    double left = whole - elapsed + evaluation + (epochs - epoch) * each;
    double perSecond = done / elapsed;
    String[] figures = {
      String.format(Locale.ROOT, "%,.0f rows/s", perSecond),
      String.format(Locale.ROOT, "%.0f GFLOP/s", perSecond * flopPerRow * 1e-9),
      last == null ? "" : "loss " + shortened(last.loss()),
      last == null ? "" : last.validation().map(EpochMeter::score).orElse(""),
      epochSeconds < 0 && elapsed < SECONDS_BEFORE_ESTIMATE ? "" : duration(left) + " left"
    };
    int free = room - line(1, 0, "").length();
    StringBuilder text = new StringBuilder();
    boolean[] shown = new boolean[figures.length];
    for (int i : new int[] {4, 2, 3, 0, 1}) { // By importance.
      int width = GAP.length() + figures[i].length();
      shown[i] = !figures[i].isEmpty() && width <= free;
      free -= shown[i] ? width : 0;
    }
    for (int i = 0; i < figures.length; i++) {
      text.append(shown[i] ? GAP + figures[i] : "");
    }
    return line((double) done / rows, free, text.toString());
  }

  private static String score(EpochResult.Validation rows) {
    return "val " + Decimals.fixed(rows.score(), 4);
  }

  /** Enough digits to tell two epochs apart. */
  private static String shortened(double loss) {
    return String.format(Locale.ROOT, loss < 1000 ? "%.4g" : "%.0f", loss);
  }

  /**
   * The line while the epoch is evaluated.
   *
   * @param room available columns
   */
  String evaluating(int room) {
    String text = GAP + "evaluating";
    return line(1, room - line(1, 0, text).length(), text);
  }

  /** The epoch, a bar if there is room for one, the share done, and some text. */
  private String line(double share, int free, String text) {
    int bar = Math.min(free - "[] ".length(), MAX_BAR);
    int done = (int) (bar * share);
    return "Epoch %d/%d %s%3d%%%s"
        .formatted(
            epoch,
            epochs,
            bar < MIN_BAR ? "" : "[" + "=".repeat(done) + " ".repeat(bar - done) + "] ",
            (int) (100 * share),
            text);
  }

  /** Minutes and seconds, with hours if there are any: 0:07, 15:20, 2:03:00. */
  static String duration(double seconds) {
    long whole = Math.round(seconds);
    long hours = whole / 3600;
    return hours > 0
        ? "%d:%02d:%02d".formatted(hours, whole / 60 % 60, whole % 60)
        : "%d:%02d".formatted(whole / 60, whole % 60);
  }
}
