package lanewise.run;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A complete epoch: a line of {@code history.csv}.
 *
 * @param epoch from 1
 * @param loss summed over the training rows after the epoch: cross-entropy in nats, or squared
 *     errors
 * @param score on the training rows after the epoch: accuracy, 0 to 1, or R2, at most 1
 * @param seconds that the epoch took, its evaluation included
 * @param testScore on the test rows after the epoch, if they were evaluated
 * @param validation on the validation rows after the epoch, if there are any
 */
public record EpochResult(
    int epoch,
    double loss,
    double score,
    double seconds,
    OptionalDouble testScore,
    Optional<Validation> validation) {
  /**
   * The figures of validation rows.
   *
   * @param loss summed over the rows
   * @param score accuracy or R2
   */
  public record Validation(double loss, double score) {}
}
