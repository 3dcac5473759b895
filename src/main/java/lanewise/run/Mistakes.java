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
 * @param width values per row; 0 if they are no picture
 * @param rows the most confident first
 */
public record Mistakes(int total, int width, List<Row> rows) {
  /** The number of rows to list. */
  private static final int MAX_ROWS = 40;

  /** Wider rows are listed without their values: 128 x 128 pixels are more than a thumbnail. */
  public static final int MAX_VALUES = 128 * 128;

  /**
   * A misclassified row.
   *
   * @param row index in the test set, from 0
   * @param label its true class
   * @param predicted the class that the network predicted
   * @param probability of the predicted class, 0 to 1
   * @param labelProbability probability of the true class, 0 to 1
   * @param values as grey bytes; empty if the rows are wider than a thumbnail, or of a table
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
    List<Integer> wrong = new ArrayList<>();
    for (int row = 0; row < samples.rows(); row++) {
      if (evaluation.predicted(row) != samples.label(row)) {
        wrong.add(row);
      }
    }
    // The sort is stable: of equally confident rows the first one stays first.
    wrong.sort(Comparator.comparing(evaluation::probability).reversed());
    // The inputs of a table are no picture.
    int width = model.info().encoding().isPresent() ? 0 : samples.width();
    float[] x = new float[samples.width()];
    List<Row> found = new ArrayList<>();
    for (int row : wrong.subList(0, Math.min(MAX_ROWS, wrong.size()))) {
      samples.copyRows(row, row + 1, x, 0);
      found.add(
          new Row(
              row,
              samples.label(row),
              evaluation.predicted(row),
              evaluation.probability(row),
              evaluation.labelProbability(row),
              grey(x, width > MAX_VALUES ? 0 : width, model.info().inputDivisor())));
    }
    return new Mistakes(wrong.size(), width, found);
  }

  private static byte[] grey(float[] x, int count, float divisor) {
    byte[] grey = new byte[count];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = (byte) Math.clamp(Math.round(x[i] * divisor), 0, 255);
    }
    return grey;
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
