package lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The row-wise operations of the SIMD engine equal the oracle's in every bit. */
class RowParityTest {
  private static final Kernels SCALAR = Kernels.scalar();
  private static final Kernels SIMD = Kernels.simd();

  /**
   * Scales logits to cover all of the range of exp, from subnormal results to the largest finite.
   */
  private static void widen(Guarded z, Random random) {
    float scale = new float[] {1, 30, 120, 1e38f}[random.nextInt(4)];
    for (int i = 0; i < z.rows; i++) {
      for (int j = 0; j < z.cols; j++) {
        z.set(i, j, scale * z.get(i, j));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void updateBias(Values values) {
    Sizes.pairs(
        SIMD.lanes(),
        (m, n, unused, random) -> {
          Guarded dz = Guarded.random(random, m, n, values);
          Guarded bias = Guarded.random(random, 1, n, values);
          Guarded before = dz.copy();
          Guarded expected = bias.copy();
          Step step = Step.descent(random.nextFloat());
          Calls.updateBias(SCALAR, dz, expected, step);
          Calls.updateBias(SIMD, dz, bias, step);
          bias.assertSameAs(expected, "bias");
          expected.assertSameAs(expected, "the oracle's bias");
          dz.assertUntouched(before, "dz");
        });
  }

  @ParameterizedTest
  @EnumSource
  void softmax(Values values) {
    Sizes.pairs(
        SIMD.lanes(),
        (m, n, unused, random) -> {
          Guarded z = Guarded.random(random, m, n, values);
          widen(z, random);
          Guarded expected = z.copy();
          boolean finite = Calls.softmax(SCALAR, expected);
          assertEquals(finite, Calls.softmax(SIMD, z), "finite");
          z.assertSameAs(expected, "softmax");
          expected.assertSameAs(expected, "the oracle's softmax");
        });
  }

  @ParameterizedTest
  @EnumSource
  void softmaxDeltaAndCrossEntropy(Values values) {
    Sizes.pairs(
        SIMD.lanes(),
        (m, n, unused, random) -> {
          if (n == 0) {
            return; // There is no valid label.
          }
          Guarded z = Guarded.random(random, m, n, values);
          widen(z, random);
          int[] labels = labels(m, n, random);
          int[] labelsBefore = labels.clone();

          Guarded expected = z.copy();
          Guarded delta = z.copy();
          double smoothing = random.nextBoolean() ? 0 : random.nextDouble();
          boolean finite = Calls.softmaxDelta(SCALAR, expected, labels, 2, smoothing);
          assertEquals(finite, Calls.softmaxDelta(SIMD, delta, labels, 2, smoothing), "finite");
          delta.assertSameAs(expected, "delta");

          double[] expectedLoss = new double[m + 4];
          Arrays.fill(expectedLoss, -7);
          double[] loss = expectedLoss.clone();
          Guarded probabilities = z.copy();
          Calls.softmax(SCALAR, probabilities);
          Guarded replaced = z.copy();
          Calls.crossEntropy(SCALAR, replaced, labels, 2, expectedLoss, 3);
          replaced.assertSameAs(probabilities, "the oracle's probabilities");
          replaced = z.copy();
          Calls.crossEntropy(SIMD, replaced, labels, 2, loss, 3);
          replaced.assertSameAs(probabilities, "probabilities");
          assertArrayEquals(expectedLoss, loss);
          assertEquals(-7, loss[2], "before the losses");
          assertEquals(-7, loss[m + 3], "after the losses");
          assertArrayEquals(labelsBefore, labels);
        });
  }

  /** Labels from index 2 on; the elements around them are invalid. */
  private static int[] labels(int m, int n, Random random) {
    int[] labels = new int[m + 4];
    Arrays.fill(labels, -1);
    for (int i = 0; i < m; i++) {
      labels[2 + i] = random.nextInt(n);
    }
    return labels;
  }

  @Test
  void argMax() {
    float nan = Float.NaN;
    float low = Float.NEGATIVE_INFINITY;
    float high = Float.POSITIVE_INFINITY;
    float[][] rows = {
      {1, 2, 3},
      {3, 2, 1},
      {1, 3, 3},
      {-0f, 0f, -1},
      {nan, -5, -6},
      {-5, nan, -4},
      {nan, nan, nan},
      {low, low, low},
      {low, -Float.MAX_VALUE, low},
      {2, high, high},
    };
    int[] expected = {9, 2, 0, 1, 0, 1, 2, 0, 0, 1, 1, 9};
    float[] z = new float[1 + 4 * rows.length];
    Arrays.fill(z, high);
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, z, 1 + 4 * i, 3);
    }
    for (Kernels kernels : new Kernels[] {SCALAR, SIMD}) {
      int[] out = new int[rows.length + 2];
      Arrays.fill(out, 9);
      Calls.argMax(kernels, new Guarded(z, 1, rows.length, 3, 4), out, 1);
      assertArrayEquals(expected, out, kernels.name());
    }
  }
}
