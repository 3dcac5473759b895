package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropoutTest {
  /** Odd, as two units share a random number. */
  private static final int UNITS = 101;

  private static Dropout dropout(long seed, int epoch, double... shares) {
    Dropout dropout = new Dropout(shares, seed);
    dropout.begin(epoch);
    return dropout;
  }

  /** What becomes of ones. */
  private static float[] apply(Dropout dropout, int layer, int row) {
    float[] y = new float[UNITS];
    Arrays.fill(y, 1);
    dropout.apply(layer, row, y, y, 0, UNITS);
    return y;
  }

  /** Each unit alone too: a binomial count of 2,000 rows, within five deviations. */
  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.2, 0.5, 0.9})
  void theShareIsLeftOutAndTheRestScaled(double share) {
    int rows = 2000;
    Dropout dropout = dropout(3, 1, share);
    int[] counts = new int[UNITS];
    for (int row = 0; row < rows; row++) {
      float[] y = apply(dropout, 0, row);
      for (int j = 0; j < UNITS; j++) {
        assertTrue(y[j] == 0 || y[j] == (float) (1 / (1 - share)), "the rest is scaled");
        counts[j] += y[j] == 0 ? 1 : 0;
      }
    }
    double deviation = Math.sqrt(rows * share * (1 - share));
    for (int count : counts) {
      assertEquals(rows * share, count, 5 * deviation + 1);
    }
    double all = (double) rows * UNITS;
    assertEquals(all * share, Arrays.stream(counts).sum(), 5 * Math.sqrt(UNITS) * deviation);
  }

  @Test
  void neighboursAreIndependent() {
    int[] pairs = new int[4];
    Dropout dropout = dropout(4, 1, 0.5);
    for (int row = 0; row < 1000; row++) {
      float[] y = apply(dropout, 0, row);
      for (int j = 0; j + 1 < UNITS; j++) {
        pairs[(y[j] == 0 ? 0 : 1) + (y[j + 1] == 0 ? 0 : 2)]++;
      }
    }
    for (int count : pairs) {
      assertEquals(25_000, count, 750);
    }
  }

  @Test
  void aShareOfZeroChangesNothing() {
    float[] y = {1.1f, -0f, Float.NaN, 3};
    float[] before = y.clone();
    for (Dropout none : new Dropout[] {dropout(1, 1), dropout(1, 1, 0, 0.5)}) {
      assertEquals(1f, none.factor(0));
      none.apply(0, 5, y, y, 0, 4);
      none.scale(0, y, 0, 4);
      assertArrayEquals(before, y);
    }
  }

  @Test
  void deltasAreScaledAsOutputs() {
    float[] deltas = {1, 2, 3, 4};
    dropout(1, 1, 0, 0.75).scale(1, deltas, 1, 3);
    assertArrayEquals(new float[] {1, 8, 12, 4}, deltas);
  }

  @Test
  void onlySeedEpochLayerRowAndUnitMatter() {
    float[] units = apply(dropout(7, 3, 0.5, 0.5), 1, 9);
    Dropout again = dropout(7, 2, 0.5, 0.5);
    apply(again, 0, 4);
    again.begin(3);
    apply(again, 1, 10);
    assertArrayEquals(units, apply(again, 1, 9));
    float[] elsewhere = new float[UNITS + 12];
    Arrays.fill(elsewhere, 1);
    again.apply(1, 9, elsewhere, elsewhere, 7, UNITS - 2);
    assertArrayEquals(Arrays.copyOf(units, UNITS - 2), Arrays.copyOfRange(elsewhere, 7, UNITS + 5));
    assertEquals(1f, elsewhere[6]);
    assertEquals(1f, elsewhere[UNITS + 5]);
    assertFalse(Arrays.equals(units, apply(dropout(8, 3, 0.5, 0.5), 1, 9)), "seed");
    assertFalse(Arrays.equals(units, apply(dropout(7, 4, 0.5, 0.5), 1, 9)), "epoch");
    assertFalse(Arrays.equals(units, apply(again, 0, 9)), "layer");
    assertFalse(Arrays.equals(units, apply(again, 1, 8)), "row");
  }
}
