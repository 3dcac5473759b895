package lanewise.cli;

import java.io.PrintWriter;
import java.util.Locale;
import lanewise.io.Text;
import lanewise.run.DataListener;
import lanewise.run.Decimals;
import lanewise.run.RunResult;

/**
 * Prints the lines of a command: results to standard output, everything else to standard error.
 * Clears the progress line first. Whatever a line contains, it stays one line.
 */
final class Output implements DataListener {
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean quiet;
  private final ProgressLine progress;

  /**
   * @param quiet whether to print only results and warnings
   * @param terminal whether standard error is a terminal
   */
  Output(PrintWriter out, PrintWriter err, boolean quiet, boolean terminal) {
    this.out = out;
    this.err = err;
    this.quiet = quiet;
    boolean watched = terminal && !quiet;
    this.progress =
        new ProgressLine(
            err,
            watched,
            System::nanoTime,
            watched ? new TerminalWidth() : () -> TerminalWidth.USUAL);
  }

  /** Prints a line that other programs may read. */
  void result(String line) {
    coloured(Text.printable(line));
  }

  /** Prints such a line as it is, as only the commands themselves put colours into it. */
  void coloured(String line) {
    progress.clear();
    out.print(line + "\n");
    out.flush();
  }

  /** Prints the last lines of a run. */
  void result(RunResult result) {
    if (result.rmse().isPresent()) {
      result("Test R2: " + Decimals.fixed(result.score(), 4));
      result("Test RMSE: " + Decimals.significant(result.rmse().getAsDouble(), 6));
    } else {
      result("Test Accuracy: %s%%".formatted(Decimals.fixed(100 * result.score(), 2)));
    }
    result("Weights: sha256 " + result.weightsSha256());
  }

  /** Prints a line for people, unless quiet. */
  void note(String line) {
    if (!quiet) {
      print(line);
    }
  }

  /** Prints a line that the user must see even if quiet. */
  void warn(String sentence) {
    print("lanewise: " + sentence);
  }

  private void print(String line) {
    progress.clear();
    err.println(Text.printable(line));
    err.flush();
  }

  @Override
  public void onWarning(String sentence) {
    warn(sentence);
  }

  @Override
  public void onDownload(String file, long bytes, long total) {
    if (bytes == total) {
      note("Downloaded %s, %s".formatted(file, megabytes(bytes)));
      return;
    }
    String whole = total < 0 ? "" : " of " + megabytes(total);
    progress.update(() -> "Downloading %s: %s%s".formatted(file, megabytes(bytes), whole));
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }

  ProgressLine progress() {
    return progress;
  }
}
