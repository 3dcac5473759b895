package lanewise.run;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import lanewise.model.Model;
import lanewise.nn.Evaluation;
import lanewise.nn.Samples;

/**
 * The misclassified test rows that the network was most confident about.
 *
 * @param total number of misclassified rows, including those not listed here
 * @param width values per row
 * @param rows the most confident first
 */
public record Mistakes(int total, int width, List<Row> rows) {
  /** The number of rows to list. */
  private static final int MAX_ROWS = 40;

  /** Wider rows are listed without their values: 128 x 128 pixels are more than a thumbnail. */
  public static final int MAX_VALUES = 128 * 128;

  /** Rows predicted at a time: as many as an evaluation holds in memory, however wide they are. */
  private static final int BLOCK = 64;

  /**
   * A misclassified row.
   *
   * @param row index in the test set, from 0
   * @param label its true class
   * @param predicted the class that the network predicted
   * @param probability of the predicted class, 0 to 1
   * @param labelProbability probability of the true class, 0 to 1
   * @param values as grey bytes; empty if the rows are wider than a thumbnail
   */
  public record Row(
      int row, int label, int predicted, float probability, float labelProbability, byte[] values) {

    @Override
    public boolean equals(Object other) {
      return other instanceof Row that
          && row == that.row
          && label == that.label
          && predicted == that.predicted
          && Float.compare(probability, that.probability) == 0
          && Float.compare(labelProbability, that.labelProbability) == 0
          && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
      return Objects.hash(row, label, predicted, probability);
    }
  }

  public Mistakes {
    rows = List.copyOf(rows);
  }

  /**
   * Finds the mistakes.
   *
   * @param model that was evaluated
   * @param samples the rows that were evaluated, scaled as the model expects them
   * @param evaluation of the model on these rows
   */
  public static Mistakes find(Model model, Samples samples, Evaluation evaluation) {
    List<Row> found = new ArrayList<>();
    int total = 0;
    int[] wrong = new int[BLOCK];
    int pending = 0;
    for (int row = 0; row < samples.rows(); row++) {
      if (evaluation.predicted(row) != samples.label(row)) {
        wrong[pending++] = row;
        total++;
      }
      if (pending == BLOCK || (pending > 0 && row == samples.rows() - 1)) {
        add(model, samples, evaluation, wrong, pending, found);
        keepMostConfident(found);
        pending = 0;
      }
    }
    return new Mistakes(total, samples.width(), found);
  }

  private static void add(
      Model model,
      Samples samples,
      Evaluation evaluation,
      int[] wrong,
      int count,
      List<Row> found) {
    int width = samples.width();
    int classes = model.net().outputs();
    float[] x = new float[Math.multiplyExact(count, width)];
    for (int i = 0; i < count; i++) {
      samples.copyRows(wrong[i], wrong[i] + 1, x, i * width);
    }
    float[] probabilities = new float[count * classes];
    model.net().predict(x, count, probabilities);
    for (int i = 0; i < count; i++) {
      int label = samples.label(wrong[i]);
      int prediction = evaluation.predicted(wrong[i]);
      found.add(
          new Row(
              wrong[i],
              label,
              prediction,
              probabilities[i * classes + prediction],
              probabilities[i * classes + label],
              grey(x, i * width, width, model.info().inputDivisor())));
    }
  }

  private static byte[] grey(float[] x, int offset, int width, float divisor) {
    byte[] grey = new byte[width > MAX_VALUES ? 0 : width];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = (byte) Math.clamp(Math.round(x[offset + i] * divisor), 0, 255);
    }
    return grey;
  }

  /** The sort is stable: of equally confident rows the first one stays first. */
  private static void keepMostConfident(List<Row> found) {
    found.sort(Comparator.comparing(Row::probability).reversed());
    if (found.size() > MAX_ROWS) {
      found.subList(MAX_ROWS, found.size()).clear();
    }
  }

  /** Writes a JSON object. */
  public void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("total", total);
    json.writeNumberField("width", width);
    json.writeArrayFieldStart("rows");
    for (Row row : rows) {
      json.writeStartObject();
      json.writeNumberField("row", row.row());
      json.writeNumberField("label", row.label());
      json.writeNumberField("predicted", row.predicted());
      json.writeNumberField("probability", row.probability());
      json.writeNumberField("labelProbability", row.labelProbability());
      json.writeBinaryField("values", row.values());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
