package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** How much the rows of a class count. */
class ClassWeightsTest {
  private static final Samples ROWS = TestRows.clusters(1, 64, 9, 3);

  private static Mlp trained(Samples samples, double rate, double smoothing, double... weights) {
    Mlp net = Mlp.glorot(2, 9, 7, 3);
    Trainer.builder(net)
        .batchSize(16)
        .learningRate(rate)
        .labelSmoothing(smoothing)
        .classWeights(weights)
        .threads(1)
        .build()
        .fit(samples, 3);
    return net;
  }

  private static Samples onlyOnes() {
    int[] ones = new int[16];
    Arrays.fill(ones, 1);
    float[] values = new float[16 * 9];
    ROWS.copyRows(0, 16, values, 0);
    return Samples.ofFloats(values, 9, ones);
  }

  /** Factors that are powers of two move from the weights to the rate without rounding. */
  @Test
  void equalWeightsAreAnotherRate() {
    String plain = trained(ROWS, 0.25, 0).sha256();
    assertEquals(plain, trained(ROWS, 0.25, 0, 1, 1, 1).sha256());
    assertEquals(plain, trained(ROWS, 0.0625, 0, 4, 4, 4).sha256());
    assertNotEquals(plain, trained(ROWS, 0.25, 0, 1, 2, 1).sha256());
  }

  @Test
  void rowsOfWeightZeroTeachNothing() {
    Samples onlyOnes = onlyOnes();
    String untouched = Mlp.glorot(2, 9, 7, 3).sha256();
    assertEquals(untouched, trained(onlyOnes, 0.1, 0.2, 1, 0, 1).sha256());
    assertNotEquals(untouched, trained(onlyOnes, 0.1, 0.2, 0, 1, 0).sha256());
  }

  /** A row has the weight of its label, also for the share of smoothing that other classes get. */
  @Test
  void withSmoothingTheRowIsWeighted() {
    Samples onlyOnes = onlyOnes();
    assertEquals(
        trained(onlyOnes, 0.25, 0.2).sha256(), trained(onlyOnes, 0.125, 0.2, 9, 2, 7).sha256());
  }

  @Test
  void lossesAreReportedWithoutWeights() {
    Mlp net = Mlp.glorot(2, 9, 7, 3);
    double[] loss = new double[1];
    Trainer.builder(net)
        .classWeights(5, 0, 1)
        .build()
        .fit(ROWS, 1, epoch -> loss[0] = epoch.loss());
    assertEquals(net.evaluate(ROWS).loss(), loss[0]);
  }

  @Test
  void balanced() {
    Samples samples = Samples.ofFloats(new float[6], 1, new int[] {0, 0, 0, 3, 0, 1});
    // 6 rows of 3 classes that occur: 6 / (3 * 4), 6 / (3 * 1), none, 6 / (3 * 1).
    assertArrayEquals(new double[] {0.5, 2, 0, 2}, samples.balancedWeights(4));
    assertArrayEquals(new double[] {0.5, 2, 0, 2, 0}, samples.balancedWeights(5));
    assertArrayEquals(new double[2], samples.first(0).balancedWeights(2));
    refused("3 weights do not fit labels of 4 classes", () -> samples.balancedWeights(3));
    refused(
        "-1 weights do not fit labels of 0 classes", () -> samples.first(0).balancedWeights(-1));
    Samples targets = TestRows.numbers(1, 5, 2, 1);
    assertThrows(IllegalStateException.class, () -> targets.balancedWeights(2));
  }

  /** One class has twenty times the rows of the other, and they overlap. */
  @Test
  void balancedWeightsFindMoreOfARareClass() {
    int rows = 840;
    float[] values = new float[rows];
    int[] labels = new int[rows];
    Random random = new Random(4);
    for (int i = 0; i < rows; i++) {
      labels[i] = i % 21 == 0 ? 1 : 0;
      values[i] = labels[i] * 1.5f + (float) random.nextGaussian();
    }
    Samples samples = Samples.ofFloats(values, 1, labels);
    double[] recalls = new double[2];
    for (int run = 0; run < 2; run++) {
      Mlp net = Mlp.glorot(1, 1, 2);
      Trainer.Builder settings = Trainer.builder(net).threads(1);
      if (run == 1) {
        settings.classWeights(samples.balancedWeights(2));
      }
      settings.build().fit(samples, 60);
      recalls[run] = net.evaluate(samples).recall(1);
    }
    assertTrue(recalls[0] < 0.3 && recalls[1] > 0.6, recalls[0] + " " + recalls[1]);
  }

  @Test
  void weightsOutOfRangeAreRefused() {
    Trainer.Builder builder = Trainer.builder(Mlp.glorot(2, 9, 7, 3));
    refused(
        "2 class weights do not fit a network 9-7-3, which has 3 outputs",
        () -> builder.classWeights(1, 2));
    refused("all class weights are 0", () -> builder.classWeights(0, 0, 0));
    String not = "a class weight is finite and at least 0, not ";
    refused(not + "-1.0", () -> builder.classWeights(1, -1, 1));
    refused(not + "NaN", () -> builder.classWeights(1, Double.NaN, 1));
    refused(not + "Infinity", () -> builder.classWeights(1, Double.POSITIVE_INFINITY, 1));
    refused(not + "1.0E39", () -> builder.classWeights(1, 1e39, 1));
  }

  private static void refused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
