package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import lanewise.kernel.Kernels;
import lanewise.parallel.Workers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Loss, accuracy and confusion over some rows. */
class EvaluatorTest {
  @ParameterizedTest
  @CsvSource({"1", "2", "3", "7"})
  void resultsDoNotDependOnEngineOrThreads(int threads) {
    Mlp net = Mlp.glorot(2, 784, 33, 17, 10);
    Samples samples = TestRows.digits(1001);
    Evaluation expected = evaluate(Kernels.scalar(), 1, net, samples);
    for (Kernels kernels : new Kernels[] {Kernels.scalar(), Kernels.simd()}) {
      Evaluation actual = evaluate(kernels, threads, net, samples);
      assertEquals(expected, actual);
    }
  }

  private static Evaluation evaluate(Kernels kernels, int threads, Mlp net, Samples samples) {
    return TestTraining.evaluate(net, samples, kernels, threads);
  }

  /** From the second evaluation of the same rows on, their lists of non-zeros are kept. */
  @ParameterizedTest
  @CsvSource({"1", "3"})
  void rowsEvaluatedAgainAndAgainGiveTheSame(int threads) {
    Samples digits = TestRows.digits(1001);
    Samples others = digits.first(130);
    try (Workers workers = new Workers(threads);
        ListRoom room = new ListRoom()) {
      Evaluator evaluator = new Evaluator(Kernels.simd(), workers, room);
      for (int seed = 0; seed < 4; seed++) {
        Mlp net = Mlp.glorot(seed, 784, 33, 10);
        for (Samples samples : new Samples[] {digits, others}) {
          Evaluation expected = evaluate(Kernels.scalar(), 1, net, samples);
          assertEquals(expected, evaluator.evaluate(net, samples));
        }
      }
    }
  }

  /** A network without hidden layers whose weights copy its input. */
  @Test
  void aNetworkCheckedByHand() {
    Mlp copy = Mlp.of(new float[] {1, 0, 0, 1, 0, 0}, 2, 2);
    float[] x = {3, 1, 1, 3, 0, 5, 2, 2};
    Samples samples = Samples.ofFloats(x, 2, new int[] {0, 0, 1, 1});
    Evaluation evaluation = evaluate(Kernels.best(), 2, copy, samples);
    assertEquals(4, evaluation.rows());
    assertEquals(2, evaluation.correct(), "of equals, the first class is predicted");
    assertEquals(0.5, evaluation.accuracy());
    assertEquals("[[1, 1], [1, 1]]", Arrays.deepToString(evaluation.confusion()));
    double loss =
        Math.log(1 + Math.exp(-2))
            + Math.log(1 + Math.exp(2))
            + Math.log(1 + Math.exp(-5))
            + Math.log(2);
    assertEquals(loss, evaluation.loss(), 1e-6);
  }

  @Test
  void predictedClassesAgreeWithTheConfusionMatrix() {
    Mlp net = Mlp.glorot(2, 784, 33, 17, 10);
    Samples samples = TestRows.digits(1001);
    Evaluation evaluation = evaluate(Kernels.best(), 3, net, samples);
    int[][] confusion = evaluation.confusion();
    for (int row = 0; row < evaluation.rows(); row++) {
      confusion[samples.label(row)][evaluation.predicted(row)]--;
    }
    assertArrayEquals(new int[10][10], confusion);
  }

  @Test
  void noRowsGiveALossOfZero() {
    Samples none = TestRows.digits(3).first(0);
    Evaluation evaluation = evaluate(Kernels.best(), 2, Mlp.glorot(1, 784, 10), none);
    assertEquals(0, evaluation.rows());
    assertEquals(0, evaluation.loss());
    assertEquals(0, evaluation.accuracy());
  }

  @Test
  void rowsThatDoNotFitAreRefused() {
    Samples digits = TestRows.digits(50);
    for (Mlp net : new Mlp[] {Mlp.glorot(1, 783, 10), Mlp.glorot(1, 784, 9)}) {
      IllegalArgumentException refused =
          assertThrows(
              IllegalArgumentException.class, () -> evaluate(Kernels.best(), 1, net, digits));
      assertEquals(
          "rows of width 784 with 10 classes do not fit a network " + net, refused.getMessage());
    }
  }

  @Test
  void blocksThatNoArrayCanHoldAreRefused() {
    int wide = 1 << 25; // Of which 64 rows are 2^31.
    Mlp net = Mlp.of(new float[3 * wide + 1], 1, wide, 1);
    String message =
        "a batch of 64 rows of width 33554432 is more than an array can hold (2147483647)";
    Samples rows = Samples.ofFloats(new float[64], 1, new int[64]);
    Executable[] uses = {
      () -> evaluate(Kernels.best(), 1, net, rows),
      () -> net.predict(new float[64], 64, new float[64]),
    };
    for (Executable use : uses) {
      assertEquals(message, assertThrows(IllegalArgumentException.class, use).getMessage());
    }
  }
}
