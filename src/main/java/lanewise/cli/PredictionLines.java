package lanewise.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** A line for each row that was read: aligned for people, or JSON for programs. */
final class PredictionLines {
  private static final JsonFactory JSON = new JsonFactory();

  /** Longer names push their own line to the right, not all lines. */
  private static final int WIDEST_NAME = 40;

  private final List<String> labels;
  private final boolean json;
  private final int nameWidth;
  private final int labelWidth;

  /**
   * @param labels the classes' names
   * @param names of all rows, as far as they are known
   */
  PredictionLines(List<String> labels, List<String> names, boolean json) {
    this.labels = labels;
    this.json = json;
    this.nameWidth =
        names.stream().mapToInt(String::length).filter(w -> w <= WIDEST_NAME).max().orElse(0);
    this.labelWidth = labels.stream().mapToInt(String::length).max().orElse(0);
  }

  /**
   * The line of one row.
   *
   * @param p the probability of each class
   */
  String line(String name, float[] p) {
    int best = best(p, -1);
    int second = best(p, best);
    return json ? json(name, p, best, second) : text(name, p, best, second);
  }

  /** The most probable class but {@code without}, the first of equals; -1 if there is none. */
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
    String line =
        "%s  %s".formatted(padded(name.replaceAll("\\p{Cntrl}", "?"), nameWidth), part(p, best));
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
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(text)) {
      generator.writeStartObject();
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
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string can be written to", e);
    }
    return text.toString();
  }
}
