package lanewise.sweep;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import lanewise.run.JsonObject;
import lanewise.run.RunException;
import lanewise.run.Summary;

/**
 * The result of a run of a sweep.
 *
 * @param number of the point, from 1
 * @param values of the grid's options
 * @param regression whether the scores are R2, not accuracies; false for a run that diverged
 * @param epochs completed ones
 * @param trainLoss over the training rows; null without epochs
 * @param trainScore accuracy, 0 to 1, or R2, on the training rows; null without epochs
 * @param validationScore on the validation rows; null without these
 * @param testScore on the test rows; null if the run diverged
 * @param testRmse of a regression, in the label's units; else null
 * @param seconds that the run took
 * @param sha256 of the weights; empty if the run diverged
 * @param problem why there is no network, one sentence; empty if there is one
 * @param command that repeats the run alone, for a POSIX shell
 */
public record SweepRow(
    int number,
    List<String> values,
    boolean regression,
    int epochs,
    Double trainLoss,
    Double trainScore,
    Double validationScore,
    Double testScore,
    Double testRmse,
    double seconds,
    String sha256,
    String problem,
    String command)
    implements Serializable {
  public SweepRow {
    values = List.copyOf(values);
  }

  /**
   * The row of a completed run.
   *
   * @param directory of the run
   * @throws RunException if its summary is missing or damaged
   */
  static SweepRow read(SweepPoint point, Path directory) throws RunException {
    JsonObject summary = JsonObject.read(directory.resolve(Summary.FILE_NAME));
    boolean regression = summary.has("test.r2");
    String score = regression ? ".r2" : ".accuracy";
    String epochs = summary.has("ending.epochs") ? "ending.epochs" : "settings.epochs";
    return new SweepRow(
        point.number(),
        point.values(),
        regression,
        (int) summary.integer(epochs, 0, Integer.MAX_VALUE),
        optional(summary, "training.loss"),
        optional(summary, "training" + score),
        optional(summary, "validation" + score),
        summary.real("test" + score),
        regression ? summary.real("test.rmse") : null,
        summary.real("seconds"),
        summary.text("weights.sha256"),
        "",
        point.command());
  }

  private static Double optional(JsonObject summary, String path) throws RunException {
    return summary.has(path) ? Double.valueOf(summary.real(path)) : null;
  }

  /**
   * The row of a run that diverged.
   *
   * @param epochs completed before
   * @param problem one sentence
   */
  static SweepRow diverged(SweepPoint point, int epochs, double seconds, String problem) {
    return new SweepRow(
        point.number(),
        point.values(),
        false,
        epochs,
        null,
        null,
        null,
        null,
        null,
        seconds,
        "",
        problem,
        point.command());
  }

  /** Whether the run has no network. */
  public boolean failed() {
    return !problem.isEmpty();
  }

  /** The score to choose by: on the validation rows or, without these, on the test rows. */
  public Double score() {
    return validationScore == null ? testScore : validationScore;
  }

  /** Whether this run is to be preferred to another, which may be null. */
  public boolean isBetterThan(SweepRow other) {
    return !failed() && (other == null || score() > other.score());
  }
}
