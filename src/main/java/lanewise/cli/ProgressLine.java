package lanewise.cli;

import java.io.PrintWriter;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * One line on a terminal that changes in place. Whoever prints anything else clears it first; it
 * comes back with the next update. Where nobody watches, it never appears. Thread-safe, since an
 * interruption clears it too.
 */
final class ProgressLine {
  /**
   * Columns kept free: two for a "^C" that the terminal echoes behind the line, one for the cursor.
   */
  private static final int FREE = 3;

  /** Clears up to the end of the line: one write changes the line, and nothing flickers. */
  private static final String CLEAR_TO_END = "\u001b[K";

  /** Between the two, what does not fit is cut off: a terminal may have shrunk a moment ago. */
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
   * @param columns the terminal's width, asked for at every update
   */
  ProgressLine(PrintWriter err, boolean shown, LongSupplier clock, IntSupplier columns) {
    this.err = err;
    this.shown = shown;
    this.clock = clock;
    this.columns = columns;
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
    int room = room();
    String line = text.length() > room ? text.substring(0, room) : text;
    err.print("\r" + DO_NOT_WRAP + line + CLEAR_TO_END + WRAP);
    err.flush();
    there = true;
  }

  /** Columns that a text may take. */
  int room() {
    return Math.max(1, columns.getAsInt() - FREE);
  }

  /** Leaves an empty line with the cursor at its start. */
  synchronized void clear() {
    if (there) {
      err.print("\r" + CLEAR_TO_END);
      err.flush();
      there = false;
    }
  }
}
