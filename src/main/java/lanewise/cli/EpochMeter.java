package lanewise.cli;

import java.util.Locale;

/** Says how an epoch gets on and how long it, and the run, will still take. */
final class EpochMeter {
  /** The forward pass is about half of a training step; a guess for the first epoch alone. */
  private static final double EVALUATION_SHARE = 0.5;

  private static final double WATCHABLE_SECONDS = 0.2;

  /** The first batches wait for the JVM's compiler and would foretell hours. */
  private static final double TELLING_SECONDS = 0.5;

  private static final String GAP = "  ";
  private static final int WIDEST_BAR = 16;
  private static final int NARROWEST_BAR = 4;

  private final int epochs;
  private final int rows;
  private final long flopPerRow;
  private int epoch;
  private long started;
  private double evaluationSeconds = -1;
  private double epochSeconds = -1;
  private double trainingSeconds;
  private double loss = Double.NaN;

  /**
   * @param flopPerRow floating-point operations of a training step, a row
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

  /**
   * The epoch was evaluated and is over.
   *
   * @param loss that the evaluation found
   */
  void end(long nanos, double loss) {
    this.loss = loss;
    epochSeconds = seconds(nanos);
    evaluationSeconds = epochSeconds - trainingSeconds;
  }

  /** Seconds that the epoch has taken so far. */
  double seconds(long nanos) {
    return (nanos - started) * 1e-9;
  }

  /**
   * The line while the epoch runs: how far it is, rows and operations a second, the loss after the
   * last epoch, the time that the run will still take. What has no room is left out, the time last.
   *
   * @param learnt rows of this epoch that were learnt from, at least 1
   * @param room columns that there are
   */
  String training(int learnt, long nanos, int room) {
    double elapsed = Math.max(seconds(nanos), 1e-9);
    double whole = elapsed * rows / learnt;
    double evaluation = evaluationSeconds < 0 ? EVALUATION_SHARE * whole : evaluationSeconds;
    double each = epochSeconds < 0 ? whole + evaluation : epochSeconds;
    double left = whole - elapsed + evaluation + (epochs - epoch) * each;
    double perSecond = learnt / elapsed;
    String[] figures = {
      String.format(Locale.ROOT, "%,.0f rows/s", perSecond),
      String.format(Locale.ROOT, "%.0f GFLOP/s", perSecond * flopPerRow * 1e-9),
      Double.isNaN(loss) ? "" : "loss " + shortened(loss),
      epochSeconds < 0 && elapsed < TELLING_SECONDS ? "" : duration(left) + " left"
    };
    int free = room - line(1, 0, "").length();
    StringBuilder text = new StringBuilder();
    boolean[] shown = new boolean[figures.length];
    for (int i : new int[] {3, 2, 0, 1}) { // By importance.
      int width = GAP.length() + figures[i].length();
      shown[i] = !figures[i].isEmpty() && width <= free;
      free -= shown[i] ? width : 0;
    }
    for (int i = 0; i < figures.length; i++) {
      text.append(shown[i] ? GAP + figures[i] : "");
    }
    return line((double) learnt / rows, free, text.toString());
  }

  /** As many digits as tell two epochs apart. */
  private static String shortened(double loss) {
    return String.format(Locale.ROOT, loss < 1000 ? "%.4g" : "%.0f", loss);
  }

  /**
   * The line while the epoch's result is computed.
   *
   * @param room columns that there are
   */
  String evaluating(int room) {
    String text = GAP + "evaluating";
    return line(1, room - line(1, 0, text).length(), text);
  }

  /** The epoch, a bar if there are columns free for one, the share done, and some text. */
  private String line(double share, int free, String text) {
    int bar = Math.min(free - "[] ".length(), WIDEST_BAR);
    int done = (int) (bar * share);
    return "Epoch %d/%d %s%3d%%%s"
        .formatted(
            epoch,
            epochs,
            bar < NARROWEST_BAR ? "" : "[" + "=".repeat(done) + " ".repeat(bar - done) + "] ",
            (int) (100 * share),
            text);
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
