package lanewise.nn;

import java.util.Locale;
import java.util.Objects;

/**
 * The learning rate of each step, as a factor of the peak rate. It rises over the W steps of the
 * warm-up, {@code t / W} in step t = 1, 2, ..., and then follows {@link Shape} of {@code p = (t - 1
 * - W) / (T - W)}, with T the steps of all epochs.
 *
 * @param shape after the warm-up
 * @param warmup epochs, also fractions; finite, at least 0
 */
public record Schedule(Shape shape, double warmup) {
  /** The peak rate in every step. */
  public static final Schedule CONSTANT = new Schedule(Shape.CONSTANT, 0);

  /** How the rate goes on from the peak. */
  public enum Shape {
    /** As it is. */
    CONSTANT,
    /** {@code 1 - p}. */
    LINEAR,
    /** {@code (1 + cos(pi p)) / 2} (Loshchilov and Hutter, SGDR, 2017). */
    COSINE;

    /** Returns the name in lower case. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if {@code warmup} is out of range
   */
  public Schedule {
    Objects.requireNonNull(shape, "shape");
    if (!(warmup >= 0 && warmup < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "a warm-up is a finite number of epochs of at least 0, not " + warmup);
    }
  }

  /**
   * Returns the factor of a step.
   *
   * @param step from 1
   * @param stepsPerEpoch at least 1
   * @param epochs of the whole training
   * @return 0 to 1
   */
  public double factor(long step, int stepsPerEpoch, int epochs) {
    double warm = warmupSteps(stepsPerEpoch);
    if (step <= warm) {
      return step / warm;
    }
    double p = (step - 1 - warm) / Math.max(1, (double) stepsPerEpoch * epochs - warm);
    return switch (shape) {
      case CONSTANT -> 1;
      case LINEAR -> 1 - p;
      case COSINE -> 1 - squaredSine(Math.PI / 2 * p);
    };
  }

  /**
   * Returns the steps of the warm-up, in the last of which the rate is the highest.
   *
   * @param stepsPerEpoch at least 1
   * @return W, 0 or more; rounded, a half to the even number
   */
  public long warmupSteps(int stepsPerEpoch) {
    // As Python rounds, half to even.
    return (long) Math.rint(warmup * stepsPerEpoch);
  }

  /** For 0 to pi / 2, by the sine's series: StrictMath's functions allocate. */
  private static double squaredSine(double x) {
    double series = 1;
    for (int n = 22; n > 0; n -= 2) {
      series = 1 - x * x / (n * (n + 1)) * series;
    }
    return x * series * (x * series);
  }
}
