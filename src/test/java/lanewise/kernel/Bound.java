package lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * The error bound of a chain of floats: {@code (k + 2) * 2^-24 * sum |a||b|}.
 *
 * <p>Each of k fused multiply-adds rounds once, by at most 2^-24 of a partial sum, and no partial
 * sum exceeds sum |a||b|; the bias or the step adds at most two roundings (Higham, Accuracy and
 * Stability of Numerical Algorithms, 2002, section 3.1, to first order).
 */
final class Bound {
  private static final double UNIT = 0x1p-24;

  private int terms;
  private double sum;
  private double magnitude;

  /** Starts a new cell. */
  void start() {
    terms = 0;
    sum = 0;
    magnitude = 0;
  }

  void add(double a, double b) {
    terms++;
    sum += a * b;
    magnitude += Math.abs(a * b);
  }

  /** Sets the sum to {@code value + factor * sum}; does not count as a term. */
  void scaleAndAdd(double factor, double value) {
    sum = value + factor * sum;
    magnitude = Math.abs(value) + Math.abs(factor) * magnitude;
  }

  double sum() {
    return sum;
  }

  boolean allows(float actual) {
    return Math.abs(actual - sum) <= (terms + 2) * UNIT * magnitude;
  }

  void check(float actual, String what, int i, int j) {
    assertTrue(
        allows(actual),
        () ->
            "%s (%d,%d): %a is off by %g from %a, the bound is %g"
                .formatted(what, i, j, actual, actual - sum, sum, (terms + 2) * UNIT * magnitude));
  }
}
