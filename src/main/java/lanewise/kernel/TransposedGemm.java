package lanewise.kernel;

import static lanewise.kernel.Lanes.L;
import static lanewise.kernel.Lanes.PANEL;

/**
 * The backward product of few rows, turned: {@code dx^T (k,m) = w (k,n) dz^T (n,m)}.
 *
 * <p>Vectors lie along the rows of the batch, and the weights are the tile's spread elements, which
 * are read where they lie. {@link Gemm#backward} turns the weights instead, k n elements; here dz
 * and dx are turned, m (n + k) elements.
 */
final class TransposedGemm {
  /** Rows of w whose sums are turned at once: whole tall tiles, and whole blocks to turn. */
  private static final int ROWS = Tile.TALL * 8;

  /** Lines of one set that a first-level cache holds. */
  private static final int WAYS = 8;

  /**
   * Rows of w of such a length, 4 KB or a multiple, begin in one set, and those of a tile taller
   * than it has ways drive each other out: they are copied apart. Half of that, which is too much
   * for {@link Gemm}, goes well here: 107 GFLOP/s in place, 101 copied, at 64x512x512.
   */
  private static final int ALIAS = 1024;

  private TransposedGemm() {}

  /**
   * Whether there is a panel of rows, and not twice as much to turn: what is turned back is masked
   * in the same pass.
   */
  static boolean pays(int m, int n, int k) {
    return m >= PANEL && m * ((long) n + k) < 2L * k * n;
  }

  /**
   * As {@link Gemm#backward}, for as many rows as fill panels.
   *
   * @return how many rows those are
   */
  static int backward(
      int m,
      int n,
      int k,
      float[] dz,
      int dzOffset,
      int lddz,
      float[] w,
      int wOffset,
      int ldw,
      float[] y,
      int yOffset,
      int ldy,
      float[] dx,
      int dxOffset,
      int lddx) {
    int rows = m / PANEL * PANEL;
    int cachedRows = Gemm.cachedColumns(rows, n);
    int sumsOffset = Panels.wholeBlocks(n) * cachedRows;
    int transposedOffset = sumsOffset + ROWS * PANEL;
    int blockOffset = transposedOffset + L * L;
    boolean copy = Tile.TALL > WAYS && ldw % ALIAS == 0;
    float[] scratch = Scratch.floats(blockOffset + (copy ? ROWS * (n + L) : 0));
    for (int b = 0; b < rows; b += cachedRows) {
      int end = Math.min(rows, b + cachedRows);
      for (int i = b; i < end; i += PANEL) {
        int to = (i - b) * Panels.wholeBlocks(n);
        Panels.packTransposed(n, PANEL, dz, dzOffset + i * lddz, lddz, scratch, to);
      }
      for (int j = 0; j < k; j += ROWS) {
        int columns = Math.min(ROWS, k - j);
        float[] a = copy ? scratch : w;
        int aOffset = copy ? blockOffset : wOffset + j * ldw;
        int lda = copy ? n + L : ldw;
        if (copy) {
          Panels.copy(columns, n, w, wOffset + j * ldw, ldw, scratch, blockOffset);
        }
        for (int i = b; i < end; i += PANEL) {
          int panel = (i - b) * Panels.wholeBlocks(n);
          Gemm.sums(columns, 2, n, a, aOffset, lda, scratch, panel, PANEL, scratch, sumsOffset);
          mask(
              columns,
              scratch,
              sumsOffset,
              transposedOffset,
              y,
              yOffset + i * ldy + j,
              ldy,
              dx,
              dxOffset + i * lddx + j,
              lddx);
        }
      }
    }
    return rows;
  }

  /** {@code dx (PANEL,columns) = sums (columns,PANEL)^T} where {@code y > 0}, else 0. */
  private static void mask(
      int columns,
      float[] scratch,
      int sumsOffset,
      int transposedOffset,
      float[] y,
      int yOffset,
      int ldy,
      float[] dx,
      int dxOffset,
      int lddx) {
    for (int c = 0; c < columns; c += L) {
      int width = Math.min(L, columns - c);
      for (int r = 0; r < PANEL; r += L) {
        int from = sumsOffset + c * PANEL + r;
        int active = yOffset + r * ldy + c;
        int to = dxOffset + r * lddx + c;
        if (width == 16) {
          Transpose.block16(scratch, from, PANEL, true, y, active, ldy, dx, to, lddx);
        } else {
          Transpose.block(scratch, from, PANEL, scratch, transposedOffset, L);
          Epilogue.mask(L, width, scratch, transposedOffset, y, active, ldy, dx, to, lddx);
        }
      }
    }
  }
}
