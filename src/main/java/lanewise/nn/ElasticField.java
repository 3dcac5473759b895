package lanewise.nn;

import lanewise.random.RowRandom;

/**
 * Smooth random displacements along one axis, for elastic distortions: noise, smoothed with a
 * Gaussian (Simard, Steinkraus and Platt, Best practices for convolutional neural networks applied
 * to visual document analysis, 2003).
 *
 * <p>The field is much larger than an image. Each image cuts two windows out of it, one for each
 * axis, which gives billions of pairs for the price of one field. Sums of integers smooth it, so
 * that any machine computes the same bits.
 */
final class ElasticField {
  /** Bits after the binary point of a displacement. */
  static final int FRACTION_BITS = 16;

  /** Root mean square of the displacements, in pixels. */
  private static final double RMS = 0.8;

  /**
   * A mean over w pixels has the variance (w^2 - 1) / 12. Four of these, along each axis, are close
   * to a Gaussian with a standard deviation of 4 pixels.
   */
  private static final int BOX = 7;

  private static final int BOXES = 4;

  /** The row of the random numbers; epochs, which use the same seed, are not negative. */
  private static final int ROW = -1;

  private final int size;
  private final int[] displacements;
  private final int largest;

  /** Draws a field of {@code size} x {@code size} displacements; the size is at least 8. */
  ElasticField(int size, long seed) {
    this.size = size;
    this.displacements = noise(size * size, seed);
    int[] other = new int[size * size];
    for (int i = 0; i < BOXES; i++) {
      sumAndTranspose(displacements, other);
      sumAndTranspose(other, displacements);
    }
    this.largest = normalize(displacements);
  }

  /** Displacements per side. */
  int size() {
    return size;
  }

  /** The displacements in pixels, times 2^FRACTION_BITS: size x size, not a copy. */
  int[] displacements() {
    return displacements;
  }

  /** The largest absolute value of the displacements. */
  int largest() {
    return largest;
  }

  /** Returns {@code n} uniform values from -128 to 127: a sum of 7^8 of them fits into an int. */
  private static int[] noise(int n, long seed) {
    RowRandom random = new RowRandom();
    random.restart(seed, ROW);
    int[] noise = new int[n];
    long bits = 0;
    for (int i = 0; i < n; i++) {
      bits = i % Long.BYTES == 0 ? random.nextLong() : bits >>> Byte.SIZE;
      noise[i] = (byte) bits;
    }
    return noise;
  }

  /**
   * Replaces each value by the sum of the BOX values of its row that end with it, and exchanges
   * rows and columns. The ends of a row meet, so that all values have the same distribution.
   */
  private void sumAndTranspose(int[] from, int[] to) {
    for (int row = 0; row < size; row++) {
      int start = row * size;
      int sum = 0;
      for (int i = size - BOX; i < size; i++) {
        sum += from[start + i];
      }
      for (int i = 0; i < BOX; i++) {
        sum += from[start + i] - from[start + size - BOX + i];
        to[i * size + row] = sum;
      }
      for (int i = BOX; i < size; i++) {
        sum += from[start + i] - from[start + i - BOX];
        to[i * size + row] = sum;
      }
    }
  }

  /** Scales the values to a mean of 0 and to RMS; returns the largest absolute value. */
  private static int normalize(int[] values) {
    long sum = 0;
    for (int value : values) {
      sum += value;
    }
    double mean = (double) sum / values.length;
    double squares = 0;
    for (int value : values) {
      squares += (value - mean) * (value - mean);
    }
    double scale = RMS * (1 << FRACTION_BITS) / Math.sqrt(squares / values.length);
    int largest = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = (int) Math.round((values[i] - mean) * scale);
      largest = Math.max(largest, Math.abs(values[i]));
    }
    return largest;
  }
}
