package lanewise.nn;

import lanewise.random.RowRandom;

/**
 * Leaves out hidden units during training and divides the others by the share that is left, so that
 * predictions need no change (Srivastava et al., Dropout, Journal of Machine Learning Research 15,
 * 2014). Which units depends on seed, epoch, row and unit alone. Not thread-safe: each thread has
 * its own.
 */
final class Dropout {
  private static final int BITS = 32;

  /** An activation whose slope is 0: of tanh's values, 1. */
  private static final float SLOPELESS = 1;

  private final double[] shares;
  private final long seed;
  private final RowRandom random = new RowRandom();
  private final long[] keys;

  /**
   * @param shares that is left out of each hidden layer; empty for no dropout
   */
  Dropout(double[] shares, long seed) {
    this.shares = shares;
    this.seed = seed;
    this.keys = new long[shares.length];
  }

  /** Begins an epoch, whose number and the seed give each hidden layer another seed. */
  void begin(long number) {
    for (int layer = 0; layer < keys.length; layer++) {
      random.restart(~seed, number * keys.length + layer);
      keys[layer] = random.nextLong();
    }
  }

  /** What the values of a hidden layer are multiplied by; 1 without dropout. */
  float factor(int layer) {
    return shares.length == 0 ? 1 : (float) (1 / (1 - shares[layer]));
  }

  /**
   * Sets some outputs of a hidden layer to zero and scales the others.
   *
   * @param row whose outputs they are, in the samples
   * @param y the outputs, {@code n} from {@code offset} on
   * @param activations receives, at the same indices, the outputs as they were, and 1 for those
   *     left out: so tanh's slope is known, and 0 for these. ReLU's is known from the outputs too:
   *     then y itself
   */
  void apply(int layer, int row, float[] y, float[] activations, int offset, int n) {
    if (shares.length == 0 || shares[layer] == 0) {
      System.arraycopy(y, offset, activations, offset, activations == y ? 0 : n);
      return;
    }
    long below = (long) (shares[layer] * (1L << BITS));
    float factor = factor(layer);
    random.restart(keys[layer], row);
    for (int j = 0; j < n; j += 2) {
      long bits = random.nextLong();
      apply(bits >>> BITS < below, y, activations, offset + j, factor);
      if (j + 1 < n) {
        apply((bits & 0xffffffffL) < below, y, activations, offset + j + 1, factor);
      }
    }
  }

  private static void apply(boolean out, float[] y, float[] activations, int at, float factor) {
    if (activations != y) {
      activations[at] = out ? SLOPELESS : y[at];
    }
    y[at] = out ? 0 : y[at] * factor;
  }

  /** Scales the deltas of a hidden layer as its outputs were. */
  void scale(int layer, float[] deltas, int from, int to) {
    float factor = factor(layer);
    for (int i = from; i < to && factor != 1; i++) {
      deltas[i] *= factor;
    }
  }
}
