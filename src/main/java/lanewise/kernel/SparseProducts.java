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
   * The share of non-zeros up to which more rows than that are computed one by one: their tile
   * reads a vector for each multiply-add, dense tiles one for three or more.
   */
  private static final double MAX_SHARE = 0.4;

  private static final ThreadLocal<SparseProducts> OF_THREAD =
      ThreadLocal.withInitial(SparseProducts::new);

  /** The columns of a row that are not zero. */
  private int[] terms = new int[0];

  private SparseProducts() {}

  static SparseProducts ofThread() {
    return OF_THREAD.get();
  }

  /** {@code y (rows of the pairs,n) = max(x w (width,n) + bias (n), floor)}. */
  static void forward(
      NonZeros x,
      int fromPair,
      int toPair,
      int n,
      float[] w,
      int wOffset,
      int ldw,
      float[] bias,
      int biasOffset,
      float[] y,
      int yOffset,
      int ldy,
      float floor) {
    int width;
    for (int j = 0; j < n; j += width) {
      width = width(n - j);
      multiply(x, fromPair, toPair, width, w, wOffset + j, ldw, y, yOffset + j, ldy, false, 0);
      for (int i = 2 * fromPair; i < 2 * toPair; i++) {
        if (x.members[i] >= 0) {
          activate(width, bias, biasOffset + j, y, yOffset + x.members[i] * ldy + j, floor);
        }
      }
    }
  }

  /** {@code w (columns of the pairs,n) = fma(-step, x^T dz (rows,n), w)}. */
  static void update(
      NonZeros x,
      int fromPair,
      int toPair,
      int n,
      float[] dz,
      int dzOffset,
      int lddz,
      float[] w,
      int wOffset,
      int ldw,
      float step) {
    int width;
    for (int j = 0; j < n; j += width) {
      width = width(n - j);
      multiply(x, fromPair, toPair, width, dz, dzOffset + j, lddz, w, wOffset + j, ldw, true, step);
    }
  }

  /** Width of the widest tile for the columns that are left; the narrowest one is masked. */
  private static int width(int left) {
    return left >= WIDE * L ? WIDE * L : Math.min(L, left);
  }

  private static void multiply(
      NonZeros x,
      int fromPair,
      int toPair,
      int width,
      float[] b,
      int bOffset,
      int ldb,
      float[] c,
      int cOffset,
      int ldc,
      boolean update,
      float step) {
    for (int pair = fromPair; pair < toPair; pair++) {
      int from = pair * x.capacity;
      int to = from + x.counts[pair];
      if (from == to && update) {
        continue; // Nothing to update.
      }
      int c0 = cOffset + x.members[2 * pair] * ldc;
      int second = x.members[2 * pair + 1];
      int c1 = second < 0 ? -1 : cOffset + second * ldc;
      if (width <= L) {
        VectorMask<Float> mask = MASKS[width];
        Tile.pairs2x1(from, to, x.entries, b, bOffset, ldb, mask, c, c0, c1, update, step);
      } else if (WIDE == 8) {
        Tile.pairs2x8(from, to, x.entries, b, bOffset, ldb, c, c0, c1, update, step);
      } else {
        Tile.pairs2x4(from, to, x.entries, b, bOffset, ldb, c, c0, c1, update, step);
      }
    }
  }

  /** {@code y = max(y + bias, floor)}. */
  private static void activate(
      int width, float[] bias, int biasOffset, float[] y, int yOffset, float floor) {
    int j = 0;
    for (; j <= width - L; j += L) {
      FloatVector b = FloatVector.fromArray(SPECIES, bias, biasOffset + j);
      FloatVector.fromArray(SPECIES, y, yOffset + j).add(b).max(floor).intoArray(y, yOffset + j);
    }
    if (j < width) {
      VectorMask<Float> mask = MASKS[width - j];
      FloatVector b = FloatVector.fromArray(SPECIES, bias, biasOffset + j, mask);
      FloatVector sum = FloatVector.fromArray(SPECIES, y, yOffset + j, mask);
      sum.add(b).max(floor).intoArray(y, yOffset + j, mask);
    }
  }

  /**
   * As {@link Gemm#forward}, one row after the other, without the terms whose x is zero.
   *
   * @return how many columns of y are done; 0 if the dense product is better
   */
  int forwardRows(
      int m,
      int n,
      int k,
      float[] x,
      int xOffset,
      int ldx,
      float[] w,
      int wOffset,
      int ldw,
      float[] bias,
      int biasOffset,
      float[] y,
      int yOffset,
      int ldy,
      float floor) {
    int done = n / ROW * ROW;
    if (done == 0 || m > FEW_ROWS && share(m, k, x, xOffset, ldx) > MAX_SHARE) {
      return 0;
    }
    for (int i = 0; i < m; i++) {
      int from = xOffset + i * ldx;
      int to = yOffset + i * ldy;
      int count = list(k, x, from);
      for (int j = 0; j < done; j += ROW) {
        Tile.row1x8(count, terms, x, from, w, wOffset + j, ldw, y, to + j);
      }
      activate(done, bias, biasOffset, y, to, floor);
    }
    return done;
  }

  /** Returns the share of non-zeros in the first rows. */
  private double share(int m, int k, float[] x, int xOffset, int ldx) {
    int rows = Math.min(m, 4);
    long count = 0;
    for (int i = 0; i < rows; i++) {
      count += list(k, x, xOffset + i * ldx);
    }
    return count / Math.max(1.0, (double) rows * k);
  }

  /** Lists the non-zeros of k floats; NaN counts, -0 does not. Returns how many. */
  private int list(int k, float[] x, int from) {
    if (terms.length < k + 1) {
      terms = new int[k + 1];
    }
    int[] to = terms;
    int count = 0;
    for (int p = 0; p < k; p++) {
      to[count] = p; // Without a branch, as no one could predict it.
      count += x[from + p] != 0 ? 1 : 0;
    }
    return count;
  }
}
