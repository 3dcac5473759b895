package lanewise.nn;

import lanewise.random.RowRandom;

/**
 * The order in which an epoch visits the rows. It depends on the seed and the number of the epoch
 * alone, so a training that continues visits the rows as one that was never interrupted.
 *
 * <p>Shuffles by the method of Fisher and Yates, in Durstenfeld's form (Algorithm 235: Random
 * permutation, Communications of the ACM 7, 1964). Not thread-safe; allocates nothing per epoch.
 */
final class RowOrder {
  /** Rows of a group; the last group has the rest. */
  static final int GROUP = 4;

  private final int rows;
  private final Shuffle shuffle;
  private final long seed;
  private final int[] groups;
  private final RowRandom random = new RowRandom();

  /** For {@link Shuffle#GROUPS}: in which order an epoch visits the groups. */
  private final int[] groupOrder;

  /**
   * @param rows 0 or more
   * @param seed any number
   * @param groups for {@link Shuffle#GROUPS}, a permutation of the rows: each four from the first
   *     on are a group, and the last one to three are another if the rows are no multiple of four;
   *     kept, not copied. Not used otherwise, and may be null.
   * @throws IllegalArgumentException if there are groups of another number of rows
   */
  RowOrder(int rows, Shuffle shuffle, long seed, int[] groups) {
    boolean grouped = shuffle == Shuffle.GROUPS;
    if (grouped && groups.length != rows) {
      throw new IllegalArgumentException(
          "groups of %d rows are not those of %d".formatted(groups.length, rows));
    }
    this.rows = rows;
    this.shuffle = shuffle;
    this.seed = seed;
    this.groups = groups;
    this.groupOrder = new int[grouped ? Math.ceilDiv(rows, GROUP) : 0];
  }

  /**
   * Orders the rows for an epoch. A group's rows follow each other in the order in which they were
   * given. A short group is shuffled with the others, so the groups after it do not begin at a
   * multiple of four.
   *
   * @param number of the epoch
   * @param order receives a permutation of the rows; may be longer
   * @throws IndexOutOfBoundsException if {@code order} is too short
   */
  void epoch(long number, int[] order) {
    random.restart(seed, number);
    switch (shuffle) {
      case NONE -> identity(order, rows);
      case ROWS -> shuffle(order, rows);
      case GROUPS -> {
        shuffle(groupOrder, groupOrder.length);
        int to = 0;
        for (int group : groupOrder) {
          int from = group * GROUP;
          int size = Math.min(GROUP, rows - from);
          System.arraycopy(groups, from, order, to, size);
          to += size;
        }
      }
    }
  }

  /** Whether the order of each epoch is the same. */
  boolean recurs() {
    return shuffle == Shuffle.NONE;
  }

  private static void identity(int[] order, int count) {
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
  }

  /** Fills an array with 0 to count - 1 in random order. */
  private void shuffle(int[] order, int count) {
    identity(order, count);
    for (int left = count; left > 1; left--) {
      int drawn = below(left);
      int last = order[left - 1];
      order[left - 1] = order[drawn];
      order[drawn] = last;
    }
  }

  /**
   * Returns a random integer from 0 to bound - 1, by multiplication (Lemire, Fast random integer
   * generation in an interval, 2019) without its rejection: no probability is off by more than
   * 2^-64.
   */
  private int below(int bound) {
    return (int) Math.unsignedMultiplyHigh(random.nextLong(), bound);
  }
}
