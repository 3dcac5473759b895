package lanewise.run;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A complete epoch: a line of {@code history.csv}.
 *
 * @param epoch from 1
 * @param loss summed over the training rows after the epoch, in nats
 * @param accuracy on the training rows after the epoch, 0 to 1
 * @param seconds that the epoch took, its evaluation included
 * @param testAccuracy on the test rows after the epoch, if they were evaluated
 * @param validation on the validation rows after the epoch, if there are any
 */
public record EpochResult(
    int epoch,
    double loss,
    double accuracy,
    double seconds,
    OptionalDouble testAccuracy,
    Optional<Validation> validation) {
  /**
   * The figures of validation rows.
   *
   * @param loss summed over the rows, in nats
   * @param accuracy 0 to 1
   */
  public record Validation(double loss, double accuracy) {}
}
