package lanewise.kernel;

/** Passes floats to a check of a function, some thousand at a time. */
final class FloatSweep {
  /** Prime, so that the lowest bits of the samples take all values. */
  private static final long STRIDE = 997;

  private static final int NEIGHBOURS = 3000;

  /** Checks a function of the first floats of an array. */
  @FunctionalInterface
  interface Check {
    void check(float[] x, int count);
  }

  private final Check check;
  private final float[] x = new float[1 << 12];
  private int count;

  FloatSweep(Check check) {
    this.check = check;
  }

  /** A sample of all floats, NaN and infinities included. */
  void all() {
    for (long bits = 0; bits < 1L << 32; bits += STRIDE) {
      add(Float.intBitsToFloat((int) bits));
    }
    finish();
  }

  /** The neighbours of a point that is not negative, and their opposites. */
  void around(float point) {
    int bits = Float.floatToRawIntBits(point);
    for (int i = -NEIGHBOURS; i <= NEIGHBOURS; i++) {
      if (bits + i >= 0) {
        add(Float.intBitsToFloat(bits + i));
        add(-Float.intBitsToFloat(bits + i));
      }
    }
    finish();
  }

  void add(float value) {
    x[count++] = value;
    if (count == x.length) {
      finish();
    }
  }

  /** Checks those that are left. */
  void finish() {
    check.check(x, count);
    count = 0;
  }
}
