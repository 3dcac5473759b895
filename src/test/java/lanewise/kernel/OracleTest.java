package lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the oracle with sums in double, within a derived error bound. */
class OracleTest {
  private static final Kernels SCALAR = Kernels.scalar();

  private final Bound bound = new Bound();

  @ParameterizedTest
  @CsvSource({"1,1,1", "3,5,2", "7,10,31", "64,256,784", "64,10,128", "2,3,3000"})
  void forward(int m, int n, int k) {
    Random random = new Random(m + n + k);
    Guarded x = Guarded.random(random, m, k, Values.PLAIN);
    Guarded w = Guarded.random(random, k, n, Values.PLAIN);
    Guarded bias = Guarded.random(random, 1, n, Values.PLAIN);
    Guarded z = Guarded.random(random, m, n, Values.PLAIN);
    Guarded y = z.copy();
    Guarded t = z.copy();
    Calls.forward(SCALAR, x, w, bias, z, Transfer.IDENTITY);
    Calls.forward(SCALAR, x, w, bias, y, Transfer.RELU);
    Calls.forward(SCALAR, x, w, bias, t, Transfer.TANH);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        sumForward(x, w, i, j);
        bound.scaleAndAdd(1, bias.get(0, j));
        bound.check(z.get(i, j), "forward", i, j);
        assertEquals(Math.max(z.get(i, j), 0), y.get(i, j), "ReLU");
        assertEquals(StrictMath.tanh(z.get(i, j)), t.get(i, j), 2 * 0x1p-24, "tanh");
      }
    }
  }

  private void sumForward(Guarded x, Guarded w, int i, int j) {
    bound.start();
    for (int p = 0; p < x.cols; p++) {
      bound.add(x.get(i, p), w.get(p, j));
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "3,5,2", "7,10,31", "64,10,128", "64,128,256"})
  void backward(int m, int n, int k) {
    Random random = new Random(m + n + k);
    Guarded dz = Guarded.random(random, m, n, Values.PLAIN);
    Guarded w = Guarded.random(random, k, n, Values.PLAIN);
    Guarded y = Guarded.random(random, m, k, Values.SMALL);
    Guarded dx = Guarded.random(random, m, k, Values.PLAIN);
    Guarded slopes = dx.copy();
    Guarded sums = dx.copy();
    Calls.backward(SCALAR, dz, w, y, dx, Transfer.RELU);
    Calls.backward(SCALAR, dz, w, y, slopes, Transfer.TANH);
    Calls.backward(SCALAR, dz, w, y, sums, Transfer.IDENTITY);
    for (int i = 0; i < m; i++) {
      for (int p = 0; p < k; p++) {
        float value = y.get(i, p);
        bound.start();
        for (int j = 0; j < n; j++) {
          bound.add(dz.get(i, j), w.get(p, j));
        }
        bound.check(sums.get(i, p), "backward", i, p);
        assertEquals(Math.fma(-value, value, 1) * sums.get(i, p), slopes.get(i, p), "tanh");
        if (value > 0) {
          assertEquals(sums.get(i, p), dx.get(i, p), "ReLU");
        } else {
          assertEquals(0f, dx.get(i, p), "masked");
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "3,5,2", "7,10,31", "64,10,128", "64,256,784"})
  void update(int m, int n, int k) {
    Random random = new Random(m + n + k);
    Guarded x = Guarded.random(random, m, k, Values.PLAIN);
    Guarded dz = Guarded.random(random, m, n, Values.PLAIN);
    Guarded w = Guarded.random(random, k, n, Values.PLAIN);
    Guarded bias = Guarded.random(random, 1, n, Values.PLAIN);
    Guarded before = w.copy();
    Guarded biasBefore = bias.copy();
    float step = 0.37f;
    Calls.update(SCALAR, x, dz, w, Step.descent(step));
    Calls.updateBias(SCALAR, dz, bias, Step.descent(step));
    for (int j = 0; j < n; j++) {
      for (int p = 0; p < k; p++) {
        bound.start();
        for (int i = 0; i < m; i++) {
          bound.add(x.get(i, p), dz.get(i, j));
        }
        bound.scaleAndAdd(-step, before.get(p, j));
        bound.check(w.get(p, j), "update", p, j);
      }
      bound.start();
      for (int i = 0; i < m; i++) {
        bound.add(1, dz.get(i, j));
      }
      bound.scaleAndAdd(-step, biasBefore.get(0, j));
      bound.check(bias.get(0, j), "updateBias", 0, j);
    }
  }

  /** All terms are between 1/4 and 1, so dropping any one exceeds the bound. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 31, 784})
  void theBoundRejectsZerosAndOneDroppedTerm(int k) {
    Random random = new Random(k);
    Guarded x = Guarded.random(random, 2, k, Values.PLAIN);
    Guarded w = Guarded.random(random, k, 3, Values.PLAIN);
    for (Guarded matrix : new Guarded[] {x, w}) {
      for (int i = 0; i < matrix.rows; i++) {
        for (int j = 0; j < matrix.cols; j++) {
          float value = matrix.get(i, j);
          matrix.set(i, j, Math.copySign(0.5f + 0.5f * Math.abs(value), value));
        }
      }
    }
    Guarded bias = Guarded.random(random, 1, 3, Values.PLAIN);
    Guarded y = Guarded.random(random, 2, 3, Values.PLAIN);
    for (int dropped = 0; dropped < k; dropped += 1 + k / 7) {
      Guarded without = x.copy();
      without.set(1, dropped, 0);
      Calls.forward(SCALAR, without, w, bias, y, Transfer.IDENTITY);
      for (int j = 0; j < 3; j++) {
        sumForward(x, w, 0, j);
        bound.scaleAndAdd(1, bias.get(0, j));
        assertTrue(bound.allows(y.get(0, j)), "the whole sum");
        assertFalse(bound.allows(0), "zero for " + bound.sum());
        sumForward(x, w, 1, j);
        bound.scaleAndAdd(1, bias.get(0, j));
        assertFalse(bound.allows(y.get(1, j)), "without term " + dropped);
      }
    }
  }

  /**
   * The exponential is off by at most 2 ulp, the n additions and the quotient by half an ulp each.
   */
  @ParameterizedTest
  @CsvSource({"1,1", "5,2", "9,10", "3,100"})
  void softmaxAndItsLoss(int m, int n) {
    Random random = new Random(m + n);
    Guarded z = Guarded.random(random, m, n, Values.PLAIN);
    int[] labels = new int[m];
    for (int i = 0; i < m; i++) {
      labels[i] = random.nextInt(n);
      for (int j = 0; j < n; j++) {
        z.set(i, j, 10 * z.get(i, j));
      }
    }
    Guarded probabilities = z.copy();
    assertTrue(Calls.softmax(SCALAR, probabilities));
    Guarded delta = z.copy();
    assertTrue(Calls.softmaxDelta(SCALAR, delta, labels, 0, 0));
    double[] loss = new double[m];
    Calls.crossEntropy(SCALAR, z.copy(), labels, 0, loss, 0);
    for (int i = 0; i < m; i++) {
      double sum = 0;
      for (int j = 0; j < n; j++) {
        sum += Math.exp(z.get(i, j));
      }
      // Subtracting the maximum rounds too, by 2^-24 of at most 20, and exp propagates that.
      double relative = (n + 5 + 20) * 0x1p-24;
      for (int j = 0; j < n; j++) {
        double expected = Math.exp(z.get(i, j)) / sum;
        float p = probabilities.get(i, j);
        assertEquals(expected, p, relative * expected);
        assertEquals(labels[i] == j ? p - 1 : p, delta.get(i, j));
      }
      double expected = Math.log(sum) - z.get(i, labels[i]);
      assertEquals(expected, loss[i], relative);
    }
  }

  /** A delta rounds once after the probability, which is off as above, and its target. */
  @ParameterizedTest
  @CsvSource({"1,1,0.5", "5,2,0.1", "9,10,0.1", "3,100,0.99", "4,17,1e-9"})
  void softmaxDeltaTowardsSmoothedLabels(int m, int n, double smoothing) {
    Random random = new Random(m + n);
    Guarded z = Guarded.random(random, m, n, Values.PLAIN);
    int[] labels = random.ints(m, 0, n).toArray();
    Guarded delta = z.copy();
    assertTrue(Calls.softmaxDelta(SCALAR, delta, labels, 0, smoothing));
    for (int i = 0; i < m; i++) {
      double sum = 0;
      for (int j = 0; j < n; j++) {
        sum += Math.exp(z.get(i, j));
      }
      double total = 0;
      for (int j = 0; j < n; j++) {
        double target = (labels[i] == j ? 1 - smoothing : 0) + smoothing / n;
        double probability = Math.exp(z.get(i, j)) / sum;
        double error = (n + 5 + 2) * 0x1p-24 * probability + 0x1p-23 * target;
        assertEquals(probability - target, delta.get(i, j), error);
        total += delta.get(i, j);
      }
      assertEquals(0, total, (n + 9) * 0x1p-22, "probabilities and target both have the sum 1");
    }
    delta.assertSameAs(delta, "softmaxDelta");
  }

  @ParameterizedTest
  @ValueSource(floats = {3e38f, 1e10f, -3e38f, Float.MAX_VALUE})
  void largeFiniteLogitsGiveAFiniteLoss(float large) {
    for (Kernels kernels : new Kernels[] {SCALAR, Kernels.simd()}) {
      float[] z = {large, -large, 0, 1};
      double[] loss = new double[1];
      int worst = large > 0 ? 1 : 0;
      kernels.crossEntropy(1, 4, z.clone(), 0, 4, new int[] {worst}, 0, loss, 0);
      assertEquals(2 * (double) Math.abs(large), loss[0], 1e-6 * Math.abs(large), kernels.name());
      assertTrue(kernels.softmaxDelta(1, 4, z, 0, 4, new int[] {worst}, 0, 0), kernels.name());
      assertEquals(-1f, z[worst]);
      assertEquals(1f, z[1 - worst]);
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void nonFiniteLogitsAreReported(float bad) {
    for (Kernels kernels : new Kernels[] {SCALAR, Kernels.simd()}) {
      for (int offset = 0; offset < 12; offset++) {
        float[] z = new float[24];
        z[offset] = bad;
        assertFalse(kernels.softmax(2, 12, z, 0, 12), kernels.name() + " column " + offset);
      }
    }
  }
}
