package lanewise.kernel;

import java.util.Arrays;

/** Which rows share a group: those whose non-zero columns overlap most, found greedily. */
final class RowGrouping {
  /** Rows looked at for a group: comparing all pairs of a large batch would take too long. */
  private static final int WINDOW = 64;

  private RowGrouping() {}

  /**
   * Row numbers by group, {@link SparseRows#GROUP} each, -1 for none. Each group starts with the
   * first row left and takes the row that adds the fewest columns, as often as there is place.
   */
  static int[] order(byte[] pixels, int from, int rows, int width) {
    int words = Math.ceilDiv(width, Long.SIZE);
    long[] sets = new long[rows * words];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < width; column++) {
        if (pixels[(from + row) * width + column] != 0) {
          sets[row * words + (column >>> 6)] |= 1L << column;
        }
      }
    }
    int group = SparseRows.GROUP;
    int[] order = new int[Math.ceilDiv(rows, group) * group];
    int[] left = new int[rows];
    for (int row = 0; row < rows; row++) {
      left[row] = row;
    }
    long[] union = new long[words];
    int remaining = rows;
    for (int place = 0; place < order.length; place++) {
      if (remaining == 0) {
        order[place] = -1;
        continue;
      }
      int best = 0;
      if (place % group == 0) {
        Arrays.fill(union, 0);
      } else {
        int fewest = Integer.MAX_VALUE;
        for (int i = 0; i < Math.min(WINDOW, remaining); i++) {
          int added = 0;
          for (int word = 0; word < words; word++) {
            added += Long.bitCount(sets[left[i] * words + word] & ~union[word]);
          }
          if (added < fewest) {
            fewest = added;
            best = i;
          }
        }
      }
      order[place] = left[best];
      for (int word = 0; word < words; word++) {
        union[word] |= sets[left[best] * words + word];
      }
      remaining--;
      System.arraycopy(left, best + 1, left, best, remaining - best);
    }
    return order;
  }
}
