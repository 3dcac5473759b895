package lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The exponential over all floats. */
class ExpTest {
  static final float[] POINTS = {
    0f,
    Float.MIN_NORMAL,
    Float.MAX_VALUE,
    0.34657359f, // half of ln 2, where the range reduction steps
    1.0397208f,
    0.69314718f,
    88.72283f, // the last finite result
    Exp.MAX_INPUT,
    87.33654f, // the last normal result, for negative x
    103.27893f, // the last but one subnormal
    103.97208f, // the last non-zero result
    -Exp.MIN_INPUT,
  };

  private final FloatSweep sweep = new FloatSweep(ExpTest::check);

  @Test
  void allFloatsAreAccurateAndTheSameInBothEngines() {
    sweep.all();
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
        "36381debe0f26d6f6e7407da7f872141f8b418d201d0beb696e59feaf51ed7f7",
        FloatSweep.hash(Exp::exp, POINTS));
  }

  @Test
  void specialValuesAreExact() {
    assertEquals(1f, Exp.exp(0f));
    assertEquals(1f, Exp.exp(-0f));
    assertEquals(1f, Exp.exp(Float.MIN_VALUE));
    assertEquals(Float.POSITIVE_INFINITY, Exp.exp(Float.POSITIVE_INFINITY));
    assertEquals(Float.POSITIVE_INFINITY, Exp.exp(Float.MAX_VALUE));
    assertEquals(Float.POSITIVE_INFINITY, Exp.exp(88.73f));
    assertTrue(Float.isFinite(Exp.exp(88.72283f)));
    // assertEquals distinguishes +0 and -0.
    assertEquals(0f, Exp.exp(Float.NEGATIVE_INFINITY));
    assertEquals(0f, Exp.exp(-Float.MAX_VALUE));
    assertEquals(0f, Exp.exp(Math.nextDown(-104f)));
    assertEquals(Float.MIN_VALUE, Exp.exp(-103.9f));
    assertTrue(Float.isNaN(Exp.exp(Float.NaN)));
    assertTrue(Float.isNaN(Exp.exp(Float.intBitsToFloat(0xffa00001))));
  }

  @Test
  void anyOffsetAndLengthAndInPlace() {
    for (int length : Sizes.edges(Kernels.simd().lanes())) {
      for (Kernels kernels : new Kernels[] {Kernels.scalar(), Kernels.simd()}) {
        Guarded in = Guarded.random(new Random(length), 1, length, Values.PLAIN);
        Guarded out = Guarded.random(new Random(1), 1, length, Values.PLAIN);
        Guarded before = in.copy();
        Guarded expected = out.copy();
        for (int i = 0; i < length; i++) {
          expected.set(0, i, Exp.exp(in.get(0, i)));
        }
        kernels.exp(length, in.array, in.offset, out.array, out.offset);
        out.assertSameAs(expected, kernels.name());
        in.assertUntouched(before, "x");
        kernels.exp(length, in.array, in.offset, in.array, in.offset);
        in.assertSameAs(expected, kernels.name() + " in place");
      }
    }
  }

  private static void check(float[] x, int count) {
    float[] scalar = new float[count];
    float[] simd = new float[count];
    Kernels.scalar().exp(count, x, 0, scalar, 0);
    Kernels.simd().exp(count, x, 0, simd, 0);
    for (int i = 0; i < count; i++) {
      // The bits of floats of one sign are in order, up to infinity: one ulp is a difference of
      // one.
      int expected = Float.floatToIntBits((float) StrictMath.exp(x[i]));
      int actual = Float.floatToIntBits(scalar[i]);
      if (Math.abs(actual - expected) > 2) {
        fail(
            "exp(%a) is %a, %d ulp from %a"
                .formatted(x[i], scalar[i], actual - expected, Float.intBitsToFloat(expected)));
      }
      if (actual != Float.floatToIntBits(simd[i])) {
        fail("exp(%a) is %a, but %a in a vector".formatted(x[i], scalar[i], simd[i]));
      }
    }
  }
}
