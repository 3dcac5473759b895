package lanewise.bench.results;

import static lanewise.bench.results.Markdown.number;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/** The table of the time to accuracy. */
final class AccuracyTable {
  /** The measurements' name. */
  private static final String BENCHMARK = "accuracy";

  private final Results results;

  AccuracyTable(Results results) {
    this.results = results;
  }

  /** All entries, with what was not measured below. */
  String table() {
    Markdown table =
        new Markdown(
            "who",
            "how",
            "seeds",
            "median time",
            "worst time",
            "median accuracy",
            "worst accuracy",
            "bar",
            "seeds at or above it");
    for (Measurement time : results.all(BENCHMARK)) {
      if (!time.unit().equals(Measurement.SECONDS)) {
        continue;
      }
      String who = time.params().get("who");
      String how = time.params().get("how");
      results
          .find(BENCHMARK, "who", who, "how", how, "what", BENCHMARK)
          .ifPresent(accuracy -> row(table, time, accuracy));
    }
    String text = table.under(title());
    return text.equals(Markdown.NOTHING) ? text : text + notes();
  }

  private static void row(Markdown table, Measurement time, Measurement accuracy) {
    List<Double> values = accuracy.values();
    double bar = Double.parseDouble(time.params().get("bar"));
    long above = values.stream().filter(value -> value >= bar).count();
    table.row(
        time.params().get("who"),
        time.params().get("how"),
        "" + values.size(),
        number(time.median()) + " s",
        number(Collections.max(time.values())) + " s",
        percent(accuracy.median()),
        percent(Collections.min(values)),
        time.params().get("bar") + " %",
        "%d of %d".formatted(above, values.size()));
  }

  /** Two digits: a row of 10,000 is a hundredth of a per cent. */
  private static String percent(double value) {
    return "%.2f %%".formatted(value);
  }

  private String title() {
    Map<String, String> facts = results.facts();
    return ("Time to accuracy on MNIST: the process from Enter to exit, two threads, 784-256-128-10,"
            + " final test accuracy. %s, %s cores, %s, Lanewise %s, %s; `%s`.")
        .formatted(
            facts.get("cpu"),
            facts.get("cores"),
            facts.get("jdk"),
            facts.get("lanewise"),
            facts.get("date"),
            facts.get("command"));
  }

  private String notes() {
    StringBuilder text = new StringBuilder();
    results.versions().forEach((who, setting) -> text.append("- %s: %s\n".formatted(who, setting)));
    results.failures().forEach(failure -> text.append("- **failed**: " + failure + "\n"));
    return text.isEmpty() ? "" : "\n" + text;
  }
}
