package lanewise.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import lanewise.model.Model;
import lanewise.nn.Evaluation;
import lanewise.nn.Samples;

/**
 * The test rows that a network got most wrong: those read as another class with the highest
 * probability.
 *
 * @param total rows read wrong, shown here or not
 * @param width values a row
 * @param rows the most confident first
 */
public record Mistakes(int total, int width, List<Row> rows) {
  /** As many as people look at. */
  private static final int MOST = 40;

  /** Wider rows are told without their values: 128 x 128 pixels, more than a thumbnail needs. */
  static final int MOST_VALUES = 128 * 128;

  /** Rows read again together: as many as an evaluation holds at a time, however wide they are. */
  private static final int BLOCK = 64;

  /**
   * One row read wrong.
   *
   * @param row index in the test set, from 0
   * @param label its true class
   * @param read the class that the network took it for
   * @param probability that the network gave to the class read, 0 to 1
   * @param labelProbability that it gave to the true one
   * @param values as grey bytes; empty for rows too wide to show
   */
  public record Row(
      int row, int label, int read, float probability, float labelProbability, byte[] values) {}

  public Mistakes {
    rows = List.copyOf(rows);
  }

  /**
   * Finds them.
   *
   * @param model that read them
   * @param samples the rows that were evaluated, scaled as the model wants them
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
      int taken = evaluation.predicted(wrong[i]);
      found.add(
          new Row(
              wrong[i],
              label,
              taken,
              probabilities[i * classes + taken],
              probabilities[i * classes + label],
              grey(x, i * width, width, model.info().inputDivisor())));
    }
  }

  private static byte[] grey(float[] x, int at, int width, float divisor) {
    byte[] grey = new byte[width > MOST_VALUES ? 0 : width];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = (byte) Math.clamp(Math.round(x[at + i] * divisor), 0, 255);
    }
    return grey;
  }

  /** Sorting is stable, so that of equals the first row stays first. */
  private static void keepMostConfident(List<Row> found) {
    found.sort(Comparator.comparing(Row::probability).reversed());
    if (found.size() > MOST) {
      found.subList(MOST, found.size()).clear();
    }
  }

  /** Writes an object. */
  void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("total", total);
    json.writeNumberField("width", width);
    json.writeArrayFieldStart("rows");
    for (Row row : rows) {
      json.writeStartObject();
      json.writeNumberField("row", row.row());
      json.writeNumberField("label", row.label());
      json.writeNumberField("read", row.read());
      json.writeNumberField("probability", row.probability());
      json.writeNumberField("labelProbability", row.labelProbability());
      json.writeBinaryField("values", row.values());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
