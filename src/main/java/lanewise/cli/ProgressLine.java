package lanewise.cli;

import java.io.PrintWriter;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * One line on a terminal that changes in place. Whoever prints anything else clears it first; it
 * comes back with the next update. Where nobody watches, it never appears. Thread-safe, since an
 * interruption clears it too.
 */
final class ProgressLine {
  /** Leaves room in 80 columns for the two of a "^C" that the terminal echoes behind the line. */
  static final int MAX_WIDTH = 77;

  private static final int ECHO_WIDTH = 2;
  private static final long UPDATE_NANOS = 100_000_000;

  private final PrintWriter err;
  private final boolean shown;
  private final LongSupplier clock;
  private long lastUpdate;
  private int width;

  /**
   * @param shown false for a line that never appears
   * @param clock nanoseconds, as {@link System#nanoTime}
   */
  ProgressLine(PrintWriter err, boolean shown, LongSupplier clock) {
    this.err = err;
    this.shown = shown;
    this.clock = clock;
    this.lastUpdate = clock.getAsLong() - UPDATE_NANOS;
  }

  /** Shows a text, unless the last one is too recent for anyone to have read it. */
  synchronized void update(Supplier<String> text) {
    if (shown && clock.getAsLong() - lastUpdate >= UPDATE_NANOS) {
      show(text.get());
    }
  }

  /** Shows a text at once. */
  synchronized void show(String text) {
    if (!shown) {
      return;
    }
    lastUpdate = clock.getAsLong();
    String line = text.length() > MAX_WIDTH ? text.substring(0, MAX_WIDTH) : text;
    StringBuilder update = new StringBuilder("\r").append(line);
    if (line.length() < width) {
      // The cursor ends behind the text, where an echoed "^C" does no harm.
      update.append(" ".repeat(width - line.length())).append('\r').append(line);
    }
    width = line.length();
    err.print(update);
    err.flush();
  }

  /** Leaves an empty line with the cursor at its start. */
  synchronized void clear() {
    if (width > 0) {
      err.print("\r" + " ".repeat(width + ECHO_WIDTH) + "\r");
      err.flush();
      width = 0;
    }
  }
}
