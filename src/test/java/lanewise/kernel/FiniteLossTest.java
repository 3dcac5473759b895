package lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Training stops at the step whose loss is not finite: the delta must report exactly those. */
class FiniteLossTest {
  private static final float MAX = Float.MAX_VALUE;
  private static final float[] VALUES = {
    Float.NEGATIVE_INFINITY, -MAX, -1, 0, MAX, Float.POSITIVE_INFINITY, Float.NaN
  };

  /** Rows shorter than a vector and without gaps take a path of their own. */
  private record Layout(Kernels kernels, int width, int ld) {}

  static Stream<Layout> layouts() {
    return Stream.of(Kernels.scalar(), Kernels.simd())
        .flatMap(
            kernels ->
                Stream.of(
                    new Layout(kernels, 3, 3),
                    new Layout(kernels, 3, 5),
                    new Layout(kernels, 35, 35)));
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void theDeltaReportsWhatTheLossSays(Layout layout) {
    for (float a : VALUES) {
      for (float b : VALUES) {
        for (float c : VALUES) {
          for (int label = 0; label < 3; label++) {
            check(layout, new float[] {a, b, c}, label);
          }
        }
      }
    }
  }

  /** The values are the last columns of the row, the others are -1, and another row is finite. */
  private static void check(Layout layout, float[] values, int label) {
    int n = layout.width;
    float[] z = new float[2 * layout.ld];
    Arrays.fill(z, -1);
    System.arraycopy(values, 0, z, n - 3, 3);
    int[] labels = {n - 3 + label, 0};
    double[] loss = new double[2];
    layout.kernels.crossEntropy(2, n, z.clone(), 0, layout.ld, labels, 0, loss, 0);
    boolean finite = layout.kernels.softmaxDelta(2, n, z, 0, layout.ld, labels, 0, 0);
    assertEquals(
        Double.isFinite(loss[0]),
        finite,
        () -> "%s, label %d: loss %s".formatted(Arrays.toString(values), label, loss[0]));
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void aLogitOfMinusInfinityGivesAnInfiniteLoss(Layout layout) {
    float[] z = new float[layout.ld];
    z[1] = Float.NEGATIVE_INFINITY;
    int[] labels = {1};
    double[] loss = new double[1];
    layout.kernels.crossEntropy(1, layout.width, z.clone(), 0, layout.ld, labels, 0, loss, 0);
    assertEquals(Double.POSITIVE_INFINITY, loss[0]);
    assertFalse(layout.kernels.softmaxDelta(1, layout.width, z, 0, layout.ld, labels, 0, 0));
  }
}
