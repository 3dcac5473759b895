package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** How rows and columns are divided among threads. */
class SharesTest {
  @Test
  void sharesFollowOneAnotherAndCoverEverything() {
    for (int unit : new int[] {1, 4, 8, 16}) {
      for (int minUnits = 1; minUnits <= 2; minUnits++) {
        for (int threads = 1; threads <= 9; threads++) {
          Shares shares = new Shares(threads, unit, minUnits);
          for (int count = 0; count <= 300; count++) {
            assertEquals(0, shares.start(0, count));
            assertEquals(count, shares.start(threads, count));
            for (int thread = 0; thread < threads; thread++) {
              assertTrue(shares.start(thread, count) <= shares.start(thread + 1, count));
            }
          }
        }
      }
    }
  }

  @Test
  void unitsStayWholeIfEachThreadGetsEnough() {
    Shares vectors = new Shares(3, 16, 1);
    assertEquals(80, vectors.start(1, 256));
    assertEquals(160, vectors.start(2, 256));
    assertEquals(16, vectors.start(1, 50));
    assertEquals(32, vectors.start(2, 50), "the tail goes to the last thread");
    assertEquals(15, vectors.start(1, 47), "too few vectors: single columns");
  }

  @Test
  void countsUpToTheLargestAreDivided() {
    Shares shares = new Shares(1024, 8, 2);
    assertEquals(Integer.MAX_VALUE, shares.start(1024, Integer.MAX_VALUE));
    assertTrue(shares.start(1023, Integer.MAX_VALUE) > 0);
  }
}
