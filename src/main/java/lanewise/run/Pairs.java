package lanewise.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lanewise.nn.Evaluation;
import lanewise.nn.Samples;
import lanewise.table.Target;

/**
 * True and predicted values of some test rows of a regression, for a picture: all rows, or as many
 * at equal distances.
 *
 * @param truth in the label's units
 * @param predicted in the same order and units
 */
public record Pairs(List<Double> truth, List<Double> predicted) {
  /** More points than a picture can show apart. */
  private static final int MAX = 1000;

  public Pairs {
    truth = List.copyOf(truth);
    predicted = List.copyOf(predicted);
  }

  /**
   * Chooses rows.
   *
   * @param samples that were evaluated
   * @param evaluation of a regression on them
   */
  public static Pairs of(Samples samples, Evaluation evaluation, Target.Value target) {
    int count = Math.min(MAX, samples.rows());
    List<Double> truth = new ArrayList<>();
    List<Double> predicted = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int row = (int) ((long) i * samples.rows() / count);
      truth.add(shortest(target.unscale(samples.target(row, 0))));
      predicted.add(shortest(target.unscale(evaluation.value(row, 0))));
    }
    return new Pairs(truth, predicted);
  }

  /** The double with as few digits as the float. */
  private static double shortest(float value) {
    return Double.parseDouble(Float.toString(value));
  }

  /** The fields of a JSON object. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("truth", truth);
    fields.put("predicted", predicted);
    return fields;
  }
}
