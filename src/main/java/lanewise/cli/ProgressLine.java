package lanewise.cli;

import java.io.PrintWriter;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import lanewise.io.Text;

/**
 * A line on a terminal that changes in place. It must be cleared before anything else is printed,
 * and returns with the next update. It never appears if the output is not a terminal. Thread-safe,
 * as an interruption clears it too.
 */
final class ProgressLine {
  /**
   * Columns left free: two for the "^C" that the terminal echoes after the line, one for the
   * cursor.
   */
  private static final int FREE = 3;

  /** Clears to the end of the line: changing the line in one write avoids flicker. */
  private static final String CLEAR_TO_END = "\u001b[K";

  /** Between these two, the line is cut off, not wrapped: the terminal may just have shrunk. */
  private static final String DO_NOT_WRAP = "\u001b[?7l";

  private static final String WRAP = "\u001b[?7h";
  private static final long UPDATE_NANOS = 100_000_000;

  private final PrintWriter err;
  private final boolean shown;
  private final LongSupplier clock;
  private final IntSupplier columns;
  private long lastUpdate;
  private boolean there;

  /**
   * @param shown false for a line that never appears
   * @param clock nanoseconds, as {@link System#nanoTime}
   * @param columns the width of the terminal, queried at every update
   */
  ProgressLine(PrintWriter err, boolean shown, LongSupplier clock, IntSupplier columns) {
    this.err = err;
    this.shown = shown;
    this.clock = clock;
    this.columns = columns;
    this.lastUpdate = clock.getAsLong() - UPDATE_NANOS;
  }

  /** Shows a text, unless the previous one is less than 0.1 s old. */
  synchronized void update(Supplier<String> text) {
    if (shown && clock.getAsLong() - lastUpdate >= UPDATE_NANOS) {
      show(text.get());
    }
  }

  /** Shows a text immediately. */
  synchronized void show(String text) {
    if (!shown) {
      return;
    }
    lastUpdate = clock.getAsLong();
    int room = room();
    String safe = Text.printable(text);
    String line = safe.length() > room ? safe.substring(0, room) : safe;
    err.print("\r" + DO_NOT_WRAP + line + CLEAR_TO_END + WRAP);
    err.flush();
    there = true;
  }

  /** Columns available for a text. */
  int room() {
    return Math.max(1, columns.getAsInt() - FREE);
  }

  /** Clears the line and moves the cursor to its start. */
  synchronized void clear() {
    if (there) {
      err.print("\r" + CLEAR_TO_END);
      err.flush();
      there = false;
    }
  }
}
