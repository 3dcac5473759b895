package lanewise.cli;

import java.util.List;
import lanewise.nn.Evaluation;
import lanewise.nn.Samples;
import lanewise.run.Decimals;
import lanewise.table.Target;

/**
 * How far the values that a regression predicts are from the true ones.
 *
 * @param name of the predicted column
 * @param rows number of rows
 * @param r2 coefficient of determination
 * @param rmse root of the mean squared error, in the column's units
 * @param meanAbsoluteError in the column's units
 */
record RegressionErrors(String name, int rows, double r2, double rmse, double meanAbsoluteError) {
  private static final int DIGITS = 5;

  /**
   * Measures them.
   *
   * @param evaluation of a network with one output
   * @param samples the rows that were evaluated
   * @param target the column
   */
  static RegressionErrors of(Evaluation evaluation, Samples samples, Target.Value target) {
    double sum = 0;
    for (int row = 0; row < samples.rows(); row++) {
      sum += Math.abs((double) evaluation.value(row, 0) - samples.target(row, 0));
    }
    return new RegressionErrors(
        target.name(),
        evaluation.rows(),
        evaluation.r2(),
        target.unscaleDifference(evaluation.rmse()),
        target.unscaleDifference(sum / samples.rows()));
  }

  /** As text for people. */
  List<String> lines() {
    return List.of(
        "R2: " + Decimals.fixed(r2, 4),
        "RMSE: " + Decimals.significant(rmse, DIGITS),
        "Mean absolute error: " + Decimals.significant(meanAbsoluteError, DIGITS));
  }

  /**
   * As a JSON object on one line: {@code data} (source, sha256), {@code rows}, {@code target} (the
   * column), {@code r2}, {@code rmse} and {@code meanAbsoluteError}.
   */
  String json(String source, String sha256) {
    return JsonLine.of(
        json -> {
          EvaluationJson.writeData(json, source, sha256);
          json.writeNumberField("rows", rows);
          json.writeStringField("target", name);
          json.writeNumberField("r2", r2);
          json.writeNumberField("rmse", rmse);
          json.writeNumberField("meanAbsoluteError", meanAbsoluteError);
        });
  }
}
