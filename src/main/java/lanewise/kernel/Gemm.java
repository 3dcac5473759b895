package lanewise.kernel;

import static lanewise.kernel.Lanes.L;
import static lanewise.kernel.Lanes.SPECIES;
import static lanewise.kernel.Lanes.fma;
import static lanewise.kernel.Tile.PANEL;
import static lanewise.kernel.Tile.ROWS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * The dense product around {@link Tile}: blocks that fit the caches, panels of b copied together,
 * and the edges that no main tile covers.
 *
 * <p>After Goto and van de Geijn, Anatomy of High-Performance Matrix Multiplication, ACM
 * Transactions on Mathematical Software 34 (2008): a panel of b (depth, 2 vectors) is reused by all
 * rows of a block of a, which stays in the second-level cache meanwhile.
 */
final class Gemm {
  /**
   * Steps of k in a panel: 128 KB of b with 16 lanes, an eighth to half of a second-level cache.
   */
  private static final int DEPTH = 1024;

  /** Rows of a that share a copied panel: enough that the copy costs a percent or less. */
  private static final int BLOCK = 256;

  /** Fewer rows than this do not earn back the copying of a panel. */
  private static final int WORTH_PACKING = 16;

  private Gemm() {}

  /**
   * {@code c (m,n) = finish(a (m,k) b (k,n))}.
   *
   * @param aRow step in a from one row of c to the next
   * @param aCol step in a from one p to the next; (lda, 1) reads a, (1, lda) its transpose
   * @param bias read by {@link Tile.Finish#ACTIVATE} only
   * @param operand see {@link Tile.Finish}
   */
  static void product(
      int m,
      int n,
      int k,
      float[] a,
      int aAt,
      int aRow,
      int aCol,
      float[] b,
      int bAt,
      int ldb,
      Tile.Finish finish,
      float[] c,
      int cAt,
      int ldc,
      float[] bias,
      int biasAt,
      float operand) {
    int depth = Math.min(DEPTH, k);
    int block = Math.min(BLOCK, m);
    int sumsAt = depth * PANEL;
    float[] scratch = Scratch.floats(sumsAt + block * PANEL);
    for (int i = 0; i < m; i += BLOCK) {
      int rows = Math.min(BLOCK, m - i);
      for (int j = 0; j < n; j += PANEL) {
        int width = Math.min(PANEL, n - j);
        int vectors = width > L ? 2 : 1;
        boolean pack = width < PANEL || rows >= WORTH_PACKING;
        int p = 0;
        do { // Once for k = 0 too: the sums are zeros then, and get their bias.
          int kc = Math.min(DEPTH, k - p);
          int bpj = bAt + p * ldb + j;
          if (pack) {
            pack(kc, width, b, bpj, ldb, scratch);
          }
          multiply(
              rows,
              width,
              vectors,
              kc,
              a,
              aAt + i * aRow + p * aCol,
              aRow,
              aCol,
              pack ? scratch : b,
              pack ? 0 : bpj,
              pack ? vectors * L : ldb,
              scratch,
              sumsAt,
              p > 0,
              p + kc == k ? finish : Tile.Finish.STORE,
              c,
              cAt + i * ldc + j,
              ldc,
              bias,
              biasAt + j,
              operand);
          p += kc;
        } while (p < k);
      }
    }
  }

  /** One block of rows times one panel. */
  private static void multiply(
      int rows,
      int width,
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
      boolean resume,
      Tile.Finish finish,
      float[] c,
      int cAt,
      int ldc,
      float[] bias,
      int biasAt,
      float operand) {
    int sumsRow = vectors * L;
    int i = 0;
    if (width == PANEL) {
      for (; i <= rows - ROWS; i += ROWS) {
        Tile.tile8x2(
            k,
            a,
            aAt + i * aRow,
            aRow,
            aCol,
            b,
            bAt,
            ldb,
            sums,
            sumsAt + i * sumsRow,
            resume,
            finish,
            c,
            cAt + i * ldc,
            ldc,
            bias,
            biasAt,
            operand);
      }
    }
    int edge = i;
    sums(rows, i, vectors, k, a, aAt, aRow, aCol, b, bAt, ldb, sums, sumsAt, resume);
    if (finish != Tile.Finish.STORE) {
      for (i = edge; i < rows; i++) {
        finishRow(
            width, sums, sumsAt + i * sumsRow, finish, c, cAt + i * ldc, bias, biasAt, operand);
      }
    }
  }

  /** Sums of rows {@code i} to {@code rows - 1}, in tiles as large as fit. */
  static void sums(
      int rows,
      int i,
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
    int sumsRow = vectors * L;
    while (i < rows) {
      int left = rows - i;
      int aRowAt = aAt + i * aRow;
      int at = sumsAt + i * sumsRow;
      if (vectors == 2) {
        if (left >= ROWS) {
          Tile.tile8x2(
              k,
              a,
              aRowAt,
              aRow,
              aCol,
              b,
              bAt,
              ldb,
              sums,
              at,
              resume,
              Tile.Finish.STORE,
              sums,
              0,
              0,
              sums,
              0,
              0);
          i += ROWS;
        } else if (left >= 4) {
          Tile.tile4x2(k, a, aRowAt, aRow, aCol, b, bAt, ldb, sums, at, resume);
          i += 4;
        } else {
          Tile.tile1x2(k, a, aRowAt, aRow, aCol, b, bAt, ldb, sums, at, resume);
          i++;
        }
      } else if (left >= ROWS) {
        Tile.tile8x1(k, a, aRowAt, aRow, aCol, b, bAt, ldb, sums, at, resume);
        i += ROWS;
      } else {
        Tile.tile1x1(k, a, aRowAt, aRow, aCol, b, bAt, ldb, sums, at, resume);
        i++;
      }
    }
  }

  /** Copies rows of a panel together, zeros beyond its width. */
  private static void pack(int k, int width, float[] b, int bAt, int ldb, float[] panel) {
    if (width == PANEL) {
      for (int p = 0; p < k; p++) {
        int from = bAt + p * ldb;
        FloatVector.fromArray(SPECIES, b, from).intoArray(panel, p * PANEL);
        FloatVector.fromArray(SPECIES, b, from + L).intoArray(panel, p * PANEL + L);
      }
      return;
    }
    int row = width > L ? PANEL : L;
    VectorMask<Float> last = Lanes.first(width - (row - L));
    for (int p = 0; p < k; p++) {
      int from = bAt + p * ldb;
      int to = p * row;
      if (width > L) {
        FloatVector.fromArray(SPECIES, b, from).intoArray(panel, to);
        from += L;
        to += L;
      }
      FloatVector.fromArray(SPECIES, b, from, last).intoArray(panel, to);
    }
  }

  /** What the main tile does in registers, for a row of any width up to a panel's. */
  private static void finishRow(
      int width,
      float[] sums,
      int sumsAt,
      Tile.Finish finish,
      float[] c,
      int cAt,
      float[] bias,
      int biasAt,
      float operand) {
    for (int j = 0; j < width; j += L) {
      VectorMask<Float> mask = Lanes.first(width - j);
      FloatVector sum = FloatVector.fromArray(SPECIES, sums, sumsAt + j);
      FloatVector result;
      if (finish == Tile.Finish.ACTIVATE) {
        result =
            Tile.activate(sum, FloatVector.fromArray(SPECIES, bias, biasAt + j, mask), operand);
      } else {
        FloatVector w = FloatVector.fromArray(SPECIES, c, cAt + j, mask);
        result = fma(FloatVector.broadcast(SPECIES, operand), sum, w);
      }
      result.intoArray(c, cAt + j, mask);
    }
  }
}
