package lanewise.kernel;

import static lanewise.kernel.Lanes.L;
import static lanewise.kernel.Lanes.PANEL;
import static lanewise.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * The products of a layer with few outputs, such as the ten classes: vectors along the outputs
 * would be half empty, and sums over them are short.
 *
 * <p>Forward and update: vectors run along the rows of the batch, or along the inputs, and the
 * outputs are the rows of the tile; ten outputs would fill 10 of 16 lanes, this way every lane
 * works. The sums are transposed, and are transposed back in blocks. Backward: the weights of a few
 * outputs stay in registers while the rows of the batch stream by.
 */
final class NarrowGemm {
  private NarrowGemm() {}

  /**
   * Whether n outputs are few enough. Only with 16 lanes, because {@link Transpose} is slow with
   * fewer; beyond three quarters of them, transposing costs more than the empty lanes.
   */
  static boolean pays(int n) {
    return L == 16 && n > 0 && n <= L * 3 / 4;
  }

  /**
   * As {@link Gemm#forward}, for the rows that fill whole panels.
   *
   * @return how many rows that is
   */
  static int forward(
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
    int rows = m / PANEL * PANEL;
    int sumsOffset = Panels.wholeBlocks(k) * PANEL;
    int transposedOffset = sumsOffset + L * PANEL;
    float[] scratch = Scratch.floats(transposedOffset + L * L);
    for (int i = 0; i < rows; i += PANEL) {
      Panels.packTransposed(k, PANEL, x, xOffset + i * ldx, ldx, scratch, 0);
      sums(n, k, w, wOffset, ldw, scratch, 0, PANEL, scratch, sumsOffset);
      for (int v = 0; v < PANEL; v += L) {
        Transpose.block(scratch, sumsOffset + v, PANEL, scratch, transposedOffset, L);
        int offset = yOffset + (i + v) * ldy;
        Epilogue.activate(L, n, scratch, transposedOffset, bias, biasOffset, y, offset, ldy, floor);
      }
    }
    return rows;
  }

  /**
   * As {@link Gemm#backward}, for the columns of dx that fill whole panels.
   *
   * @return how many columns that is
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
    int columns = k / PANEL * PANEL;
    float[] panel = Scratch.floats(Panels.wholeBlocks(n) * PANEL);
    for (int j = 0; j < columns; j += PANEL) {
      Panels.packTransposed(n, PANEL, w, wOffset + j * ldw, ldw, panel, 0);
      int p = 0;
      while (p < n) {
        int terms = n - p >= 10 ? 10 : n - p >= 5 ? 5 : 1;
        int next = p + terms;
        int offset = dzOffset + p;
        int from = p * PANEL;
        boolean first = p == 0;
        boolean last = next == n;
        if (terms == 10) {
          NarrowTile.terms10x2(
              m,
              dz,
              offset,
              lddz,
              panel,
              from,
              first,
              last,
              y,
              yOffset + j,
              ldy,
              dx,
              dxOffset + j,
              lddx);
        } else if (terms == 5) {
          NarrowTile.terms5x2(
              m,
              dz,
              offset,
              lddz,
              panel,
              from,
              first,
              last,
              y,
              yOffset + j,
              ldy,
              dx,
              dxOffset + j,
              lddx);
        } else {
          NarrowTile.terms1x2(
              m,
              dz,
              offset,
              lddz,
              panel,
              from,
              first,
              last,
              y,
              yOffset + j,
              ldy,
              dx,
              dxOffset + j,
              lddx);
        }
        p = next;
      }
    }
    return columns;
  }

  /**
   * As {@link GemmUpdate#update}, for the rows of w that fill whole panels. The rows of w must be
   * dense: n is also the row length.
   *
   * @return how many rows that is
   */
  static int update(
      int m,
      int n,
      int k,
      float[] x,
      int xOffset,
      int ldx,
      float[] dz,
      int dzOffset,
      int lddz,
      float[] w,
      int wOffset,
      float step) {
    int rows = k / PANEL * PANEL;
    int transposedOffset = L * PANEL;
    float[] scratch = Scratch.floats(transposedOffset + PANEL * L);
    for (int i = 0; i < rows; i += PANEL) {
      sums(n, m, dz, dzOffset, lddz, x, xOffset + i, ldx, scratch, 0);
      // Rows of n floats: what a block writes beyond the end of one, the next row overwrites.
      Transpose.block(scratch, 0, PANEL, scratch, transposedOffset, n);
      Transpose.block(scratch, L, PANEL, scratch, transposedOffset + L * n, n);
      step(PANEL * n, scratch, transposedOffset, w, wOffset + i * n, step);
    }
    return rows;
  }

  /** {@code sums (n,PANEL) = a (k,n)^T b (k,PANEL)}. */
  private static void sums(
      int n,
      int k,
      float[] a,
      int aOffset,
      int lda,
      float[] b,
      int bOffset,
      int ldb,
      float[] sums,
      int sumsOffset) {
    int i = 0;
    for (; i <= n - NarrowTile.ROWS; i += NarrowTile.ROWS) {
      NarrowTile.sums10x2(k, a, aOffset + i, lda, b, bOffset, ldb, sums, sumsOffset + i * PANEL);
    }
    Gemm.edges(
        n - i, 2, k, a, aOffset + i, 1, lda, b, bOffset, ldb, sums, sumsOffset + i * PANEL, false);
  }

  /** {@code w = fma(-step, sums + 0, w)}; count is a multiple of L. */
  private static void step(
      int count, float[] sums, int sumsOffset, float[] w, int wOffset, float step) {
    FloatVector negative = FloatVector.broadcast(SPECIES, -step);
    for (int i = 0; i < count; i += L) {
      FloatVector sum = FloatVector.fromArray(SPECIES, sums, sumsOffset + i).add(0);
      negative.fma(sum, FloatVector.fromArray(SPECIES, w, wOffset + i)).intoArray(w, wOffset + i);
    }
  }
}
