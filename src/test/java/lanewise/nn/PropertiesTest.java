package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import lanewise.kernel.Kernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Properties of every network, batch and data set. */
@Timeout(300)
class PropertiesTest {
  private static final int CASES = 100;
  private static final Kernels SCALAR = Kernels.scalar();
  private static final Kernels SIMD = Kernels.simd();

  @Test
  void enginesAndThreadsAgreeInEveryBit() {
    RandomCase.forEach(
        CASES,
        some -> {
          Mlp expected = some.net();
          Evaluation evaluation = some.train(expected, some.learningRate, Engine.SCALAR, 1);
          int threads = 1 + some.random.nextInt(5);
          for (Engine engine : new Engine[] {Engine.SCALAR, Engine.SIMD}) {
            Mlp net = some.net();
            Evaluation other = some.train(net, some.learningRate, engine, threads);
            assertSameBits(expected.parameters(), net.parameters());
            assertEquals(evaluation, other);
          }
          assertNotEquals(some.net().sha256(), expected.sha256(), "it learns");
          float[] x = some.x();
          int rows = some.samples.rows();
          assertSameBits(
              TestTraining.predict(expected, SCALAR, x, rows),
              TestTraining.predict(expected, SIMD, x, rows));
        });
  }

  @Test
  void permutingTheClassesPermutesTheOutputs() {
    RandomCase.forEach(
        CASES,
        some -> {
          Mlp net = some.net();
          int classes = net.outputs();
          int[] order = permutation(classes, some.random);
          Mlp permuted = permuteOutputs(net, order);
          int rows = some.samples.rows();
          float[] p = TestTraining.predict(net, SIMD, some.x(), rows);
          float[] q = TestTraining.predict(permuted, SIMD, some.x(), rows);
          for (int row = 0; row < rows; row++) {
            for (int j = 0; j < classes; j++) {
              // The sum of a softmax is taken in another order: a rounding for each class.
              float expected = p[row * classes + order[j]];
              assertEquals(expected, q[row * classes + j], classes * 0x1p-23 * expected);
            }
          }
          // The logits have no sum over the classes.
          assertSameBits(permuteColumns(logits(net, some), order), logits(permuted, some));
        });
  }

  private static float[] logits(Mlp net, RandomCase some) {
    float[] in = some.x();
    int rows = some.samples.rows();
    for (int layer = 0; layer < net.layers(); layer++) {
      float[] out = new float[rows * net.width(layer + 1)];
      net.layer(layer).forward(SIMD, rows, 0, in, out);
      in = out;
    }
    return in;
  }

  private static Mlp permuteOutputs(Mlp net, int[] order) {
    float[] parameters = net.parameters().clone();
    int from = net.weightsOffset(net.layers() - 1);
    float[] last = Arrays.copyOfRange(parameters, from, parameters.length); // Biases are a row.
    System.arraycopy(permuteColumns(last, order), 0, parameters, from, last.length);
    int[] sizes = new int[net.layers() + 1];
    Arrays.setAll(sizes, net::width);
    return Mlp.of(parameters, sizes);
  }

  private static float[] permuteColumns(float[] matrix, int[] order) {
    float[] permuted = new float[matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      int row = i / order.length * order.length;
      permuted[i] = matrix[row + order[i - row]];
    }
    return permuted;
  }

  private static int[] permutation(int count, Random random) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      order.add(i);
    }
    Collections.shuffle(order, random);
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  @Test
  void aBatchEqualsItsRowsOneByOne() {
    RandomCase.forEach(
        CASES,
        some -> {
          Mlp net = some.net();
          float[] x = some.x();
          float[] together = TestTraining.predict(net, SIMD, x, some.samples.rows());
          for (int row = 0; row < some.samples.rows(); row++) {
            int width = net.inputs();
            float[] alone = Arrays.copyOfRange(x, row * width, (row + 1) * width);
            int classes = net.outputs();
            assertSameBits(
                Arrays.copyOfRange(together, row * classes, (row + 1) * classes),
                TestTraining.predict(net, SIMD, alone, 1));
          }
        });
  }

  @Test
  void lossesAreNotNegativeAndProbabilitiesSumToOne() {
    RandomCase.forEach(
        CASES,
        some -> {
          Mlp net = some.net();
          float scale = some.random.nextBoolean() ? 1 : 1000; // So sure that the loss is near 0.
          for (int i = 0; i < net.parameters().length; i++) {
            net.parameters()[i] *= scale;
          }
          assertTrue(some.train(net, 0, Engine.SIMD, 1).loss() >= 0);
          int classes = net.outputs();
          float[] p = TestTraining.predict(net, SIMD, some.x(), some.samples.rows());
          for (int row = 0; row < some.samples.rows(); row++) {
            double sum = 0;
            for (int j = 0; j < classes; j++) {
              assertTrue(p[row * classes + j] >= 0 && p[row * classes + j] <= 1);
              sum += p[row * classes + j];
            }
            assertEquals(1, sum, 1e-6);
          }
        });
  }

  @Test
  void hugeLogitsHaveAFiniteSoftmaxAndLoss() {
    RandomCase.forEach(
        CASES,
        some -> {
          int n = some.sizes[0];
          float[] z = new float[n];
          for (int i = 0; i < n; i++) {
            double magnitude = Math.pow(10, some.random.nextInt(39));
            z[i] = (float) Math.clamp(magnitude * some.random.nextGaussian(), -3.4e38, 3.4e38);
          }
          int[] label = {some.random.nextInt(n)};
          for (Kernels kernels : new Kernels[] {SCALAR, SIMD}) {
            double[] loss = new double[1];
            kernels.crossEntropy(1, n, z.clone(), 0, n, label, 0, loss, 0);
            assertTrue(loss[0] >= 0 && loss[0] < Double.POSITIVE_INFINITY, () -> "" + loss[0]);
            float[] p = z.clone();
            assertTrue(kernels.softmax(1, n, p, 0, n));
            double sum = 0;
            for (float probability : p) {
              assertTrue(probability >= 0 && probability <= 1);
              sum += probability;
            }
            assertEquals(1, sum, 1e-6);
          }
        });
  }

  @Test
  void aDeadReluDoesNotChange() {
    int[] tried = new int[1];
    RandomCase.forEach(
        CASES,
        some -> {
          Mlp net = some.net();
          if (net.layers() == 1) {
            return;
          }
          tried[0]++;
          int layer = some.random.nextInt(net.layers() - 1);
          int unit = some.random.nextInt(net.width(layer + 1));
          net.parameters()[net.biasesOffset(layer) + unit] = -1e6f; // No input is as large.
          float[] before = weightsOf(net, layer, unit);
          float[] all = net.parameters().clone();
          some.train(net, some.learningRate, Engine.SIMD, 1 + some.random.nextInt(3));
          assertSameBits(before, weightsOf(net, layer, unit));
          assertTrue(!Arrays.equals(all, net.parameters()), "others learn");
        });
    assertTrue(tried[0] > CASES / 2);
  }

  /** What a unit reads, its bias, and what reads it. */
  private static float[] weightsOf(Mlp net, int layer, int unit) {
    int in = net.width(layer);
    int units = net.width(layer + 1);
    int next = net.width(layer + 2);
    float[] weights = new float[in + 1 + next];
    for (int i = 0; i < in; i++) {
      weights[i] = net.parameters()[net.weightsOffset(layer) + i * units + unit];
    }
    weights[in] = net.parameters()[net.biasesOffset(layer) + unit];
    int outgoing = net.weightsOffset(layer + 1) + unit * next;
    System.arraycopy(net.parameters(), outgoing, weights, in + 1, next);
    return weights;
  }

  @Test
  void learningRateZeroChangesNoBit() {
    RandomCase.forEach(
        CASES,
        some -> {
          for (Engine engine : new Engine[] {Engine.SCALAR, Engine.SIMD}) {
            Mlp net = some.net();
            some.train(net, 0, engine, 1 + some.random.nextInt(3));
            assertSameBits(some.net().parameters(), net.parameters());
          }
        });
  }

  private static void assertSameBits(float[] expected, float[] actual) {
    assertArrayEquals(bits(expected), bits(actual));
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
    return bits;
  }
}
