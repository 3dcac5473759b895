package lanewise.random;

/**
 * The random numbers of one row: SplitMix64 (Steele, Lea and Flood, Fast splittable pseudorandom
 * number generators, 2014), restarted for each seed and row, so that a row does not depend on the
 * rows drawn before it.
 */
public final class RowRandom {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final double TWO_TO_MINUS_53 = 0x1.0p-53;

  /** Mean of the sum of four uniform integers from 0 to 65535. */
  private static final double MEAN_SUM = 2 * 65535.0;

  /** Reciprocal of the standard deviation of the sum. */
  private static final double PER_DEVIATION = Math.sqrt(3) / 65536;

  private long state;

  /**
   * Restarts the sequence.
   *
   * @param seed of a data set, or whatever else has rows
   * @param row of these
   */
  public void restart(long seed, long row) {
    state = mix(mix(seed + GOLDEN_GAMMA) + row * GOLDEN_GAMMA);
  }

  /** Returns a uniform value in [0, 1). */
  public double uniform() {
    return (nextLong() >>> 11) * TWO_TO_MINUS_53;
  }

  /** Returns a uniform value in [low, high). */
  public double uniform(double low, double high) {
    return low + (high - low) * uniform();
  }

  /** Returns a uniform integer from 0 to bound - 1, for small bounds. */
  public int below(int bound) {
    return (int) ((nextLong() >>> 32) * bound >>> 32);
  }

  /**
   * Returns an approximately normal value of mean 0 and variance 1, within 3.5 of 0: the sum of
   * four 16-bit uniforms. The bounded tails keep every digit legible, and no logarithm is needed.
   */
  public double bell() {
    long bits = nextLong();
    long sum =
        (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48 & 0xFFFF);
    return (sum - MEAN_SUM) * PER_DEVIATION;
  }

  /** Returns the next 64 random bits. */
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
