package lanewise.kernel;

import static lanewise.kernel.Lanes.L;
import static lanewise.kernel.Lanes.MASKS;
import static lanewise.kernel.Lanes.PANEL;
import static lanewise.kernel.Lanes.SPECIES;
import static lanewise.kernel.Tile.ROWS;
import static lanewise.kernel.Tile.TALL;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

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
  private static final int CACHED = 96 << 10;

  /** Floats of all panels that are copied at once: 16 MB, for the third-level cache. */
  private static final int PACKED = 4 << 20;

  /**
   * Rows of such a length, 2 KB or a multiple, begin in one or two sets of a first-level cache, and
   * a tall tile's rows drive each other out: they are copied apart.
   */
  private static final int ALIAS = 512;

  /** Rows of w that share a copied panel in an update. */
  private static final int BLOCK = 256;

  /** Fewer rows than this do not earn back the copying of panels that can be read in place. */
  private static final int WORTH_PACKING = 128;

  private Gemm() {}

  /** {@code y (m,n) = max(x (m,k) w (k,n) + bias (n), floor)}. */
  static void forward(
      int m,
      int n,
      int k,
      float[] x,
      int xAt,
      int ldx,
      float[] w,
      int wAt,
      int ldw,
      float[] bias,
      int biasAt,
      float[] y,
      int yAt,
      int ldy,
      float floor) {
    boolean inPlace = m < WORTH_PACKING;
    int range = range(n, k);
    int rows = blockRows(m, k);
    int sumsAt = k * (inPlace ? PANEL : Math.ceilDiv(range, PANEL) * PANEL);
    int blockAt = sumsAt + rows * PANEL;
    boolean copy = ldx % ALIAS == 0;
    float[] scratch = Scratch.floats(blockAt + (copy ? rows * (k + L) : 0));
    for (int r = 0; r < n; r += range) {
      int end = Math.min(n, r + range);
      for (int j = r; j < end && !inPlace; j += PANEL) {
        pack(k, Math.min(PANEL, n - j), w, wAt + j, ldw, scratch, (j - r) * k);
      }
      for (int i = 0; i < m; i += rows) {
        int height = Math.min(rows, m - i);
        float[] a = copy ? scratch : x;
        int aAt = copy ? blockAt : xAt + i * ldx;
        int lda = copy ? k + L : ldx;
        if (copy) {
          copy(height, k, x, xAt + i * ldx, ldx, scratch, blockAt);
        }
        for (int j = r; j < end; j += PANEL) {
          int width = Math.min(PANEL, n - j);
          if (inPlace && width == PANEL) {
            sums(height, 2, k, a, aAt, lda, w, wAt + j, ldw, scratch, sumsAt);
          } else {
            if (inPlace) {
              pack(k, width, w, wAt + j, ldw, scratch, 0);
            }
            int vectors = width > L ? 2 : 1;
            int panel = inPlace ? 0 : (j - r) * k;
            sums(height, vectors, k, a, aAt, lda, scratch, panel, vectors * L, scratch, sumsAt);
          }
          activate(
              height, width, scratch, sumsAt, bias, biasAt + j, y, yAt + i * ldy + j, ldy, floor);
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
    int range = range(k, n);
    int rows = blockRows(m, n);
    int sumsAt = n * Math.ceilDiv(range, PANEL) * PANEL;
    int blockAt = sumsAt + rows * PANEL;
    boolean copy = lddz % ALIAS == 0;
    float[] scratch = Scratch.floats(blockAt + (copy ? rows * (n + L) : 0));
    for (int r = 0; r < k; r += range) {
      int end = Math.min(k, r + range);
      for (int j = r; j < end; j += PANEL) {
        int width = Math.min(PANEL, k - j);
        packTransposed(n, width, w, wAt + j * ldw, ldw, scratch, (j - r) * n);
      }
      for (int i = 0; i < m; i += rows) {
        int height = Math.min(rows, m - i);
        float[] a = copy ? scratch : dz;
        int aAt = copy ? blockAt : dzAt + i * lddz;
        int lda = copy ? n + L : lddz;
        if (copy) {
          copy(height, n, dz, dzAt + i * lddz, lddz, scratch, blockAt);
        }
        for (int j = r; j < end; j += PANEL) {
          int width = Math.min(PANEL, k - j);
          int vectors = width > L ? 2 : 1;
          int panel = (j - r) * n;
          sums(height, vectors, n, a, aAt, lda, scratch, panel, vectors * L, scratch, sumsAt);
          int at = yAt + i * ldy + j;
          mask(height, width, scratch, sumsAt, y, at, ldy, dx, dxAt + i * lddx + j, lddx);
        }
      }
    }
  }

  /** A block of rows with another row length, see {@link #ALIAS}. */
  private static void copy(
      int rows, int k, float[] a, int aAt, int lda, float[] block, int blockAt) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(a, aAt + i * lda, block, blockAt + i * (k + L), k);
    }
  }

  /** Columns whose panels are copied at once, a multiple of a panel. */
  private static int range(int columns, int depth) {
    int most = Math.max(1, PACKED / (PANEL * Math.max(1, depth))) * PANEL;
    return Math.max(1, Math.min(columns, most));
  }

  /** Rows of a block of a: as many tall tiles as stay in the second-level cache. */
  private static int blockRows(int m, int depth) {
    int tiles = Math.max(1, CACHED / (TALL * Math.max(1, depth)));
    return Math.max(1, Math.min(m, tiles * TALL));
  }

  /** {@code w (k,n) = fma(-step, x (m,k)^T dz (m,n), w)}. */
  static void update(
      int m,
      int n,
      int k,
      float[] x,
      int xAt,
      int ldx,
      float[] dz,
      int dzAt,
      int lddz,
      float[] w,
      int wAt,
      int ldw,
      float step) {
    int sumsAt = Math.min(DEPTH, m) * PANEL;
    float[] scratch = Scratch.floats(sumsAt + Math.min(BLOCK, k) * PANEL);
    for (int i = 0; i < k; i += BLOCK) {
      int rows = Math.min(BLOCK, k - i);
      for (int j = 0; j < n; j += PANEL) {
        int width = Math.min(PANEL, n - j);
        int wBlock = wAt + i * ldw + j;
        int p = 0;
        do {
          int depth = Math.min(DEPTH, m - p);
          pack(depth, width, dz, dzAt + p * lddz + j, lddz, scratch, 0);
          steps(
              rows,
              width,
              depth,
              x,
              xAt + p * ldx + i,
              ldx,
              scratch,
              sumsAt,
              p > 0,
              p + depth == m,
              w,
              wBlock,
              ldw,
              step);
          p += depth;
        } while (p < m);
      }
    }
  }

  /** Sums (rows, vectors * L), without gap, over all of k, in runs of it that the cache holds. */
  private static void sums(
      int rows,
      int vectors,
      int k,
      float[] a,
      int aAt,
      int lda,
      float[] b,
      int bAt,
      int ldb,
      float[] sums,
      int sumsAt) {
    int p = 0;
    do { // Once for k = 0 too: the sums are zeros then.
      int depth = Math.min(DEPTH, k - p);
      tiles(rows, vectors, depth, a, aAt + p, lda, b, bAt + p * ldb, ldb, sums, sumsAt, p > 0);
      p += depth;
    } while (p < k);
  }

  /** Sums (rows, vectors * L), without gap, of a block of rows of a times one panel of b. */
  private static void tiles(
      int rows,
      int vectors,
      int k,
      float[] a,
      int aAt,
      int lda,
      float[] b,
      int bAt,
      int ldb,
      float[] sums,
      int sumsAt,
      boolean resume) {
    int row = vectors * L;
    int i = 0;
    if (vectors == 2) {
      for (; i <= rows - TALL; i += TALL) {
        Tile.sums14x2(k, a, aAt + i * lda, lda, b, bAt, ldb, sums, sumsAt + i * row, resume);
      }
      for (; i <= rows - ROWS; i += ROWS) {
        Tile.sums8x2(k, a, aAt + i * lda, lda, b, bAt, ldb, sums, sumsAt + i * row, resume);
      }
    } else {
      for (; i <= rows - ROWS; i += ROWS) {
        Tile.sums8x1(k, a, aAt + i * lda, lda, b, bAt, ldb, sums, sumsAt + i * row, resume);
      }
    }
    edges(
        rows - i,
        vectors,
        k,
        a,
        aAt + i * lda,
        lda,
        1,
        b,
        bAt,
        ldb,
        sums,
        sumsAt + i * row,
        resume);
  }

  /** As {@link #tiles}, then the step once the last of k is in the sums. */
  private static void steps(
      int rows,
      int width,
      int k,
      float[] x,
      int xAt,
      int ldx,
      float[] scratch,
      int sumsAt,
      boolean resume,
      boolean last,
      float[] w,
      int wAt,
      int ldw,
      float step) {
    int vectors = width > L ? 2 : 1;
    int row = vectors * L;
    int i = 0;
    if (width == PANEL) {
      for (; i <= rows - ROWS; i += ROWS) {
        StepTile.step8x2(
            k,
            x,
            xAt + i,
            ldx,
            scratch,
            scratch,
            sumsAt + i * row,
            resume,
            last,
            w,
            wAt + i * ldw,
            ldw,
            step);
      }
    }
    int edge = i;
    if (vectors == 1) {
      for (; i <= rows - ROWS; i += ROWS) {
        StepTile.sums8x1(k, x, xAt + i, ldx, scratch, scratch, sumsAt + i * row, resume);
      }
    }
    edges(
        rows - i,
        vectors,
        k,
        x,
        xAt + i,
        1,
        ldx,
        scratch,
        0,
        row,
        scratch,
        sumsAt + i * row,
        resume);
    if (last) {
      step(rows - edge, width, scratch, sumsAt + edge * row, w, wAt + edge * ldw, ldw, step);
    }
  }

  /** Sums of rows that no tall tile covers, with any strides. */
  private static void edges(
      int rows,
      int vectors,
      int k,
      float[] a,
      int aAt,
      int aRow,
      int aCol,
      float[] b,
      int bAt,
      int ldb,
      float[] sums,
      int sumsAt,
      boolean resume) {
    int i = 0;
    while (i < rows) {
      int from = aAt + i * aRow;
      int at = sumsAt + i * vectors * L;
      if (vectors == 2 && rows - i >= 4) {
        Tile.any4x2(k, a, from, aRow, aCol, b, bAt, ldb, sums, at, resume);
        i += 4;
      } else if (vectors == 2) {
        Tile.any1x2(k, a, from, aRow, aCol, b, bAt, ldb, sums, at, resume);
        i++;
      } else {
        Tile.any1x1(k, a, from, aRow, aCol, b, bAt, ldb, sums, at, resume);
        i++;
      }
    }
  }

  /** Copies a panel's rows together, each one or two vectors long, with zeros beyond its width. */
  private static void pack(
      int k, int width, float[] b, int bAt, int ldb, float[] panel, int panelAt) {
    int row = width > L ? PANEL : L;
    for (int v = 0; v < row; v += L) {
      VectorMask<Float> mask = MASKS[Math.min(L, width - v)];
      for (int p = 0; p < k; p++) {
        FloatVector.fromArray(SPECIES, b, bAt + p * ldb + v, mask)
            .intoArray(panel, panelAt + p * row + v);
      }
    }
  }

  /** The panel {@code b (width,k)^T}, as {@link #pack} would lay it. */
  private static void packTransposed(
      int k, int width, float[] b, int bAt, int ldb, float[] panel, int panelAt) {
    int row = width > L ? PANEL : L;
    for (int v = 0; v < row; v += L) {
      int height = Math.min(L, width - v);
      int from = bAt + v * ldb;
      int p = 0;
      if (height == L) {
        for (; p <= k - L; p += L) {
          Transpose.block(b, from + p, ldb, panel, panelAt + p * row + v, row);
        }
      }
      for (; p < k; p++) {
        for (int i = 0; i < L; i++) {
          panel[panelAt + p * row + v + i] = i < height ? b[from + i * ldb + p] : 0;
        }
      }
    }
  }

  /** {@code y (rows, width) = max(sums + bias, floor)}. */
  private static void activate(
      int rows,
      int width,
      float[] sums,
      int sumsAt,
      float[] bias,
      int biasAt,
      float[] y,
      int yAt,
      int ldy,
      float floor) {
    int row = width > L ? PANEL : L;
    for (int j = 0; j < width; j += L) {
      VectorMask<Float> mask = MASKS[Math.min(L, width - j)];
      FloatVector b = FloatVector.fromArray(SPECIES, bias, biasAt + j, mask);
      for (int i = 0; i < rows; i++) {
        FloatVector sum = FloatVector.fromArray(SPECIES, sums, sumsAt + i * row + j);
        sum.add(b).max(floor).intoArray(y, yAt + i * ldy + j, mask);
      }
    }
  }

  /** {@code dx (rows, width) = sums} where {@code y > 0}, else 0. */
  private static void mask(
      int rows,
      int width,
      float[] sums,
      int sumsAt,
      float[] y,
      int yAt,
      int ldy,
      float[] dx,
      int dxAt,
      int lddx) {
    FloatVector zero = FloatVector.zero(SPECIES);
    int row = width > L ? PANEL : L;
    for (int j = 0; j < width; j += L) {
      VectorMask<Float> mask = MASKS[Math.min(L, width - j)];
      for (int i = 0; i < rows; i++) {
        FloatVector sum = FloatVector.fromArray(SPECIES, sums, sumsAt + i * row + j);
        FloatVector active = FloatVector.fromArray(SPECIES, y, yAt + i * ldy + j, mask);
        zero.blend(sum, active.compare(VectorOperators.GT, 0))
            .intoArray(dx, dxAt + i * lddx + j, mask);
      }
    }
  }

  /** {@code w (rows, width) = fma(-step, sums, w)}. */
  private static void step(
      int rows, int width, float[] sums, int sumsAt, float[] w, int wAt, int ldw, float step) {
    FloatVector negative = FloatVector.broadcast(SPECIES, -step);
    int row = width > L ? PANEL : L;
    for (int j = 0; j < width; j += L) {
      VectorMask<Float> mask = MASKS[Math.min(L, width - j)];
      for (int i = 0; i < rows; i++) {
        FloatVector sum = FloatVector.fromArray(SPECIES, sums, sumsAt + i * row + j);
        int at = wAt + i * ldw + j;
        negative.fma(sum, FloatVector.fromArray(SPECIES, w, at, mask)).intoArray(w, at, mask);
      }
    }
  }
}
