package lanewise.cli;

import java.io.PrintWriter;
import lanewise.report.Decimals;
import lanewise.report.RunResult;

/**
 * Where a command's lines go: results to standard output, all else to standard error. Keeps the
 * progress line out of their way.
 */
final class Output {
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean quiet;
  private final ProgressLine progress;

  /**
   * @param quiet leaves the results and what must be known
   * @param terminal whether standard error is one
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

  /** A line that other programs may read. */
  void result(String line) {
    progress.clear();
    out.print(line + "\n");
    out.flush();
  }

  /** The lines that end a run. */
  void result(RunResult result) {
    result("Test Accuracy: %s%%".formatted(Decimals.fixed(100 * result.testAccuracy(), 2)));
    result("Weights: sha256 " + result.weightsSha256());
  }

  /** A line for who watches the run. */
  void note(String line) {
    if (!quiet) {
      warn(line);
    }
  }

  /** A line that must be known even where quiet was asked for. */
  void warn(String line) {
    progress.clear();
    err.println(line);
    err.flush();
  }

  ProgressLine progress() {
    return progress;
  }
}
