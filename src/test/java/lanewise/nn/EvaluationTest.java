package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Shares by class, worked out by hand. */
class EvaluationTest {
  /** Class 2 never occurs and is never predicted; class 3 occurs and is never predicted. */
  private static final Evaluation EVALUATION =
      TestTraining.evaluation(
          9, new int[][] {{8, 2, 0, 0}, {1, 5, 0, 0}, {0, 0, 0, 0}, {3, 1, 0, 0}});

  @Test
  void precisionAndRecall() {
    assertEquals(10, EVALUATION.rowsOf(0));
    assertEquals(12, EVALUATION.predictedAs(0));
    assertEquals(8.0 / 12, EVALUATION.precision(0));
    assertEquals(8.0 / 10, EVALUATION.recall(0));
    double p = EVALUATION.precision(0);
    double r = EVALUATION.recall(0);
    assertEquals(2 * p * r / (p + r), EVALUATION.f1(0), 1e-15);
    assertEquals(5.0 / 8, EVALUATION.precision(1));
    assertEquals(5.0 / 6, EVALUATION.recall(1));
  }

  @Test
  void ratiosWithoutADenominatorAreNaN() {
    assertTrue(Double.isNaN(EVALUATION.precision(2)));
    assertTrue(Double.isNaN(EVALUATION.recall(2)));
    assertTrue(Double.isNaN(EVALUATION.f1(2)));
    assertTrue(Double.isNaN(EVALUATION.precision(3)));
    assertEquals(0, EVALUATION.recall(3));
    assertEquals(0, EVALUATION.f1(3));
  }

  /** From the network's outputs to the shares. */
  @Test
  void eachFigureIsThatOfItsClass() {
    Evaluation evaluation = ThreeClasses.evaluation();
    assertArrayEquals(ThreeClasses.confusion(), evaluation.confusion());
    assertEquals(ThreeClasses.LOSS, evaluation.loss());
    assertEquals(157.0 / 168, evaluation.accuracy());
    double[][] expected = {
      {100, 103, 98.0 / 103, 98.0 / 100, 196.0 / 203},
      {60, 65, 59.0 / 65, 59.0 / 60, 118.0 / 125},
      {8, 0, Double.NaN, 0, 0}
    };
    for (int label = 0; label < 3; label++) {
      double[] figures = {
        evaluation.rowsOf(label),
        evaluation.predictedAs(label),
        evaluation.precision(label),
        evaluation.recall(label),
        evaluation.f1(label)
      };
      assertArrayEquals(expected[label], figures, ThreeClasses.LABELS.get(label));
    }
  }

  @Test
  void rowsAndCorrectPredictionsAreCounted() {
    assertEquals(20, EVALUATION.rows());
    assertEquals(13, EVALUATION.correct());
    assertEquals(0.65, EVALUATION.accuracy());
    assertEquals(4, EVALUATION.classes());
  }

  @Test
  void equalResultsAreEqual() {
    Evaluation one = TestTraining.evaluation(1.5, new int[][] {{2, 1}, {0, 3}});
    assertEquals(one, TestTraining.evaluation(1.5, new int[][] {{2, 1}, {0, 3}}));
    assertEquals(
        one.hashCode(), TestTraining.evaluation(1.5, new int[][] {{2, 1}, {0, 3}}).hashCode());
    assertNotEquals(one, TestTraining.evaluation(1.25, new int[][] {{2, 1}, {0, 3}}));
    assertNotEquals(one, TestTraining.evaluation(1.5, new int[][] {{2, 1}, {1, 2}}));
    int[] predicted = {0, 0, 1, 1, 1, 1};
    float[] zeros = new float[6];
    float[] others = {1, 0, 0, 0, 0, 0};
    assertEquals(one, new Evaluation(1.5, one.confusion(), predicted, zeros, zeros));
    assertNotEquals(one, new Evaluation(1.5, one.confusion(), predicted, others, zeros));
    assertNotEquals(one, new Evaluation(1.5, one.confusion(), predicted, zeros, others));
    predicted = new int[] {0, 1, 0, 1, 1, 1};
    assertNotEquals(one, new Evaluation(1.5, one.confusion(), predicted, zeros, zeros));
    assertNotEquals(one, null);
  }

  @Test
  void theMatrixIsACopy() {
    EVALUATION.confusion()[0][0] = 99;
    assertEquals(8, EVALUATION.confusion()[0][0]);
  }
}
