package lanewise.kernel;

import static lanewise.kernel.Lanes.L;
import static lanewise.kernel.Lanes.PANEL;
import static lanewise.kernel.Tile.ROWS;
import static lanewise.kernel.Tile.TALL;

/**
 * The dense products around {@link Tile} and {@link StepTile}: blocks that fit the caches, panels
 * of the right-hand matrix copied together, and the edges that no tall tile covers.
 *
 * <p>After Goto and van de Geijn, Anatomy of High-Performance Matrix Multiplication, ACM
 * Transactions on Mathematical Software 34 (2008): a panel (depth, 2 vectors) is reused by all rows
 * of a block, which stays in the second-level cache meanwhile.
 */
final class Gemm {
  /** Steps of k in one go: 128 KB of a panel with 16 lanes. */
  private static final int DEPTH = 1024;

  /** Floats of a block of a: 384 KB, which with a panel fits a second-level cache of 1 MB. */
  private static final int BLOCK_FLOATS = 96 << 10;

  /** Floats of all panels that are copied at once: 16 MB, for the third-level cache. */
  private static final int PANEL_FLOATS = 4 << 20;

  /**
   * Rows of such a length, 2 KB or a multiple, begin in one or two sets of a first-level cache, and
   * a tall tile's rows drive each other out: they are copied apart.
   */
  static final int ALIAS = 512;

  /** Fewer rows than this do not earn back the copying of panels that can be read in place. */
  private static final int MIN_PACKED_ROWS = 128;

  private Gemm() {}

  /** {@code y (m,n) = max(x (m,k) w (k,n) + bias (n), floor)}. */
  static void forward(
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
    if (NarrowGemm.pays(n)) {
      int done =
          NarrowGemm.forward(
              m, n, k, x, xOffset, ldx, w, wOffset, ldw, bias, biasOffset, y, yOffset, ldy, floor);
      m -= done;
      xOffset += done * ldx;
      yOffset += done * ldy;
    }
    if (m == 0) {
      return;
    }
    boolean inPlace = m < MIN_PACKED_ROWS;
    int rows = blockRows(m, k);
    int range = range(n, k, m > rows);
    int sumsOffset = k * (inPlace ? PANEL : Math.ceilDiv(range, PANEL) * PANEL);
    int blockOffset = sumsOffset + rows * PANEL;
    boolean copy = ldx % ALIAS == 0;
    float[] scratch = Scratch.floats(blockOffset + (copy ? rows * (k + L) : 0));
    for (int r = 0; r < n; r += range) {
      int end = Math.min(n, r + range);
      for (int j = r; j < end && !inPlace; j += PANEL) {
        Panels.pack(k, Math.min(PANEL, n - j), w, wOffset + j, ldw, scratch, (j - r) * k);
      }
      for (int i = 0; i < m; i += rows) {
        int height = Math.min(rows, m - i);
        float[] a = copy ? scratch : x;
        int aOffset = copy ? blockOffset : xOffset + i * ldx;
        int lda = copy ? k + L : ldx;
        if (copy) {
          Panels.copy(height, k, x, xOffset + i * ldx, ldx, scratch, blockOffset);
        }
        for (int j = r; j < end; j += PANEL) {
          int width = Math.min(PANEL, n - j);
          if (inPlace && width == PANEL) {
            sums(height, 2, k, a, aOffset, lda, w, wOffset + j, ldw, scratch, sumsOffset);
          } else {
            if (inPlace) {
              Panels.pack(k, width, w, wOffset + j, ldw, scratch, 0);
            }
            int vectors = width > L ? 2 : 1;
            int panel = inPlace ? 0 : (j - r) * k;
            sums(
                height,
                vectors,
                k,
                a,
                aOffset,
                lda,
                scratch,
                panel,
                vectors * L,
                scratch,
                sumsOffset);
          }
          Epilogue.activate(
              height,
              width,
              scratch,
              sumsOffset,
              bias,
              biasOffset + j,
              y,
              yOffset + i * ldy + j,
              ldy,
              floor);
        }
      }
    }
  }

  /**
   * {@code dx (m,k) = dz (m,n) w (k,n)^T} where {@code y (m,k) > 0}, else 0. The panels are turned
   * as they are copied, so that a vector holds neighbours of dx.
   */
  static void backward(
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
    if (NarrowGemm.pays(n)) {
      int done =
          NarrowGemm.backward(
              m, n, k, dz, dzOffset, lddz, w, wOffset, ldw, y, yOffset, ldy, dx, dxOffset, lddx);
      k -= done;
      wOffset += done * ldw;
      yOffset += done;
      dxOffset += done;
    }
    if (TransposedGemm.pays(m, n, k)) {
      int done =
          TransposedGemm.backward(
              m, n, k, dz, dzOffset, lddz, w, wOffset, ldw, y, yOffset, ldy, dx, dxOffset, lddx);
      m -= done;
      dzOffset += done * lddz;
      yOffset += done * ldy;
      dxOffset += done * lddx;
    }
    if (m == 0) {
      return;
    }
    int rows = blockRows(m, n);
    int range = range(k, n, m > rows);
    int sumsOffset = n * (Math.ceilDiv(range, PANEL) - 1) * PANEL + Panels.wholeBlocks(n) * PANEL;
    int blockOffset = sumsOffset + rows * PANEL;
    boolean copy = lddz % ALIAS == 0;
    float[] scratch = Scratch.floats(blockOffset + (copy ? rows * (n + L) : 0));
    for (int r = 0; r < k; r += range) {
      int end = Math.min(k, r + range);
      for (int j = r; j < end; j += PANEL) {
        int width = Math.min(PANEL, k - j);
        Panels.packTransposed(n, width, w, wOffset + j * ldw, ldw, scratch, (j - r) * n);
      }
      for (int i = 0; i < m; i += rows) {
        int height = Math.min(rows, m - i);
        float[] a = copy ? scratch : dz;
        int aOffset = copy ? blockOffset : dzOffset + i * lddz;
        int lda = copy ? n + L : lddz;
        if (copy) {
          Panels.copy(height, n, dz, dzOffset + i * lddz, lddz, scratch, blockOffset);
        }
        for (int j = r; j < end; j += PANEL) {
          int width = Math.min(PANEL, k - j);
          int vectors = width > L ? 2 : 1;
          int panel = (j - r) * n;
          sums(
              height,
              vectors,
              n,
              a,
              aOffset,
              lda,
              scratch,
              panel,
              vectors * L,
              scratch,
              sumsOffset);
          int offset = yOffset + i * ldy + j;
          Epilogue.mask(
              height,
              width,
              scratch,
              sumsOffset,
              y,
              offset,
              ldy,
              dx,
              dxOffset + i * lddx + j,
              lddx);
        }
      }
    }
  }

  /**
   * Columns whose panels are copied at once, a multiple of a panel: many if several blocks of rows
   * use them, else one, which the next cache still holds when the tiles read it.
   */
  private static int range(int columns, int depth, boolean reused) {
    if (!reused) {
      return Math.max(1, Math.min(columns, PANEL));
    }
    int maxColumns = Math.max(1, PANEL_FLOATS / (PANEL * Math.max(1, depth))) * PANEL;
    return Math.max(1, Math.min(columns, maxColumns));
  }

  /** Columns, a multiple of a panel, whose panels stay in the second-level cache. */
  static int cachedColumns(int n, int depth) {
    int maxPanels = Math.max(1, BLOCK_FLOATS / (PANEL * Math.max(1, depth)));
    return Math.max(1, Math.min(Math.ceilDiv(n, PANEL), maxPanels)) * PANEL;
  }

  /** Rows of a block of a: as many tall tiles as stay in the second-level cache. */
  private static int blockRows(int m, int depth) {
    int tiles = Math.max(1, BLOCK_FLOATS / (TALL * Math.max(1, depth)));
    return Math.max(1, Math.min(m, tiles * TALL));
  }

  /** Sums (rows, vectors * L), without gap, over all of k, in runs of it that the cache holds. */
  static void sums(
      int rows,
      int vectors,
      int k,
      float[] a,
      int aOffset,
      int lda,
      float[] b,
      int bOffset,
      int ldb,
      float[] sums,
      int sumsOffset) {
    int p = 0;
    do { // Once for k = 0 too: the sums are zeros then.
      int depth = Math.min(DEPTH, k - p);
      tiles(
          rows,
          vectors,
          depth,
          a,
          aOffset + p,
          lda,
          b,
          bOffset + p * ldb,
          ldb,
          sums,
          sumsOffset,
          p > 0);
      p += depth;
    } while (p < k);
  }

  /** Sums (rows, vectors * L), without gap, of a block of rows of a times one panel of b. */
  private static void tiles(
      int rows,
      int vectors,
      int k,
      float[] a,
      int aOffset,
      int lda,
      float[] b,
      int bOffset,
      int ldb,
      float[] sums,
      int sumsOffset,
      boolean resume) {
    int row = vectors * L;
    int i = 0;
    if (vectors == 2) {
      for (; i <= rows - TALL; i += TALL) {
        int from = aOffset + i * lda;
        int offset = sumsOffset + i * row;
        if (TALL == 14) {
          Tile.sums14x2(k, a, from, lda, b, bOffset, ldb, sums, offset, resume);
        } else {
          Tile.sums6x2(k, a, from, lda, b, bOffset, ldb, sums, offset, resume);
        }
      }
    } else {
      for (; i <= rows - ROWS; i += ROWS) {
        Tile.sums8x1(
            k, a, aOffset + i * lda, lda, b, bOffset, ldb, sums, sumsOffset + i * row, resume);
      }
    }
    edges(
        rows - i,
        vectors,
        k,
        a,
        aOffset + i * lda,
        lda,
        1,
        b,
        bOffset,
        ldb,
        sums,
        sumsOffset + i * row,
        resume);
  }

  /** Sums of rows that no tall tile covers, with any strides. */
  static void edges(
      int rows,
      int vectors,
      int k,
      float[] a,
      int aOffset,
      int aRow,
      int aCol,
      float[] b,
      int bOffset,
      int ldb,
      float[] sums,
      int sumsOffset,
      boolean resume) {
    int i = 0;
    while (i < rows) {
      int from = aOffset + i * aRow;
      int offset = sumsOffset + i * vectors * L;
      if (vectors == 2 && rows - i >= 4) {
        EdgeTile.sums4x2(k, a, from, aRow, aCol, b, bOffset, ldb, sums, offset, resume);
        i += 4;
      } else if (vectors == 2) {
        EdgeTile.sums1x2(k, a, from, aRow, aCol, b, bOffset, ldb, sums, offset, resume);
        i++;
      } else {
        EdgeTile.sums1x1(k, a, from, aRow, aCol, b, bOffset, ldb, sums, offset, resume);
        i++;
      }
    }
  }
}
