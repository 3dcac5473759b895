package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowOrderTest {

  @Test
  void withoutShufflingTheRowsStayAsTheyAre() {
    assertArrayEquals(ascending(7), epoch(new RowOrder(7, Shuffle.NONE, 1, null), 7, 3));
  }

  /** As another implementation of SplitMix64 orders them. */
  @Test
  void aSeedAndAnEpochAlwaysGiveTheSameOrder() {
    RowOrder rows = new RowOrder(10, Shuffle.ROWS, 42, null);
    assertArrayEquals(new int[] {5, 1, 9, 6, 7, 2, 4, 0, 8, 3}, epoch(rows, 10, 1));
    assertArrayEquals(new int[] {7, 3, 1, 8, 2, 5, 9, 4, 6, 0}, epoch(rows, 10, 2));
    int[] groups = {9, 8, 7, 6, 5, 4, 3, 2, 1, 0};
    assertArrayEquals(
        new int[] {5, 4, 3, 2, 9, 8, 7, 6, 1, 0},
        epoch(new RowOrder(10, Shuffle.GROUPS, -1, groups), 10, 1L << 40));
  }

  @ParameterizedTest
  @EnumSource(Shuffle.class)
  void anOrderDoesNotDependOnTheEpochsBeforeIt(Shuffle shuffle) {
    RowOrder some = new RowOrder(1001, shuffle, 5, ascending(1001));
    int[] second = epoch(some, 1001, 2);
    boolean shuffles = shuffle != Shuffle.NONE;
    assertEquals(shuffles, !Arrays.equals(epoch(some, 1001, 1), second));
    assertArrayEquals(second, epoch(some, 1001, 2));
    RowOrder others = new RowOrder(1001, shuffle, 6, ascending(1001));
    assertEquals(shuffles, !Arrays.equals(epoch(others, 1001, 2), second));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 7, 8, 1001})
  void everyRowIsVisitedOnce(int rows) {
    for (Shuffle shuffle : Shuffle.values()) {
      int[] order = epoch(new RowOrder(rows, shuffle, 9, ascending(rows)), rows, 1);
      Arrays.sort(order);
      assertArrayEquals(ascending(rows), order, shuffle.toString());
    }
  }

  @Test
  void theRowsOfAGroupStayTogether() {
    int rows = 1003;
    int[] groups = epoch(new RowOrder(rows, Shuffle.ROWS, 2, null), rows, 1);
    int[] order = epoch(new RowOrder(rows, Shuffle.GROUPS, 2, groups), rows, 1);
    int[] group = new int[rows];
    for (int i = 0; i < rows; i++) {
      group[groups[i]] = i / 4;
    }
    int inPlace = 0;
    for (int i = 0, size; i < rows; i += size) {
      int number = group[order[i]];
      size = number == rows / 4 ? 3 : 4;
      assertArrayEquals(
          Arrays.copyOfRange(groups, 4 * number, 4 * number + size),
          Arrays.copyOfRange(order, i, i + size));
      inPlace += number == i / 4 ? 1 : 0;
    }
    assertFalse(inPlace > 8, inPlace + " groups stayed where they were");
  }

  /** The 24 orders of four rows, each within five deviations of its expected count. */
  @Test
  void allOrdersAreEquallyLikely() {
    Map<String, Integer> counts = new HashMap<>();
    int seeds = 24_000;
    for (int seed = 0; seed < seeds; seed++) {
      int[] order = epoch(new RowOrder(4, Shuffle.ROWS, seed, null), 4, 1);
      counts.merge(Arrays.toString(order), 1, Integer::sum);
    }
    assertEquals(24, counts.size());
    counts.forEach((order, count) -> assertEquals(1000, count, 155, order));
  }

  @Test
  void groupsOfAnotherNumberOfRowsAreRefused() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> new RowOrder(5, Shuffle.GROUPS, 1, ascending(4)));
    assertEquals("groups of 4 rows are not those of 5", refused.getMessage());
  }

  private static int[] epoch(RowOrder order, int rows, long number) {
    int[] filled = new int[rows];
    order.epoch(number, filled);
    return filled;
  }

  private static int[] ascending(int rows) {
    return IntStream.range(0, rows).toArray();
  }
}
