package lanewise.nn;

/**
 * NumPy's legacy generator, {@code np.random.seed(s)}, {@code np.random.uniform} and {@code
 * np.random.standard_normal}, so that a seed gives the same initial weights in both.
 *
 * <p>MT19937: Matsumoto and Nishimura, Mersenne Twister, ACM Transactions on Modeling and Computer
 * Simulation 8 (1998), with the 32-bit initialisation that they published in 2002. Not thread-safe.
 */
final class NumpyRandom {
  private static final int SIZE = 624;
  private static final int SHIFT = 397;
  private static final int TWIST = 0x9908b0df;
  private static final int UPPER = 0x80000000;
  private static final int LOWER = 0x7fffffff;

  private final int[] state = new int[SIZE];
  private int next = SIZE;

  /** The second of a pair of normal values, if {@link #hasNormal}. */
  private double normal;

  private boolean hasNormal;

  /**
   * @param seed 0 to 2^32 - 1, as NumPy takes it
   * @throws IllegalArgumentException if the seed is out of range
   */
  NumpyRandom(long seed) {
    if (seed < 0 || seed > 0xffffffffL) {
      throw new IllegalArgumentException("a seed is 0 to 4294967295, not " + seed);
    }
    state[0] = (int) seed;
    for (int i = 1; i < SIZE; i++) {
      int last = state[i - 1];
      state[i] = 1812433253 * (last ^ (last >>> 30)) + i;
    }
  }

  /** Returns the next 32 random bits. */
  int nextBits() {
    if (next == SIZE) {
      for (int i = 0; i < SIZE; i++) {
        int y = (state[i] & UPPER) | (state[(i + 1) % SIZE] & LOWER);
        state[i] = state[(i + SHIFT) % SIZE] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : TWIST);
      }
      next = 0;
    }
    int y = state[next++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return y ^ (y >>> 18);
  }

  /** Returns a double in [0, 1) with 53 random bits, from two draws. */
  double nextDouble() {
    int high = nextBits() >>> 5;
    int low = nextBits() >>> 6;
    return (high * 67108864.0 + low) / 9007199254740992.0;
  }

  /** {@code np.random.uniform(low, high)}: {@code low + (high - low) * nextDouble()}. */
  double uniform(double low, double high) {
    return low + (high - low) * nextDouble();
  }

  /**
   * {@code np.random.standard_normal()}: a normal value of mean 0 and variance 1. Values come in
   * pairs, and every second call returns what the first has kept.
   *
   * <p>The polar method: Marsaglia and Bray, A convenient method for generating normal variables,
   * SIAM Review 6 (1964). The logarithm is {@link StrictMath}'s, so that the values are the same on
   * every machine; NumPy takes that of its C library, which may differ in the last bit.
   */
  double standardNormal() {
    if (hasNormal) {
      hasNormal = false;
      return normal;
    }
    double x1;
    double x2;
    double squares;
    do {
      x1 = uniform(-1, 1);
      x2 = uniform(-1, 1);
      squares = x1 * x1 + x2 * x2;
    } while (squares >= 1 || squares == 0);
    double factor = Math.sqrt(-2 * StrictMath.log(squares) / squares);
    normal = factor * x1;
    hasNormal = true;
    return factor * x2;
  }
}
