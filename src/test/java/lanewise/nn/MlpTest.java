package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import lanewise.kernel.Kernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A network's shape, its initial weights, its predictions. */
class MlpTest {

  /** Hashes of the same networks made by NumPy: {@code sha256(parameters.astype('<f4'))}. */
  @ParameterizedTest
  @CsvSource({
    "42, 784-256-128-10, 4588aa25975900fd7cac86d517a403f8dd9a60b390fafbc62c2785736b5e3698",
    "1, 3-2, 4cd22043502ebccb4617ac6f935110d9afa364e4dd4ac4102fdb4072b4a4425a",
    "4294967295, 5-7-3-2, 52e77392ad343e037760746eea8d4839e9059e487f6927ad411900ce7694e130",
    "0, 1-1, 1b48b4d146ad829dcb02d8f2f9cbe32f99cfbb20e68ad7d265fc93983ebe956f",
  })
  void glorotWeightsAreNumpys(long seed, String shape, String sha256) {
    Mlp net = Mlp.glorot(seed, Shape.of(shape));
    assertEquals(shape, net.toString());
    assertEquals(sha256, net.sha256());
  }

  /** The same for He's; the third network's first layer ends within a pair of normal values. */
  @ParameterizedTest
  @CsvSource({
    "42, 784-256-128-10, cfcbd20597c0c9772756eedbcabce2245d1663c217e5abdf1e4ab1e7d49d66aa",
    "1, 3-2, 9aaed5861804d347b0724344c7a76725fc8c2b7a20c256c3e125870c0b45508a",
    "4294967295, 5-7-3-2, b0234afcd19021043852cfdba952d2fc02a84fc3ae9b5624d4b295c90014c142",
    "0, 1-1, b143131584878bb0027819b9054735a73af4fb6ee61c12c6da0a16c68e0119be",
  })
  void heWeightsAreNumpys(long seed, String shape, String sha256) {
    Mlp net = Mlp.he(seed, Shape.of(shape));
    assertEquals(shape, net.toString());
    assertEquals(sha256, net.sha256());
  }

  @Test
  void glorotWeightsStandWhereTheyBelong() {
    Mlp net = Mlp.glorot(42, 784, 256, 128, 10);
    float[] p = net.parameters();
    assertEquals(-0.01905872f, p[0], 1e-8f);
    assertEquals(0.06846842f, p[1], 1e-8f);
    assertEquals(0.0018805032f, p[783 * 256 + 255], 1e-9f);
    assertEquals(784 * 256, net.biasesOffset(0));
    assertEquals(785 * 256, net.weightsOffset(1));
    assertEquals(-0.00655964f, p[net.weightsOffset(1)], 1e-8f);
    assertEquals(3, net.layers());
    assertEquals(10, net.width(net.layers()));
  }

  @Test
  void theOperationsOfATrainingStepAreThoseOfItsProducts() {
    long forward = 2 * (784 * 256 + 256 * 128 + 128 * 10);
    long deltas = 2 * (256 * 128 + 128 * 10);
    assertEquals(2 * forward + deltas, Mlp.glorot(1, 784, 256, 128, 10).trainingFlop());
  }

  @Test
  void theHashIsOfLittleEndianFloats() {
    float[] some = {0f, -0f, 1f, -2.5f, Float.MIN_VALUE, Float.MAX_VALUE};
    assertEquals(
        "9a8d4acfc671847bcb9f3e02cfab7b623efc439f3ba1402eb288844218ceea8b",
        Mlp.of(some, 2, 2).sha256());
    float[] many = new float[10_000]; // More than the block that is hashed at once.
    for (int i = 0; i < many.length; i++) {
      many[i] = i;
    }
    String hash = Mlp.of(many, 9999, 1).sha256();
    assertEquals("042b8b3684f01a27d31442047abb51122d175ae97d5d6897ca0866c243f9dac8", hash);
    many[9999] = Math.nextUp(many[9999]);
    assertNotEquals(hash, Mlp.of(many, 9999, 1).sha256());
  }

  @ParameterizedTest
  @CsvSource({
    "5, a network has at least an input and an output size",
    "0-3, 'layer sizes are at least 1, not 0-3'",
    "3-0, 'layer sizes are at least 1, not 3-0'",
    "60000-60000, a network 60000-60000 has more parameters than an array can hold (2147483647)",
    "46340-46340-1, a network 46340-46340-1 has more parameters than an array can hold"
        + " (2147483647)",
    "2147483647-2147483647-2147483647, a network 2147483647-2147483647-2147483647 has more"
        + " parameters than an array can hold (2147483647)",
  })
  void badSizesAreRefused(String shape, String message) {
    int[] sizes = Shape.of(shape);
    assertRefused(message, () -> Mlp.glorot(1, sizes));
    assertRefused(message, () -> Mlp.he(1, sizes));
    assertRefused(message, () -> Mlp.of(new float[1], sizes));
  }

  @Test
  void negativeSizesAndNoneAreRefused() {
    assertRefused("layer sizes are at least 1, not 3--1-2", () -> Mlp.glorot(1, 3, -1, 2));
    assertRefused("a network has at least an input and an output size", () -> Mlp.glorot(1));
  }

  @Test
  void parametersMustFitTheSizes() {
    float[] eight = new float[8];
    assertSame(eight, Mlp.of(eight, 3, 2).parameters(), "kept, not copied");
    assertRefused("a network 3-2 has 8 parameters, not 7", () -> Mlp.of(new float[7], 3, 2));
    assertRefused("a network 3-2 has 8 parameters, not 9", () -> Mlp.of(new float[9], 3, 2));
  }

  private static void assertRefused(String message, Callable<Mlp> call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::call).getMessage());
  }

  @Test
  void laterChangesOfTheSizesDoNotReachTheNetwork() {
    int[] sizes = {3, 2};
    Mlp net = Mlp.glorot(1, sizes);
    sizes[0] = 9;
    assertEquals(3, net.inputs());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 64, 65, 200})
  void predictionsAreProbabilitiesAndAgreeWithTheEvaluator(int rows) {
    Samples samples = TestRows.digits(rows);
    Mlp net = Mlp.glorot(3, 784, 33, 10);
    float[] x = inputs(samples);
    float[] before = x.clone();
    float[] p = TestTraining.predict(net, Kernels.best(), x, rows);
    assertEquals(rows * 10, p.length);
    assertTrue(Arrays.equals(before, x), "the input is left alone");
    int[][] confusion = new int[10][10];
    double loss = 0;
    for (int row = 0; row < rows; row++) {
      int best = 0;
      double sum = 0;
      for (int j = 0; j < 10; j++) {
        sum += p[row * 10 + j];
        best = p[row * 10 + j] > p[row * 10 + best] ? j : best;
      }
      assertEquals(1, sum, 1e-6);
      confusion[samples.label(row)][best]++;
      loss -= Math.log(p[row * 10 + samples.label(row)]);
    }
    Evaluation evaluation = net.evaluate(samples);
    assertTrue(Arrays.deepEquals(confusion, evaluation.confusion()));
    assertEquals(loss, evaluation.loss(), 1e-6 * rows);
  }

  @ParameterizedTest
  @CsvSource({"784-256-128-10", "784-10", "784-33-26", "784-7-90-5-1"})
  void aBatchGivesTheBitsOfItsRowsOneByOneWithEveryEngine(String shape) {
    int rows = 131;
    Mlp net = Mlp.glorot(5, Shape.of(shape));
    float[] x = inputs(TestRows.digits(rows));
    int classes = net.outputs();
    float[] together = TestTraining.predict(net, Kernels.best(), x, rows);
    assertArrayEquals(bits(TestTraining.predict(net, Kernels.scalar(), x, rows)), bits(together));
    for (int row = 0; row < rows; row++) {
      float[] one = Arrays.copyOfRange(x, row * 784, (row + 1) * 784);
      int[] expected = bits(Arrays.copyOfRange(together, row * classes, (row + 1) * classes));
      assertArrayEquals(
          expected, bits(TestTraining.predict(net, Kernels.best(), one, 1)), "row " + row);
      assertArrayEquals(
          expected, bits(TestTraining.predict(net, Kernels.scalar(), one, 1)), "row " + row);
    }
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
    return bits;
  }

  @Test
  void predictRejectsArraysOfTheWrongLength() {
    Mlp net = Mlp.glorot(1, 3, 2);
    float[] out = new float[4];
    for (int rows : new int[] {-1, 3, Integer.MAX_VALUE}) {
      assertThrows(IllegalArgumentException.class, () -> net.predict(new float[9], rows, out));
    }
    assertEquals(
        "5 values and room for 4 outputs do not fit 2 rows of a network 3-2",
        assertThrows(
                IllegalArgumentException.class, () -> net.predict(new float[5], 2, new float[4]))
            .getMessage());
    for (int length : new int[] {0, 2, 4}) {
      String message = length + " values are not a row of a network 3-2";
      float[] row = new float[length];
      for (Executable call : new Executable[] {() -> net.predict(row), () -> net.classify(row)}) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
      }
    }
    assertThrows(NullPointerException.class, () -> net.predict(null));
    assertThrows(NullPointerException.class, () -> net.classify(null));
    assertThrows(NullPointerException.class, () -> net.predict(null, 0, out));
    assertThrows(NullPointerException.class, () -> net.predict(new float[3], 1, null));
    assertArrayEquals(new float[4], out);
  }

  @Test
  void batchAndSinglePredictionsAgree() {
    int rows = 131;
    Mlp net = Mlp.glorot(5, 784, 33, 10);
    float[] x = inputs(TestRows.digits(rows));
    float[] roomy = new float[rows * 10 + 3];
    Arrays.fill(roomy, -1);
    net.predict(x, rows, roomy);
    assertArrayEquals(new float[] {-1, -1, -1}, Arrays.copyOfRange(roomy, rows * 10, roomy.length));
    Evaluation evaluation = net.evaluate(TestRows.digits(rows));
    for (int row = 0; row < rows; row++) {
      float[] one = Arrays.copyOfRange(x, row * 784, (row + 1) * 784);
      float[] expected = Arrays.copyOfRange(roomy, row * 10, (row + 1) * 10);
      assertArrayEquals(bits(expected), bits(net.predict(one)));
      assertEquals(evaluation.predicted(row), net.classify(one));
    }
  }

  @Test
  void tiesArePredictedAsTheFirstClass() {
    Mlp net = Mlp.of(new float[] {0, 0, 0, 1, 2, 2}, 1, 3);
    assertEquals(1, net.classify(new float[] {7}));
  }

  @Test
  void aCopyHasItsOwnParameters() {
    Mlp net = Mlp.glorot(5, 4, 3, 2);
    Mlp copy = net.copy();
    assertEquals(net.sha256(), copy.sha256());
    net.parameters()[0]++;
    assertNotEquals(net.sha256(), copy.sha256());
  }

  @Test
  @Timeout(300)
  void sixtyFourThreadsMayPredictAtOnce() throws Exception {
    int threads = 64;
    int rows = 70;
    Mlp net = Mlp.glorot(3, 784, 65, 31, 10);
    float[] x = inputs(TestRows.digits(rows));
    float[] expected = TestTraining.predict(net, Kernels.scalar(), x, rows);
    String before = net.sha256();
    CyclicBarrier start = new CyclicBarrier(threads);
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> results = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int first = thread % rows;
        results.add(
            pool.submit(
                () -> {
                  start.await();
                  for (int i = 0; i < 50; i++) {
                    assertPrediction(expected, net, x, (first + i) % rows, 1);
                  }
                  // Other shapes at the same time.
                  assertPrediction(expected, net, x, first / 2, rows - first);
                  return null;
                }));
      }
      for (Future<?> result : results) {
        result.get();
      }
    }
    assertEquals(before, net.sha256());
  }

  private static void assertPrediction(float[] expected, Mlp net, float[] x, int row, int rows) {
    int count = Math.min(rows, x.length / 784 - row);
    float[] some = Arrays.copyOfRange(x, row * 784, (row + count) * 784);
    float[] p = TestTraining.predict(net, Kernels.best(), some, count);
    assertArrayEquals(Arrays.copyOfRange(expected, row * 10, (row + count) * 10), p);
  }

  private static float[] inputs(Samples samples) {
    float[] x = new float[samples.rows() * samples.width()];
    samples.copyRows(0, samples.rows(), x, 0);
    return x;
  }

  /** What a thread keeps for its next prediction must not keep the network. */
  @Test
  void aNetworkThatHasPredictedIsCollected() throws InterruptedException {
    WeakReference<Mlp> used = new WeakReference<>(predicting());
    for (int i = 0; i < 50 && used.get() != null; i++) {
      System.gc();
      Thread.sleep(20);
    }
    assertNull(used.get(), "the thread still holds the network");
  }

  private static Mlp predicting() {
    Mlp net = Mlp.glorot(1, 3, 2);
    net.predict(new float[3], 1, new float[2]);
    return net;
  }
}
