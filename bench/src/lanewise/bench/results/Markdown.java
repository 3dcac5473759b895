package lanewise.bench.results;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A table in Markdown, row by row. */
final class Markdown {
  /** The cell of a value that was not measured. */
  static final String NONE = "";

  /** The text in place of a table without rows. */
  static final String NOTHING = "Not measured in this run.\n";

  private final int columns;
  private final List<String> lines = new ArrayList<>();

  Markdown(String... heads) {
    columns = heads.length;
    lines.add("| " + String.join(" | ", heads) + " |");
    lines.add("| " + String.join(" | ", Collections.nCopies(columns, "---")) + " |");
  }

  void row(String... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException(cells.length + " cells, expected " + columns);
    }
    lines.add(
        ("| " + String.join(" | ", cells) + " |").replace("|  |", "| |").replace("|  |", "| |"));
  }

  /** Returns the table after its title, or {@link #NOTHING} if it has no rows. */
  String under(String title) {
    return lines.size() == 2 ? NOTHING : title + "\n\n" + String.join("\n", lines) + "\n";
  }

  /** Formats a number with three significant digits. */
  static String number(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return NONE;
    }
    double size = Math.abs(value);
    int decimals = size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : 3;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  static String gflops(Optional<Measurement> measurement) {
    return measurement.map(m -> number(m.gflops())).orElse(NONE);
  }

  /** Formats the time of an operation in a suitable unit. */
  static String time(Measurement m) {
    double seconds = 1 / m.rate();
    return seconds >= 1
        ? number(seconds) + " s"
        : seconds >= 1e-3
            ? number(seconds * 1e3) + " ms"
            : seconds >= 1e-6 ? number(seconds * 1e6) + " us" : number(seconds * 1e9) + " ns";
  }

  static String percent(double share) {
    return share > 0 ? "%.0f %%".formatted(share) : NONE;
  }
}
