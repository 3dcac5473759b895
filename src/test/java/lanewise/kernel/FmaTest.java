package lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The multiply-add of CPUs without the instruction has the bits of {@link Math#fma}: the
 * instruction here, BigDecimal in {@link FmaOfJvm}.
 */
class FmaTest {
  private static final int RANDOM = 5_000_000;

  private static void check(float a, float b, float c) {
    int expected = Float.floatToIntBits(Math.fma(a, b, c));
    int actual = Float.floatToIntBits(Fma.emulated(a, b, c));
    if (expected != actual) { // Millions of calls: no message unless it is needed.
      assertEquals(
          Float.intBitsToFloat(expected),
          Float.intBitsToFloat(actual),
          "%a * %a + %a".formatted(a, b, c));
    }
  }

  /** Limits of the format, and their neighbours, with both signs. */
  private static float[] hardValues() {
    List<Float> values = new ArrayList<>();
    float[] corners = {
      0,
      Float.MIN_VALUE,
      3 * Float.MIN_VALUE,
      Float.MIN_NORMAL,
      0x1p-75f, // Its square is the halfway case between zero and the smallest float.
      0x1p-63f,
      0x1p-24f,
      0x1p-23f,
      1,
      3,
      0x1.555556p-2f,
      0x1p23f,
      0x1p24f,
      0x1p64f,
      0x1p103f, // Half a unit in the last place of the next.
      Float.MAX_VALUE,
      Float.POSITIVE_INFINITY,
      Float.NaN
    };
    for (float corner : corners) {
      for (float value : new float[] {Math.nextDown(corner), corner, Math.nextUp(corner)}) {
        values.add(value);
        values.add(-value);
      }
    }
    float[] all = new float[values.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = values.get(i);
    }
    return all;
  }

  @Test
  void hardValuesInEveryCombination() {
    float[] values = hardValues();
    for (float a : values) {
      for (float b : values) {
        for (float c : values) {
          check(a, b, c);
        }
      }
    }
  }

  @Test
  void randomBits() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < RANDOM; i++) {
      check(any(random), any(random), any(random));
    }
  }

  private static float any(SplittableRandom random) {
    return Float.intBitsToFloat(random.nextInt());
  }

  /** Sums whose terms overlap: of random bits, most have one that hardly matters. */
  @Test
  void termsOfSimilarSize() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < RANDOM; i++) {
      int exponent = random.nextInt(-70, 60);
      float a = Math.scalb(mantissa(random), exponent);
      float b = Math.scalb(mantissa(random), random.nextInt(-60, 60) - exponent / 2);
      double product = (double) a * b;
      int near = Math.getExponent(product) + random.nextInt(-30, 31);
      check(a, b, Math.scalb(mantissa(random), near));
      check(a, b, (float) -product); // What is left is below the last place of either.
    }
  }

  private static float mantissa(SplittableRandom random) {
    float value = Float.intBitsToFloat(0x3f800000 | random.nextInt(1 << 23));
    return random.nextBoolean() ? value : -value;
  }

  /**
   * The product is half a unit in the last place of c, or a little more or less than that; c is any
   * finite number, subnormals and the largest too.
   */
  @Test
  void sumsNextToHalfwayCases() {
    SplittableRandom random = new SplittableRandom(3);
    int roundedTwice = 0;
    for (int i = 0; i < RANDOM; i++) {
      float c = Float.intBitsToFloat(random.nextInt(Float.floatToIntBits(Float.MAX_VALUE) + 1));
      c = random.nextBoolean() ? c : -c;
      int half = Math.getExponent((double) Math.ulp(c)) - 1;
      float a = Math.scalb(1 + random.nextInt(-3, 4) * 0x1p-23f, half / 2);
      float b = Math.scalb(1 - random.nextInt(-3, 4) * 0x1p-23f, half - half / 2);
      a = random.nextBoolean() ? a : -a;
      check(a, b, c);
      roundedTwice += (float) ((double) a * b + c) == Math.fma(a, b, c) ? 0 : 1;
    }
    assertTrue(roundedTwice > RANDOM / 20, "these cases tell the two apart: " + roundedTwice);
  }
}
