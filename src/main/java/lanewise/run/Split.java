package lanewise.run;

import java.util.BitSet;
import java.util.Optional;
import java.util.stream.IntStream;
import lanewise.nn.Samples;
import lanewise.nn.Shuffle;
import lanewise.random.RowRandom;

/**
 * The training rows of a run: those that it learns from, and those that it validates with. The
 * latter are the last ones or, if epochs visit the rows in random order, a random choice that
 * depends on nothing but the seed and the numbers of rows. Both stay in the order of the data.
 *
 * @param training at least one row
 * @param validation at least one row; empty without validation
 */
record Split(Samples training, Optional<Samples> validation) {
  /** Distinguishes the choice from other uses of the seed, which number rows or epochs from 0. */
  private static final long STREAM = -1;

  /**
   * Splits rows.
   *
   * @param all the rows before the split
   * @param count number of validation rows, at least 0
   */
  static Split of(Samples all, int count, Recipe recipe) {
    int rest = all.rows() - count;
    if (count == 0) {
      return new Split(all, Optional.empty());
    }
    if (recipe.method().shuffle() == Shuffle.NONE) {
      int[] last = IntStream.range(rest, all.rows()).toArray();
      return new Split(all.first(rest), Optional.of(all.select(last)));
    }
    BitSet chosen = chosen(all.rows(), count, recipe.seed());
    int[] training = IntStream.range(0, all.rows()).filter(row -> !chosen.get(row)).toArray();
    return new Split(all.select(training), Optional.of(all.select(chosen.stream().toArray())));
  }

  /** The last rows of a random permutation (Fisher and Yates). */
  static BitSet chosen(int rows, int count, long seed) {
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
