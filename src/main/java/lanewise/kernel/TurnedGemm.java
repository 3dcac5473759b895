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
final class TurnedGemm {
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

  private TurnedGemm() {}

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
      int dzAt,
      int lddz,
      float[] w,
      int wAt,
      int ldw,
      float[] y,
      int yAt,
      int ldy,
      float[] dx,
      int dxAt,
      int lddx) {
    int rows = m / PANEL * PANEL;
    int together = Gemm.cachedColumns(rows, n);
    int sumsAt = Panels.turned(n) * together;
    int turnedAt = sumsAt + ROWS * PANEL;
    int blockAt = turnedAt + L * L;
    boolean copy = Tile.TALL > WAYS && ldw % ALIAS == 0;
    float[] scratch = Scratch.floats(blockAt + (copy ? ROWS * (n + L) : 0));
    for (int b = 0; b < rows; b += together) {
      int end = Math.min(rows, b + together);
      for (int i = b; i < end; i += PANEL) {
        int to = (i - b) * Panels.turned(n);
        Panels.packTransposed(n, PANEL, dz, dzAt + i * lddz, lddz, scratch, to);
      }
      for (int j = 0; j < k; j += ROWS) {
        int columns = Math.min(ROWS, k - j);
        float[] a = copy ? scratch : w;
        int aAt = copy ? blockAt : wAt + j * ldw;
        int lda = copy ? n + L : ldw;
        if (copy) {
          Panels.copy(columns, n, w, wAt + j * ldw, ldw, scratch, blockAt);
        }
        for (int i = b; i < end; i += PANEL) {
          int panel = (i - b) * Panels.turned(n);
          Gemm.sums(columns, 2, n, a, aAt, lda, scratch, panel, PANEL, scratch, sumsAt);
          mask(
              columns,
              scratch,
              sumsAt,
              turnedAt,
              y,
              yAt + i * ldy + j,
              ldy,
              dx,
              dxAt + i * lddx + j,
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
      int sumsAt,
      int turnedAt,
      float[] y,
      int yAt,
      int ldy,
      float[] dx,
      int dxAt,
      int lddx) {
    for (int c = 0; c < columns; c += L) {
      int width = Math.min(L, columns - c);
      for (int r = 0; r < PANEL; r += L) {
        int from = sumsAt + c * PANEL + r;
        int active = yAt + r * ldy + c;
        int to = dxAt + r * lddx + c;
        if (width == 16) {
          Transpose.block16(scratch, from, PANEL, true, y, active, ldy, dx, to, lddx);
        } else {
          Transpose.block(scratch, from, PANEL, scratch, turnedAt, L);
          Epilogue.mask(L, width, scratch, turnedAt, y, active, ldy, dx, to, lddx);
        }
      }
    }
  }
}
