package lanewise.table;

/**
 * What numbers hold, those that are missing left out.
 *
 * @param min the smallest
 * @param max the largest
 * @param mean NaN if there is no number
 * @param deviation of the population
 */
record Statistics(float min, float max, double mean, double deviation) {
  /** Computes the mean first, then the deviation, both in double and in the order of the rows. */
  static Statistics of(float[] values) {
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    double sum = 0;
    long count = 0;
    for (float value : values) {
      if (!Float.isNaN(value)) {
        min = Math.min(min, value);
        max = Math.max(max, value);
        sum += value;
        count++;
      }
    }
    double mean = sum / count;
    double squares = 0;
    for (float value : values) {
      if (!Float.isNaN(value)) {
        squares += (value - mean) * (value - mean);
      }
    }
    return new Statistics(min, max, mean, Math.sqrt(squares / count));
  }

  /** Whether there are no two different numbers: -0 and 0 are the same. */
  boolean isConstant() {
    return min >= max;
  }

  /** Whether there is no number at all. */
  boolean isEmpty() {
    return min > max;
  }

  /** The deviation as a divisor: one that float32 can divide by, even of tiny numbers. */
  float divisor() {
    return Math.max((float) deviation, Float.MIN_NORMAL);
  }
}
