package lanewise.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import lanewise.io.Text;

/**
 * A line on a terminal, or several, that change in place. They must be cleared before anything else
 * is printed, and return with the next update. They never appear if the output is not a terminal.
 * Thread-safe, as an interruption clears them too.
 */
final class ProgressLine {
  /**
   * Columns left free: two for the "^C" that the terminal echoes after the line, one for the
   * cursor.
   */
  private static final int FREE = 3;

  /** Clears to the end of the line: changing the line in one write avoids flicker. */
  private static final String CLEAR_TO_END = "\u001b[K";

  /** Clears to the end of the screen. */
  private static final String CLEAR_BELOW = "\u001b[J";

  /** Between these two, the line is cut off, not wrapped: the terminal may just have shrunk. */
  private static final String DO_NOT_WRAP = "\u001b[?7l";

  private static final String WRAP = "\u001b[?7h";
  private static final long UPDATE_NANOS = 100_000_000;

  private final PrintWriter err;
  private final boolean shown;
  private final LongSupplier clock;
  private final IntSupplier columns;
  private long lastUpdate;

  /** Lines on the terminal now; the cursor is in the last one. */
  private int there;

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

  /** Shows several lines, unless the previous ones are less than 0.1 s old. */
  synchronized void updateLines(Supplier<List<String>> texts) {
    if (shown && clock.getAsLong() - lastUpdate >= UPDATE_NANOS) {
      show(texts.get());
    }
  }

  /** Shows a text immediately. */
  synchronized void show(String text) {
    show(List.of(text));
  }

  /** Shows lines immediately, at least one. */
  private void show(List<String> texts) {
    if (!shown) {
      return;
    }
    lastUpdate = clock.getAsLong();
    int room = room();
    StringJoiner lines = new StringJoiner("\n");
    for (String text : texts) {
      String safe = Text.printable(text);
      lines.add((safe.length() > room ? safe.substring(0, room) : safe) + CLEAR_TO_END);
    }
    String below = there > texts.size() ? CLEAR_BELOW : "";
    err.print(toStart() + DO_NOT_WRAP + lines + below + WRAP);
    err.flush();
    there = texts.size();
  }

  /** Moves the cursor to the start of the first line. */
  private String toStart() {
    return there > 1 ? "\r\u001b[" + (there - 1) + "A" : "\r";
  }

  /** Columns available for a text. */
  int room() {
    return Math.max(1, columns.getAsInt() - FREE);
  }

  /** Clears what is shown and moves the cursor to its start. */
  synchronized void clear() {
    if (there > 0) {
      err.print(toStart() + (there > 1 ? CLEAR_BELOW : CLEAR_TO_END));
      err.flush();
      there = 0;
    }
  }
}
