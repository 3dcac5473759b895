package lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The hyperbolic tangent over all floats. */
class TanhTest {
  static final float[] POINTS = {
    0f,
    Float.MIN_NORMAL,
    Float.MAX_VALUE,
    3.4526698e-4f, // the last whose result is itself, about
    Tanh.SMALL, // where the polynomial ends
    9.010913f, // from here on 1, about
    52f, // half of where exp is 0
  };

  private final FloatSweep sweep = new FloatSweep(TanhTest::check);

  @Test
  void allFloatsAreAccurateAndTheSameInBothEngines() {
    sweep.all();
  }

  /** Every exponent, with the fractions at which a polynomial of few terms is at its worst too. */
  @Test
  void everyExponent() {
    for (int exponent = 0; exponent < 256; exponent++) {
      for (int fraction = 0; fraction < 1 << 23; fraction += (1 << 13) - 1) {
        float value = Float.intBitsToFloat(exponent << 23 | fraction);
        sweep.add(value);
        sweep.add(-value);
      }
    }
    sweep.finish();
  }

  @ParameterizedTest
  @FieldSource("POINTS")
  void aroundTheSpecialPoints(float point) {
    sweep.around(point);
  }

  /** Both engines could change alike: every trained weight would be another one. */
  @Test
  void noBitMayChange() {
    assertEquals(
        "4e18c1518b79382e5840e27e6a7b4226d947595246c2a6ba38b9dfc67a6e17a0",
        FloatSweep.hash(Tanh::tanh, POINTS));
  }

  @Test
  void specialValuesAreExact() {
    // assertEquals distinguishes +0 and -0.
    assertEquals(0f, Tanh.tanh(0f));
    assertEquals(0f, Tanh.tanh(-0f));
    assertEquals(Float.MIN_VALUE, Tanh.tanh(Float.MIN_VALUE));
    assertEquals(-Float.MIN_VALUE, Tanh.tanh(-Float.MIN_VALUE));
    for (float large : new float[] {9.1f, 52f, 1e30f, Float.MAX_VALUE, Float.POSITIVE_INFINITY}) {
      assertEquals(1f, Tanh.tanh(large));
      assertEquals(-1f, Tanh.tanh(-large));
    }
    assertTrue(Tanh.tanh(8.9f) < 1);
    assertTrue(Float.isNaN(Tanh.tanh(Float.NaN)));
    assertTrue(Float.isNaN(Tanh.tanh(Float.intBitsToFloat(0xffa00001))));
  }

  /** The sum of no terms is +0, so a layer without inputs is a function of its biases. */
  @Test
  void rowsOfAnyWidthAndDistance() {
    int lanes = Kernels.simd().lanes();
    for (int width :
        new int[] {0, 1, lanes - 1, lanes, lanes + 1, 2 * lanes + 3, 1023, 1025, 2050}) {
      for (int rows : new int[] {0, 1, 2, 5}) {
        Random random = new Random(width);
        Guarded bias = Guarded.random(random, 1, width, Values.PLAIN);
        Guarded nothing = Guarded.random(random, rows, 0, Values.PLAIN);
        Guarded weights = Guarded.random(random, 0, width, Values.PLAIN);
        for (Guarded y :
            new Guarded[] {
              Guarded.random(random, rows, width, Values.PLAIN), Guarded.tight(random, rows, width)
            }) {
          Guarded expected = y.copy();
          for (int i = 0; i < rows; i++) {
            for (int j = 0; j < width; j++) {
              expected.set(i, j, Tanh.tanh(bias.get(0, j)));
            }
          }
          for (Kernels kernels : new Kernels[] {Kernels.scalar(), Kernels.simd()}) {
            Calls.forward(kernels, nothing, weights, bias, y, Transfer.TANH);
            y.assertSameAs(expected, kernels.name());
          }
        }
      }
    }
  }

  private static void check(float[] x, int count) {
    float[] scalar = new float[count];
    float[] simd = new float[count];
    forward(Kernels.scalar(), x, scalar);
    forward(Kernels.simd(), x, simd);
    for (int i = 0; i < count; i++) {
      // The bits of positive floats are in order: one ulp is a difference of one.
      int expected = Float.floatToIntBits((float) StrictMath.abs(StrictMath.tanh(x[i])));
      int actual = Float.floatToIntBits(Math.abs(scalar[i]));
      if (Math.abs(actual - expected) > 2) {
        fail(
            "tanh(%a) is %a, %d ulp from %a"
                .formatted(x[i], scalar[i], actual - expected, Float.intBitsToFloat(expected)));
      }
      if (scalar[i] < 0 != x[i] < 0 || Tanh.tanh(-x[i]) != -scalar[i] && x[i] == x[i]) {
        fail("tanh(%a) is %a, but of the opposite %a".formatted(x[i], scalar[i], Tanh.tanh(-x[i])));
      }
      if (Float.floatToIntBits(scalar[i]) != Float.floatToIntBits(simd[i])) {
        fail("tanh(%a) is %a, but %a in a vector".formatted(x[i], scalar[i], simd[i]));
      }
    }
  }

  /** A layer without inputs, whose biases are x. */
  private static void forward(Kernels kernels, float[] x, float[] y) {
    float[] none = {};
    int count = y.length;
    kernels.forward(
        1, count, 0, none, 0, 0, none, 0, count, x, 0, y, 0, count, Transfer.TANH, false);
  }
}
