package lanewise.cli;

import java.util.List;
import lanewise.run.Decimals;

/** Formats predictions: aligned text for people, or JSON for programs. */
final class PredictionLines {
  /** Longer names are not aligned. */
  private static final int MAX_NAME_WIDTH = 40;

  /** Longer class names are not aligned. */
  private static final int MAX_LABEL_WIDTH = 20;

  private final List<String> labels;
  private final boolean json;
  private final int nameWidth;
  private final int labelWidth;

  /**
   * @param labels the names of the classes; none for a regression
   * @param names of all rows, as far as known
   */
  PredictionLines(List<String> labels, List<String> names, boolean json) {
    this.labels = labels;
    this.json = json;
    this.nameWidth = widest(names, MAX_NAME_WIDTH);
    this.labelWidth = widest(labels, MAX_LABEL_WIDTH);
  }

  private static int widest(List<String> texts, int limit) {
    return texts.stream().mapToInt(String::length).filter(w -> w <= limit).max().orElse(0);
  }

  /**
   * The line of one row.
   *
   * @param outputs the probability of each class, or the one value of a regression
   */
  String line(String name, float[] outputs) {
    if (labels.isEmpty()) {
      return value(name, outputs[0]);
    }
    int best = best(outputs, -1);
    int second = best(outputs, best);
    return json ? json(name, outputs, best, second) : text(name, outputs, best, second);
  }

  private String value(String name, float value) {
    return json
        ? JsonLine.of(
            generator -> {
              generator.writeStringField("name", name);
              generator.writeNumberField("value", value);
            })
        : "%s  %s".formatted(padded(name, nameWidth), Decimals.shortest(value));
  }

  /**
   * The most probable class other than {@code without}, the first on a tie; -1 if there is none.
   */
  private static int best(float[] p, int without) {
    int best = -1;
    for (int label = 0; label < p.length; label++) {
      if (label != without && (best < 0 || p[label] > p[best])) {
        best = label;
      }
    }
    return best;
  }

  private String text(String name, float[] p, int best, int second) {
    String line = "%s  %s".formatted(padded(name, nameWidth), part(p, best));
    return second < 0 ? line : line + "  " + part(p, second);
  }

  private String part(float[] p, int label) {
    return "%s %7s"
        .formatted(padded(labels.get(label), labelWidth), EvaluationText.percent(p[label]));
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  private String json(String name, float[] p, int best, int second) {
    return JsonLine.of(
        generator -> {
          generator.writeStringField("name", name);
          generator.writeStringField("class", labels.get(best));
          generator.writeNumberField("probability", p[best]);
          if (second >= 0) {
            generator.writeStringField("runnerUp", labels.get(second));
            generator.writeNumberField("runnerUpProbability", p[second]);
          }
          generator.writeObjectFieldStart("probabilities");
          for (int label = 0; label < p.length; label++) {
            generator.writeNumberField(labels.get(label), p[label]);
          }
          generator.writeEndObject();
        });
  }
}
