package lanewise.kernel;

import java.util.Arrays;

/**
 * Which rows, or which columns, share a group: those whose places that are not zero overlap most,
 * found greedily.
 */
final class Clustering {
  /** Members of a group: what {@link SparseTile} takes together. */
  static final int SIZE = 4;

  /** Items looked at for a place: comparing all pairs of many would take too long. */
  private static final int WINDOW = 64;

  private final int words;
  private final long[] sets;
  private final int[] sizes;

  /**
   * @param count items to be grouped, with nothing in them yet
   * @param places where an item may be not zero
   */
  Clustering(int count, int places) {
    words = Math.ceilDiv(places, Long.SIZE);
    sets = new long[count * words];
    sizes = new int[count];
  }

  /** Says that an item is not zero at a place, once for each. */
  void add(int item, int place) {
    sets[item * words + (place >>> 6)] |= 1L << place;
    sizes[item]++;
  }

  /**
   * Item numbers by group, -1 for none. Each group starts with the first item left and takes the
   * one that brings the fewest new places, less those it shares, as often as there is room. Items
   * that are zero everywhere come last: groups of nothing else are no work.
   */
  int[] order() {
    int[] order = new int[Math.ceilDiv(sizes.length, SIZE) * SIZE];
    int[] left = new int[sizes.length];
    int remaining = 0;
    for (int item = 0; item < sizes.length; item++) {
      if (sizes[item] > 0) {
        left[remaining++] = item;
      }
    }
    long[] union = new long[words];
    int place = 0;
    for (; remaining > 0; place++) {
      if (place % SIZE == 0) {
        Arrays.fill(union, 0);
      }
      int best = place % SIZE == 0 ? 0 : closest(union, left, Math.min(WINDOW, remaining));
      order[place] = left[best];
      for (int word = 0; word < words; word++) {
        union[word] |= sets[left[best] * words + word];
      }
      remaining--;
      System.arraycopy(left, best + 1, left, best, remaining - best);
    }
    for (int item = 0; item < sizes.length; item++) {
      if (sizes[item] == 0) {
        order[place++] = item;
      }
    }
    Arrays.fill(order, place, order.length, -1);
    return order;
  }

  /** Of the first {@code count} items left, the one that fits best to a union of others. */
  private int closest(long[] union, int[] left, int count) {
    int best = 0;
    int minCost = Integer.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      int shared = 0;
      int set = left[i] * words;
      for (int word = 0; word < words; word++) {
        shared += Long.bitCount(sets[set + word] & union[word]);
      }
      int cost = sizes[left[i]] - 2 * shared;
      if (cost < minCost) {
        minCost = cost;
        best = i;
      }
    }
    return best;
  }
}
