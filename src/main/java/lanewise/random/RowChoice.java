package lanewise.random;

import java.util.BitSet;
import java.util.stream.IntStream;

/** Chooses rows at random. */
public final class RowChoice {
  /** Distinguishes the choice from other uses of the seed, which number rows or epochs from 0. */
  private static final long STREAM = -1;

  private RowChoice() {}

  /**
   * Chooses the last rows of a random permutation (Fisher and Yates). The choice depends on nothing
   * but the arguments.
   *
   * @param rows to choose from
   * @param count of the rows to choose, 0 to {@code rows}
   * @param seed of the choice
   * @return the chosen rows
   */
  public static BitSet of(int rows, int count, long seed) {
    int[] order = IntStream.range(0, rows).toArray();
    RowRandom random = new RowRandom();
    random.restart(seed, STREAM);
    BitSet chosen = new BitSet(rows);
    for (int last = rows - 1; last >= rows - count; last--) {
      int other = random.below(last + 1);
      chosen.set(order[other]);
      order[other] = order[last];
    }
    return chosen;
  }
}
