package lanewise.run;

import java.util.BitSet;
import java.util.Optional;
import java.util.stream.IntStream;
import lanewise.nn.Samples;
import lanewise.nn.Shuffle;
import lanewise.random.RowChoice;

/**
 * The training rows of a run: those that it learns from, and those that it validates with. The
 * latter are the last ones or, if epochs visit the rows in random order, a random choice that
 * depends on nothing but the seed and the numbers of rows. Both stay in the order of the data.
 *
 * @param training at least one row
 * @param validation at least one row; empty without validation
 */
record Split(Samples training, Optional<Samples> validation) {
  /**
   * Splits rows.
   *
   * @param all the rows before the split
   * @param count number of validation rows, at least 0
   */
  static Split of(Samples all, int count, Recipe recipe) {
    if (count == 0) {
      return new Split(all, Optional.empty());
    }
    BitSet chosen = validation(all.rows(), count, recipe);
    int[] training = others(chosen, all.rows());
    return new Split(all.select(training), Optional.of(all.select(chosen.stream().toArray())));
  }

  /**
   * Chooses the rows to validate with.
   *
   * @param all number of rows before the split
   * @param count of rows to validate with, at least 0
   */
  static BitSet validation(int all, int count, Recipe recipe) {
    if (recipe.method().shuffle() != Shuffle.NONE) {
      return RowChoice.of(all, count, recipe.seed());
    }
    BitSet last = new BitSet(all);
    last.set(all - count, all);
    return last;
  }

  /** The rows that are not chosen, ascending. */
  static int[] others(BitSet chosen, int all) {
    return IntStream.range(0, all).filter(row -> !chosen.get(row)).toArray();
  }
}
