package lanewise.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import lanewise.nn.Evaluation;

/** Formats an evaluation as a JSON object on one line. */
final class EvaluationJson {
  private EvaluationJson() {}

  /**
   * The object: {@code data} (source, sha256), {@code rows}, {@code correct}, {@code accuracy} (0
   * to 1), {@code loss} (sum over the rows, nats), {@code classes} (label, rows, precision, recall
   * and f1 of each; null if undefined) and {@code confusion} ([true class][predicted class]).
   *
   * @param labels the names of the classes, in the order of the confusion matrix
   */
  static String text(Evaluation evaluation, List<String> labels, String source, String sha256) {
    return JsonLine.of(
        json -> {
          writeData(json, source, sha256);
          json.writeNumberField("rows", evaluation.rows());
          json.writeNumberField("correct", evaluation.correct());
          json.writeNumberField("accuracy", evaluation.accuracy());
          json.writeNumberField("loss", evaluation.loss());
          json.writeArrayFieldStart("classes");
          for (int label = 0; label < labels.size(); label++) {
            json.writeStartObject();
            json.writeStringField("label", labels.get(label));
            json.writeNumberField("rows", evaluation.rowsOf(label));
            writeNumber(json, "precision", evaluation.precision(label));
            writeNumber(json, "recall", evaluation.recall(label));
            writeNumber(json, "f1", evaluation.f1(label));
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeArrayFieldStart("confusion");
          for (int[] row : evaluation.confusion()) {
            json.writeArray(row, 0, row.length);
          }
          json.writeEndArray();
        });
  }

  /** Writes where the rows come from. */
  static void writeData(JsonGenerator json, String source, String sha256) throws IOException {
    json.writeObjectFieldStart("data");
    json.writeStringField("source", source);
    json.writeStringField("sha256", sha256);
    json.writeEndObject();
  }

  /** JSON has neither NaN nor infinity. */
  private static void writeNumber(JsonGenerator json, String name, double value)
      throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumberField(name, value);
    } else {
      json.writeNullField(name);
    }
  }
}
