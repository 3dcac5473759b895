package lanewise.kernel;

import java.nio.ByteBuffer;
import lanewise.io.Sha256;

/** Passes floats to a check of a function, some thousand at a time. */
final class FloatSweep {
  /** Prime, so that the lowest bits of the samples take all values. */
  private static final long STRIDE = 997;

  private static final int SHORT_STRIDE = 31;

  private static final int NEIGHBOURS = 3000;

  /** Checks a function of the first floats of an array. */
  @FunctionalInterface
  interface Check {
    void check(float[] x, int count);
  }

  /** A function of one float. */
  @FunctionalInterface
  interface Function {
    float of(float x);
  }

  private final Check check;
  private final float[] x = new float[1 << 12];
  private int count;

  FloatSweep(Check check) {
    this.check = check;
  }

  /**
   * The SHA-256 of a function's results for a sample of all floats, for many from 1/64 to 128, of
   * both signs, and for the neighbours of points. It changes with the last bit of any coefficient,
   * even if that is seen in the results of few floats only.
   */
  static String hash(Function function, float... points) {
    Sha256 hash = new Sha256();
    FloatSweep sweep =
        new FloatSweep(
            (x, count) -> {
              ByteBuffer bits = ByteBuffer.allocate(count * Float.BYTES);
              for (int i = 0; i < count; i++) {
                bits.putInt(Float.floatToIntBits(function.of(x[i])));
              }
              hash.add(bits.flip());
            });
    sweep.all();
    int last = Float.floatToIntBits(128);
    for (int bits = Float.floatToIntBits(1f / 64); bits < last; bits += SHORT_STRIDE) {
      sweep.add(Float.intBitsToFloat(bits));
      sweep.add(-Float.intBitsToFloat(bits));
    }
    for (float point : points) {
      sweep.around(point);
    }
    return hash.hex();
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
