package lanewise.kernel;

import static lanewise.kernel.Lanes.L;
import static lanewise.kernel.Lanes.PANEL;

/**
 * The backward product for few rows, computed transposed: {@code dx^T (k,m) = w (k,n) dz^T (n,m)}.
 *
 * <p>Vectors run along the rows of the batch, and the tile broadcasts the weights, which are read
 * in place. {@link Gemm#backward} transposes the weights instead, k n elements; here dz and dx are
 * transposed, m (n + k) elements.
 */
final class TransposedGemm {
  /** Rows of w whose sums are transposed at once: whole tall tiles, and whole square blocks. */
  private static final int ROWS = Tile.TALL * 8;

  /** Associativity of a first-level cache. */
  private static final int WAYS = 8;

  /**
   * Row length of which every multiple is copied before use: 4 KB. Such rows all start in the same
   * set, and the rows of a tile taller than the associativity evict each other. Half of that, too
   * much for {@link Gemm}, is fine here: 107 GFLOP/s in place, 101 copied, at 64x512x512.
   */
  private static final int ALIAS = 1024;

  private TransposedGemm() {}

  /**
   * Whether this pays: there is a whole panel of rows, and less than twice as much to transpose
   * (transposing dx also masks it, in the same pass).
   */
  static boolean pays(int m, int n, int k) {
    return m >= PANEL && m * ((long) n + k) < 2L * k * n;
  }

  /**
   * As {@link Gemm#backward}, for the rows that fill whole panels.
   *
   * @return how many rows that is
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
    int cachedRows = Blocking.cachedColumns(rows, n);
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
