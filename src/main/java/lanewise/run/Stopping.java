package lanewise.run;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * When a run ends, and which of its epochs it keeps.
 *
 * @param validation the training rows that are not learnt from: below 1 their share of all, else
 *     their number, an integer; 0 for none
 * @param earlyStop the number of epochs without a lower validation loss after which training stops,
 *     and the weights of the best epoch are kept; 0 for never; needs validation rows
 * @param targetAccuracy the accuracy at which training stops, above 0, at most 1: of the validation
 *     rows or, without these, of the training rows
 */
public record Stopping(double validation, int earlyStop, OptionalDouble targetAccuracy) {
  /** After all epochs, with the weights of the last. */
  public static final Stopping NEVER = new Stopping(0, 0, OptionalDouble.empty());

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of range
   */
  public Stopping {
    if (!isValidation(validation)) {
      throw new IllegalArgumentException(
          "validation is a share below 1 or a number of rows, not " + validation);
    }
    if (earlyStop < 0 || earlyStop > 0 && validation == 0) {
      throw new IllegalArgumentException(
          "early stopping takes a number of epochs and validation rows, not %d and %s"
              .formatted(earlyStop, validation));
    }
    double target = targetAccuracy.orElse(1);
    if (!(target > 0 && target <= 1)) {
      throw new IllegalArgumentException(
          "a target accuracy is above 0 and at most 1, not " + target);
    }
  }

  /** Whether a number is a share or a number of rows. */
  public static boolean isValidation(double value) {
    return value >= 0 && value < 1
        || value == Math.rint(value) && value >= 1 && value <= Integer.MAX_VALUE;
  }

  /** Whether there are validation rows. */
  public boolean validates() {
    return validation > 0;
  }

  /** Adds what differs from {@link #NEVER}: see {@link Recipe#deviations}. */
  void addDeviations(Map<String, String> values) {
    if (validates()) {
      values.put(
          "validation",
          validation < 1 ? Double.toString(validation) : Long.toString((long) validation));
    }
    if (earlyStop > 0) {
      values.put("early-stop", Integer.toString(earlyStop));
    }
    targetAccuracy.ifPresent(target -> values.put("target-accuracy", Double.toString(target)));
  }

  /** Whether training may end before its last epoch. */
  boolean mayEndEarly() {
    return earlyStop > 0 || targetAccuracy.isPresent();
  }

  /**
   * The number of validation rows, a share being rounded.
   *
   * @param rows training rows before the split
   */
  long rows(int rows) {
    return Math.round(validation < 1 ? validation * rows : validation);
  }
}
