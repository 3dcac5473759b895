package lanewise.kernel;

import static lanewise.kernel.Lanes.L;
import static lanewise.kernel.Lanes.MASKS;
import static lanewise.kernel.Lanes.REGISTERS;
import static lanewise.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Loop nests of the products that skip zeros, around the tiles of {@link Tile} over lists.
 *
 * <p>The outer loop runs over blocks of columns of w, the inner one over pairs or rows: a block
 * (784 rows, 8 vectors: 400 KB with 16 lanes) then stays in the second-level cache.
 */
final class SparseProducts {
  /** Width of the widest tile for pairs: with two rows of accumulators it must fit registers. */
  private static final int WIDE = REGISTERS == 32 ? 8 : 4;

  /** Width of the tile for one row in floats. */
  private static final int ROW = 8 * L;

  /** With so few rows, dense tiles are mostly empty. */
  private static final int FEW_ROWS = 3;

  /**
   * The share of non-zeros in the first two rows up to which more rows than that are computed one
   * by one: their tile reads a vector for each multiply-add, dense tiles one for three or more.
   */
  private static final double MAX_SHARE = 0.4;

  private SparseProducts() {}

  /** {@code y (rows of the pairs,n) = max(x w (width,n) + bias (n), floor)}. */
  static void forward(NonZeros x, int fromPair, int toPair, int n, Operands o, float floor) {
    multiply(x, fromPair, toPair, n, o, null);
    for (int i = 2 * fromPair; i < 2 * toPair; i++) {
      if (x.members[i] >= 0) {
        activate(n, o, x.members[i], floor);
      }
    }
  }

  /** Takes a step of w (columns of the pairs,n) with {@code x^T dz (rows,n)}. */
  static void update(NonZeros x, int fromPair, int toPair, int n, Operands o, Step step) {
    multiply(x, fromPair, toPair, n, o, step);
  }

  /**
   * @param step of c; null to store the products in c
   */
  private static void multiply(NonZeros x, int fromPair, int toPair, int n, Operands o, Step step) {
    // The tiles take a plain step with their sums in registers; any other goes through memory.
    boolean plain = step != null && step.factors.plain;
    boolean apart = step != null && !plain;
    float rate = plain ? step.factors.rate : 0;
    float[] b = o.b.array;
    float[] c = apart ? o.floats(2 * WIDE * L) : o.c.array;
    int ldb = o.b.row;
    int width;
    for (int j = 0; j < n; j += width) {
      boolean wide = n - j >= WIDE * L;
      width = wide ? WIDE * L : Math.min(L, n - j);
      int bj = o.b.at(0, j);
      for (int pair = fromPair; pair < toPair; pair++) {
        int from = x.starts[pair];
        int to = from + x.counts[pair];
        if (from == to && step != null && !step.moves(x.touched[pair])) {
          continue; // Nothing to update.
        }
        int at0 = o.c.at(x.members[2 * pair], j);
        int second = x.members[2 * pair + 1];
        int at1 = second < 0 ? -1 : o.c.at(second, j);
        int c0 = apart ? 0 : at0;
        int c1 = apart && second >= 0 ? WIDE * L : at1;
        if (!wide) {
          VectorMask<Float> mask = MASKS[width];
          Tile.pairs2x1(from, to, x.entries, b, bj, ldb, mask, c, c0, c1, plain, rate);
        } else if (WIDE == 8) {
          Tile.pairs2x8(from, to, x.entries, b, bj, ldb, c, c0, c1, plain, rate);
        } else {
          Tile.pairs2x4(from, to, x.entries, b, bj, ldb, c, c0, c1, plain, rate);
        }
        if (apart) {
          VectorStep.take(step, width, c, c0, o.c.array, at0, false);
          if (second >= 0) {
            VectorStep.take(step, width, c, c1, o.c.array, at1, false);
          }
        }
      }
    }
  }

  /** {@code y = max(y + bias, floor)} for n columns of a row. */
  private static void activate(int n, Operands o, int row, float floor) {
    float[] y = o.c.array;
    float[] bias = o.other.array;
    int to = o.c.at(row, 0);
    int from = o.other.offset;
    for (int j = 0; j <= n - L; j += L) {
      FloatVector b = FloatVector.fromArray(SPECIES, bias, from + j);
      FloatVector.fromArray(SPECIES, y, to + j).add(b).max(floor).intoArray(y, to + j);
    }
    for (int j = n / L * L; j < n; j++) {
      y[to + j] = Math.max(y[to + j] + bias[from + j], floor);
    }
  }

  /**
   * As {@link Gemm#forward}, one row after the other, without the terms whose x is zero.
   *
   * @return how many columns of y are done; 0 if the dense product is better
   */
  static int forwardRows(int m, int n, int k, Operands o, float floor) {
    int done = n / ROW * ROW;
    if (done == 0 || m > FEW_ROWS && list(0, k, o) + list(1, k, o) > 2 * MAX_SHARE * k) {
      return 0;
    }
    for (int i = 0; i < m; i++) {
      int count = list(i, k, o);
      int from = o.a.at(i, 0);
      float[] w = o.b.array;
      for (int j = 0; j < done; j += ROW) {
        int wj = o.b.at(0, j);
        int to = o.c.at(i, j);
        Tile.row1x8(count, o.terms(0), o.a.array, from, w, wj, o.b.row, o.c.array, to);
      }
      activate(done, o, i, floor);
    }
    return done;
  }

  /** Lists the non-zeros of a row of x; NaN counts, -0 does not. Returns how many. */
  private static int list(int row, int k, Operands o) {
    int[] terms = o.terms(k + 1);
    float[] x = o.a.array;
    int from = o.a.at(row, 0);
    int count = 0;
    for (int p = 0; p < k; p++) {
      terms[count] = p; // Without a branch, as no one could predict it.
      count += x[from + p] != 0 ? 1 : 0;
    }
    return count;
  }
}
