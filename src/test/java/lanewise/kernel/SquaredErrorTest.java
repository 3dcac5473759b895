package lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The loss of a regression and its gradient. */
class SquaredErrorTest {
  static Stream<Kernels> engines() {
    return Stream.of(Kernels.scalar(), Kernels.simd());
  }

  @ParameterizedTest
  @MethodSource("engines")
  void byHand(Kernels kernels) {
    float[] y = {9, 1, 2, 9, -1, 5, 9};
    float[] t = {0, 2, 0, 5};
    double[] loss = {7, 7, 7, 7};
    kernels.squaredError(2, 2, y, 1, 3, t, 0, 2, loss, 1);
    assertArrayEquals(new double[] {7, (1 + 0) / 2.0, (1 + 0) / 2.0, 7}, loss);
    assertEquals(true, kernels.squaredDelta(2, 2, y, 1, 3, t, 0, 2));
    assertArrayEquals(new float[] {9, 1, 0, 9, -1, 0, 9}, y);
    float[] one = {3};
    assertEquals(true, kernels.squaredDelta(1, 1, one, 0, 1, new float[] {1}, 0, 1));
    assertEquals(4, one[0], "2 (y - t) / 1");
  }

  /** In float32, in this order. */
  @ParameterizedTest
  @MethodSource("engines")
  void everyShape(Kernels kernels) {
    Sizes.pairs(
        kernels.lanes(),
        (m, n, unused, random) -> {
          Guarded y = Guarded.random(random, m, n, Values.PLAIN);
          Guarded t = Guarded.random(random, m, n, Values.PLAIN);
          Guarded before = t.copy();
          Guarded expected = y.copy();
          double[] expectedLoss = new double[m];
          for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
              double error = (double) y.get(i, j) - t.get(i, j);
              expectedLoss[i] += error * error;
              expected.set(i, j, (y.get(i, j) - t.get(i, j)) * (2f / n));
            }
            expectedLoss[i] /= n;
          }
          double[] loss = new double[m];
          Guarded outputs = y.copy();
          Calls.squaredError(kernels, y, t, loss, 0);
          y.assertUntouched(outputs, "y");
          assertArrayEquals(expectedLoss, loss);
          assertEquals(true, Calls.squaredDelta(kernels, y, t));
          y.assertSameAs(expected, "delta");
          t.assertUntouched(before, "t");
        });
  }

  @ParameterizedTest
  @MethodSource("engines")
  void whatIsNotFiniteIsSaid(Kernels kernels) {
    float max = Float.MAX_VALUE;
    check(kernels, 1, 2, true);
    check(kernels, max, 1, true);
    check(kernels, -max / 2, max / 2, true);
    // The squared error, in double, would be finite.
    check(kernels, max, -max, false);
    check(kernels, Float.NaN, 0, false);
    check(kernels, Float.NEGATIVE_INFINITY, 0, false);
  }

  private static void check(Kernels kernels, float value, float target, boolean finite) {
    for (int at = 0; at < 6; at++) {
      float[] y = {1, 2, 3, 4, 5, 6};
      float[] t = {6, 5, 4, 3, 2, 1};
      y[at] = value;
      t[at] = target;
      assertEquals(finite, kernels.squaredDelta(2, 3, y, 0, 3, t, 0, 3), value + " at " + at);
    }
  }
}
