package lanewise.run;

import java.nio.file.Path;
import java.util.OptionalDouble;
import lanewise.nn.Evaluation;
import lanewise.table.Target;

/**
 * The result of a completed run.
 *
 * @param score on the test rows: accuracy, 0 to 1, or R2, at most 1
 * @param rmse of a regression: the root of the mean squared error, in the label's units; empty for
 *     a classification
 * @param weightsSha256 of all parameters
 */
public record RunResult(double score, OptionalDouble rmse, String weightsSha256) {
  /**
   * Reads the summary in a directory.
   *
   * @throws RunException if it is missing or damaged
   */
  static RunResult read(Path directory) throws RunException {
    JsonObject json = JsonObject.read(directory.resolve(Summary.FILE_NAME));
    String sha256 = json.text("weights.sha256");
    return json.has("test.r2")
        ? new RunResult(json.real("test.r2"), OptionalDouble.of(json.real("test.rmse")), sha256)
        : new RunResult(json.real("test.accuracy"), OptionalDouble.empty(), sha256);
  }

  /** The result that a summary describes. */
  public static RunResult of(Summary summary) {
    Evaluation test = summary.test();
    OptionalDouble rmse =
        test.isRegression()
            ? OptionalDouble.of(rmse(test, summary.settings()))
            : OptionalDouble.empty();
    return new RunResult(test.score(), rmse, summary.weightsSha256());
  }

  /** In the label's units. */
  static double rmse(Evaluation evaluation, Settings settings) {
    return ((Target.Value) settings.target()).unscaleDifference(evaluation.rmse());
  }
}
