package lanewise.kernel;

import java.util.Arrays;

/**
 * Greedy clustering of the rows, or of the columns, of a sparse matrix: those whose non-zeros
 * overlap most share a cluster, so that fewer entries have to be listed for it.
 */
final class Clustering {
  /** Items of a cluster: the height of the tiles in {@link SparseTile}. */
  static final int SIZE = 4;

  /** Candidates considered for each slot: comparing all pairs would take too long. */
  private static final int WINDOW = 64;

  private final int words;
  private final long[] sets;
  private final int[] sizes;

  /**
   * @param count rows or columns to cluster, all zero so far
   * @param positions length of each
   */
  Clustering(int count, int positions) {
    words = Math.ceilDiv(positions, Long.SIZE);
    sets = new long[count * words];
    sizes = new int[count];
  }

  /** Marks a non-zero of an item; call once for each. */
  void add(int item, int position) {
    sets[item * words + (position >>> 6)] |= 1L << position;
    sizes[item]++;
  }

  /**
   * Returns the items by cluster, -1 in unused slots at the end. Each cluster starts with the first
   * remaining item; each further slot takes the candidate that adds the fewest new positions, less
   * those it shares with the cluster. All-zero items come last: clusters of them alone are no work.
   */
  int[] order() {
    int[] order = new int[Math.ceilDiv(sizes.length, SIZE) * SIZE];
    int[] remaining = new int[sizes.length];
    int remainingCount = 0;
    for (int item = 0; item < sizes.length; item++) {
      if (sizes[item] > 0) {
        remaining[remainingCount++] = item;
      }
    }
    long[] union = new long[words];
    int slot = 0;
    for (; remainingCount > 0; slot++) {
      if (slot % SIZE == 0) {
        Arrays.fill(union, 0);
      }
      int best = slot % SIZE == 0 ? 0 : closest(union, remaining, Math.min(WINDOW, remainingCount));
      order[slot] = remaining[best];
      for (int word = 0; word < words; word++) {
        union[word] |= sets[remaining[best] * words + word];
      }
      remainingCount--;
      System.arraycopy(remaining, best + 1, remaining, best, remainingCount - best);
    }
    for (int item = 0; item < sizes.length; item++) {
      if (sizes[item] == 0) {
        order[slot++] = item;
      }
    }
    Arrays.fill(order, slot, order.length, -1);
    return order;
  }

  /** Returns the index of the best match for a cluster among the first remaining items. */
  private int closest(long[] union, int[] remaining, int count) {
    int best = 0;
    int minCost = Integer.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      int shared = 0;
      int set = remaining[i] * words;
      for (int word = 0; word < words; word++) {
        shared += Long.bitCount(sets[set + word] & union[word]);
      }
      int cost = sizes[remaining[i]] - 2 * shared;
      if (cost < minCost) {
        minCost = cost;
        best = i;
      }
    }
    return best;
  }
}
