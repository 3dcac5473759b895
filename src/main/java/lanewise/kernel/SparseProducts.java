package lanewise.kernel;

import static lanewise.kernel.Lanes.L;
import static lanewise.kernel.Lanes.MASKS;
import static lanewise.kernel.Lanes.REGISTERS;

/**
 * Loop nests of the products that skip zeros, around the tiles of {@link Tile} over lists. One a
 * thread.
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

  private final Matrix c = new Matrix();
  private final Matrix other = new Matrix();
  private int[] terms = new int[0];

  private SparseProducts() {}

  static SparseProducts ofThread() {
    return OF_THREAD.get();
  }

  /** {@code y (rows of the pairs,n) = max(x w (width,n) + bias (n), floor)}. */
  void forward(
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
    c.set(y, yOffset, ldy);
    other.set(bias, biasOffset, 0);
    multiply(x, fromPair, toPair, n, w, wOffset, ldw, Epilogue.ACTIVATE, floor);
  }

  /** {@code w (columns of the pairs,n) = fma(-step, x^T dz (rows,n), w)}. */
  void update(
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
    c.set(w, wOffset, ldw);
    multiply(x, fromPair, toPair, n, dz, dzOffset, lddz, Epilogue.STEP, step);
  }

  private void multiply(
      NonZeros x,
      int fromPair,
      int toPair,
      int n,
      float[] b,
      int bOffset,
      int ldb,
      Epilogue epilogue,
      float parameter) {
    float[] sums = Scratch.floats(2 * WIDE * L);
    int width;
    for (int j = 0; j < n; j += width) {
      width = n - j >= WIDE * L ? WIDE * L : Math.min(L, n - j);
      int ld = width == WIDE * L ? width : L;
      for (int pair = fromPair; pair < toPair; pair++) {
        int from = pair * x.capacity;
        int to = from + x.counts[pair];
        if (from == to && epilogue == Epilogue.STEP) {
          continue; // Nothing to update.
        }
        if (width < WIDE * L) {
          Tile.pairs2x1(from, to, x.entries, b, bOffset + j, ldb, MASKS[width], sums, 0);
        } else if (WIDE == 8) {
          Tile.pairs2x8(from, to, x.entries, b, bOffset + j, ldb, sums, 0);
        } else {
          Tile.pairs2x4(from, to, x.entries, b, bOffset + j, ldb, sums, 0);
        }
        for (int i = 0; i < 2; i++) {
          int row = x.members[2 * pair + i];
          if (row >= 0) {
            epilogue.apply(1, width, sums, i * ld, ld, row, j, c, other, parameter);
          }
        }
      }
    }
    release();
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
    float[] sums = Scratch.floats(ROW);
    c.set(y, yOffset, ldy);
    other.set(bias, biasOffset, 0);
    for (int i = 0; i < m; i++) {
      int from = xOffset + i * ldx;
      int count = list(k, x, from);
      for (int j = 0; j < done; j += ROW) {
        Tile.row1x8(count, terms, x, from, w, wOffset + j, ldw, sums, 0);
        Epilogue.ACTIVATE.apply(1, ROW, sums, 0, ROW, i, j, c, other, floor);
      }
    }
    release();
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

  /** The thread must not keep a network alive. */
  private void release() {
    c.array = null;
    other.array = null;
  }
}
