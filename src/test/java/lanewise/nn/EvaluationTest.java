package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Shares by class, worked out by hand. */
class EvaluationTest {
  /** Class 2 never occurs and is never read; class 3 occurs and is never read. */
  private static final Evaluation EVALUATION =
      new Evaluation(
          20, 13, 9, new int[][] {{8, 2, 0, 0}, {1, 5, 0, 0}, {0, 0, 0, 0}, {3, 1, 0, 0}});

  @Test
  void precisionIsOfWhatWasReadAndRecallOfWhatIsThere() {
    assertEquals(10, EVALUATION.rowsOf(0));
    assertEquals(12, EVALUATION.readAs(0));
    assertEquals(8.0 / 12, EVALUATION.precision(0));
    assertEquals(8.0 / 10, EVALUATION.recall(0));
    double p = EVALUATION.precision(0);
    double r = EVALUATION.recall(0);
    assertEquals(2 * p * r / (p + r), EVALUATION.f1(0), 1e-15);
    assertEquals(5.0 / 8, EVALUATION.precision(1));
    assertEquals(5.0 / 6, EVALUATION.recall(1));
  }

  @Test
  void whatHasNothingToDivideByIsNoNumber() {
    assertTrue(Double.isNaN(EVALUATION.precision(2)));
    assertTrue(Double.isNaN(EVALUATION.recall(2)));
    assertTrue(Double.isNaN(EVALUATION.f1(2)));
    assertTrue(Double.isNaN(EVALUATION.precision(3)));
    assertEquals(0, EVALUATION.recall(3));
    assertEquals(0, EVALUATION.f1(3));
  }
}
