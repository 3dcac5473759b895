package lanewise.kernel;

import static lanewise.kernel.Lanes.L;
import static lanewise.kernel.Lanes.SPECIES;
import static lanewise.kernel.Tile.PANEL;
import static lanewise.kernel.Tile.ROWS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * The dense products around {@link Tile}: blocks that fit the caches, panels of b copied together,
 * and the edges that no main tile covers.
 *
 * <p>After Goto and van de Geijn, Anatomy of High-Performance Matrix Multiplication, ACM
 * Transactions on Mathematical Software 34 (2008): a panel of b (depth, 2 vectors) is reused by all
 * rows of a block of a, which stays in the second-level cache meanwhile.
 */
final class Gemm {
  /** Steps of k in a panel: 128 KB with 16 lanes, a small part of a second-level cache. */
  private static final int DEPTH = 1024;

  /** Rows that share a copied panel: enough that the copy costs a percent or less. */
  private static final int BLOCK = 256;

  /** Fewer rows than this do not earn back the copying of a panel. */
  private static final int WORTH_PACKING = 16;

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
    int sumsAt = Math.min(DEPTH, k) * PANEL;
    float[] scratch = Scratch.floats(sumsAt + Math.min(BLOCK, m) * PANEL);
    for (int i = 0; i < m; i += BLOCK) {
      int rows = Math.min(BLOCK, m - i);
      for (int j = 0; j < n; j += PANEL) {
        int width = Math.min(PANEL, n - j);
        sums(rows, width, k, x, xAt + i * ldx, ldx, 1, w, wAt + j, ldw, scratch, sumsAt);
        activate(rows, width, scratch, sumsAt, bias, biasAt + j, y, yAt + i * ldy + j, ldy, floor);
      }
    }
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
        int at = wAt + i * ldw + j;
        int done = 0;
        if (width == PANEL && m <= DEPTH) {
          pack(m, PANEL, dz, dzAt + j, lddz, scratch);
          for (; done <= rows - ROWS; done += ROWS) {
            Tile.step8x2(
                m, x, xAt + i + done, 1, ldx, scratch, 0, PANEL, w, at + done * ldw, ldw, step);
          }
        }
        int left = rows - done;
        sums(left, width, m, x, xAt + i + done, 1, ldx, dz, dzAt + j, lddz, scratch, sumsAt);
        step(left, width, scratch, sumsAt, w, at + done * ldw, ldw, step);
      }
    }
  }

  /**
   * One block of rows times one panel: sums (rows, one or two vectors).
   *
   * @param aRow step in a from one row to the next
   * @param aCol step in a from one p to the next; (lda, 1) reads a, (1, lda) its transpose
   * @param scratch the panel's copy at 0; the sums at sumsAt
   */
  private static void sums(
      int rows,
      int width,
      int k,
      float[] a,
      int aAt,
      int aRow,
      int aCol,
      float[] b,
      int bAt,
      int ldb,
      float[] scratch,
      int sumsAt) {
    if (rows == 0) {
      return;
    }
    int vectors = width > L ? 2 : 1;
    boolean pack = width < PANEL || rows >= WORTH_PACKING;
    int p = 0;
    do { // Once for k = 0 too: the sums are zeros then.
      int depth = Math.min(DEPTH, k - p);
      int at = bAt + p * ldb;
      if (pack) {
        pack(depth, width, b, at, ldb, scratch);
        tiles(
            rows,
            vectors,
            depth,
            a,
            aAt + p * aCol,
            aRow,
            aCol,
            scratch,
            0,
            vectors * L,
            scratch,
            sumsAt,
            p > 0);
      } else {
        tiles(
            rows,
            vectors,
            depth,
            a,
            aAt + p * aCol,
            aRow,
            aCol,
            b,
            at,
            ldb,
            scratch,
            sumsAt,
            p > 0);
      }
      p += depth;
    } while (p < k);
  }

  /** Sums (rows, vectors * L), without gap, in tiles as large as fit. */
  static void tiles(
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
      int left = rows - i;
      int from = aAt + i * aRow;
      int at = sumsAt + i * vectors * L;
      if (vectors == 2) {
        if (left >= ROWS) {
          Tile.sums8x2(k, a, from, aRow, aCol, b, bAt, ldb, sums, at, resume);
          i += ROWS;
        } else if (left >= 4) {
          Tile.sums4x2(k, a, from, aRow, aCol, b, bAt, ldb, sums, at, resume);
          i += 4;
        } else {
          Tile.sums1x2(k, a, from, aRow, aCol, b, bAt, ldb, sums, at, resume);
          i++;
        }
      } else if (left >= ROWS) {
        Tile.sums8x1(k, a, from, aRow, aCol, b, bAt, ldb, sums, at, resume);
        i += ROWS;
      } else {
        Tile.sums1x1(k, a, from, aRow, aCol, b, bAt, ldb, sums, at, resume);
        i++;
      }
    }
  }

  /** Copies a panel's rows together, each one or two vectors long, with zeros beyond its width. */
  private static void pack(int k, int width, float[] b, int bAt, int ldb, float[] panel) {
    int row = width > L ? PANEL : L;
    for (int v = 0; v < row; v += L) {
      VectorMask<Float> mask = SPECIES.indexInRange(0, width - v);
      for (int p = 0; p < k; p++) {
        FloatVector.fromArray(SPECIES, b, bAt + p * ldb + v, mask).intoArray(panel, p * row + v);
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
      VectorMask<Float> mask = SPECIES.indexInRange(0, width - j);
      FloatVector b = FloatVector.fromArray(SPECIES, bias, biasAt + j, mask);
      for (int i = 0; i < rows; i++) {
        FloatVector sum = FloatVector.fromArray(SPECIES, sums, sumsAt + i * row + j);
        sum.add(b).max(floor).intoArray(y, yAt + i * ldy + j, mask);
      }
    }
  }

  /** {@code w (rows, width) = fma(-step, sums, w)}, for the edges that the main tile leaves. */
  private static void step(
      int rows, int width, float[] sums, int sumsAt, float[] w, int wAt, int ldw, float step) {
    FloatVector negative = FloatVector.broadcast(SPECIES, -step);
    int row = width > L ? PANEL : L;
    for (int j = 0; j < width; j += L) {
      VectorMask<Float> mask = SPECIES.indexInRange(0, width - j);
      for (int i = 0; i < rows; i++) {
        FloatVector sum = FloatVector.fromArray(SPECIES, sums, sumsAt + i * row + j);
        int at = wAt + i * ldw + j;
        negative.fma(sum, FloatVector.fromArray(SPECIES, w, at, mask)).intoArray(w, at, mask);
      }
    }
  }
}
