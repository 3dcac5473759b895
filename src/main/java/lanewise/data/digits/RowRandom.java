package lanewise.data.digits;

/**
 * The random numbers of one picture: SplitMix64, restarted for every (seed, row), so that a row's
 * numbers do not depend on which rows were drawn before it.
 */
final class RowRandom {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final double TWO_TO_MINUS_53 = 0x1.0p-53;

  /** Mean of four uniforms on 0..65535, and one over the standard deviation of their sum. */
  private static final double MEAN_SUM = 2 * 65535.0;

  private static final double PER_DEVIATION = Math.sqrt(3) / 65536;

  private long state;

  /** Restarts the sequence for row {@code row} of the digits that {@code seed} names. */
  void restart(long seed, long row) {
    state = mix(mix(seed + GOLDEN_GAMMA) + row * GOLDEN_GAMMA);
  }

  /** Uniform in [0, 1). */
  double uniform() {
    return (nextLong() >>> 11) * TWO_TO_MINUS_53;
  }

  /** Uniform in [low, high). */
  double uniform(double low, double high) {
    return low + (high - low) * uniform();
  }

  /** Uniform in 0..bound-1, for small bounds. */
  int below(int bound) {
    return (int) ((nextLong() >>> 32) * bound >>> 32);
  }

  /**
   * Mean 0, variance 1, never beyond 3.5: the sum of four 16-bit uniforms. The bounded tails keep
   * every picture readable, and no logarithm is needed.
   */
  double bell() {
    long bits = nextLong();
    long sum =
        (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48 & 0xFFFF);
    return (sum - MEAN_SUM) * PER_DEVIATION;
  }

  /** The next 64 random bits. */
  private long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
