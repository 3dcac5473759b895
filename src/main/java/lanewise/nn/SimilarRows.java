package lanewise.nn;

import java.util.Arrays;
import lanewise.kernel.GreyRows;

/**
 * Groups of four rows that are zero in much the same columns, chosen from a whole data set: what is
 * zero in all rows of a group, or in both of a pair, can be skipped. Four of MNIST's training
 * images then have 26 % of the columns left, rather than 39 % in the order of the file.
 *
 * <p>Two steps, with the number of columns in which rows differ as their distance. First, all rows
 * are halved again and again, into those nearer to one of two distant rows and those nearer to the
 * other (as in Omohundro, Five balltree construction algorithms, 1989), which brings similar rows
 * near each other. Then each group takes the first row that is left, and from the few that follow
 * it those nearest to the group.
 *
 * <p>There is no chance in it, and the numbers are whole: the groups are the same on every machine.
 */
final class SimilarRows {
  /** Rows that are not halved any more, and from which a group is chosen. */
  private static final int NEIGHBOURS = 128;

  /** Rows, at most about twice as many, among which the most distant one is sought. */
  private static final int SAMPLE = 256;

  private final GreyRows grey;
  private final int[] order;

  /** Of the rows that are being halved: their sort keys with the rows in the lower 32 bits. */
  private final long[] keys;

  private SimilarRows(GreyRows grey) {
    this.grey = grey;
    this.order = new int[grey.rows()];
    Arrays.setAll(order, row -> row);
    this.keys = new long[grey.rows()];
  }

  /**
   * Groups rows: in 2 to 4 microseconds per row of MNIST's width on one core, and the time grows
   * with the width, and a little more than with the number of rows.
   *
   * @param grey marked rows
   * @return a permutation of the rows: each {@link RowOrder#GROUP} from the first on are a group,
   *     and the second one is the nearest to the first; the last group has the rest
   */
  static int[] groups(GreyRows grey) {
    SimilarRows rows = new SimilarRows(grey);
    rows.halve(0, rows.order.length);
    rows.group();
    return rows.order;
  }

  /** Brings similar rows of {@code order} near each other, from {@code from} to {@code to - 1}. */
  private void halve(int from, int to) {
    if (to - from <= NEIGHBOURS) {
      return;
    }
    int one = mostDistant(order[from], from, to);
    int other = mostDistant(one, from, to);
    for (int i = from; i < to; i++) {
      int row = order[i];
      long nearness = grey.differences(row, one) - grey.differences(row, other);
      keys[i] = nearness << Integer.SIZE | row;
    }
    Arrays.sort(keys, from, to);
    for (int i = from; i < to; i++) {
      order[i] = (int) keys[i];
    }
    int half = (from + to) >>> 1;
    halve(from, half);
    halve(half, to);
  }

  /** Returns the row that differs most from the given one, among some that are evenly spread. */
  private int mostDistant(int row, int from, int to) {
    int step = Math.max(1, (to - from) / SAMPLE);
    int best = row;
    int most = -1;
    for (int i = from; i < to; i += step) {
      int distance = grey.differences(row, order[i]);
      if (distance > most) {
        most = distance;
        best = order[i];
      }
    }
    return best;
  }

  /** Fills each group with the nearest of the rows that follow its first. */
  private void group() {
    int[] distances = new int[NEIGHBOURS];
    for (int first = 0; first < order.length; first += RowOrder.GROUP) {
      int end = Math.min(NEIGHBOURS, order.length - first);
      Arrays.fill(distances, 0);
      for (int member = 1; member < Math.min(RowOrder.GROUP, end); member++) {
        int nearest = member;
        for (int i = member; i < end; i++) {
          distances[i] += grey.differences(order[first + member - 1], order[first + i]);
          if (distances[i] < distances[nearest]) {
            nearest = i;
          }
        }
        // The rows between move up, so that none waits for long while others overtake it.
        int row = order[first + nearest];
        System.arraycopy(order, first + member, order, first + member + 1, nearest - member);
        System.arraycopy(distances, member, distances, member + 1, nearest - member);
        order[first + member] = row;
      }
    }
  }
}
