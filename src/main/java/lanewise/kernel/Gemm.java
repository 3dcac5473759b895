package lanewise.kernel;

import static lanewise.kernel.Lanes.L;
import static lanewise.kernel.Lanes.PANEL;
import static lanewise.kernel.Tile.ROWS;
import static lanewise.kernel.Tile.TALL;

/**
 * Loop nests of the forward and backward products around the micro-kernels of {@link Tile}: cache
 * blocks, packed panels of the right operand, and the remainder rows that no tall tile covers.
 *
 * <p>After Goto and van de Geijn, Anatomy of High-Performance Matrix Multiplication, ACM
 * Transactions on Mathematical Software 34 (2008): all rows of a block, which stays in the
 * second-level cache, reuse one panel (depth, 2 vectors) after the other.
 */
final class Gemm {
  /** Terms per pass over a panel: 128 KB of it with 16 lanes. */
  private static final int DEPTH = 1024;

  /** With fewer rows, packing whole panels costs more than it gains; they are read in place. */
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
    int rows = Blocking.blockRows(m, k);
    int range = Blocking.panelColumns(n, k, m > rows);
    int sumsOffset = k * (inPlace ? PANEL : Math.ceilDiv(range, PANEL) * PANEL);
    int blockOffset = sumsOffset + rows * PANEL;
    boolean copy = ldx % Blocking.ALIAS == 0;
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
   * {@code dx (m,k) = dz (m,n) w (k,n)^T} where {@code y (m,k) > 0}, else 0. Packing transposes the
   * panels, so that a vector holds neighbours of dx.
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
    int rows = Blocking.blockRows(m, n);
    int range = Blocking.panelColumns(k, n, m > rows);
    int sumsOffset = n * (Math.ceilDiv(range, PANEL) - 1) * PANEL + Panels.wholeBlocks(n) * PANEL;
    int blockOffset = sumsOffset + rows * PANEL;
    boolean copy = lddz % Blocking.ALIAS == 0;
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

  /** Computes dense sums (rows, vectors * L) over all of k, in passes that the cache holds. */
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
    do { // Once even for k = 0, to write zeros.
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

  /** Computes dense sums (rows, vectors * L) of a block of rows of a times one panel of b. */
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

  /** Computes the sums of the remainder rows that no tall tile covers, with any strides. */
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
