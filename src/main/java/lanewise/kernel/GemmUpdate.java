package lanewise.kernel;

import static lanewise.kernel.Lanes.L;
import static lanewise.kernel.Lanes.MASKS;
import static lanewise.kernel.Lanes.PANEL;
import static lanewise.kernel.Lanes.SPECIES;
import static lanewise.kernel.Tile.ROWS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * The gradient product of a weight update around {@link StepTile}: panels of dz, rows of w in
 * blocks, and the step taken inside, so that no gradient is stored.
 */
final class GemmUpdate {
  /** Rows of w that share a copied panel in an update. */
  private static final int BLOCK = 256;

  private GemmUpdate() {}

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
    if (NarrowGemm.pays(n) && ldw == n) {
      int done = NarrowGemm.update(m, n, k, x, xAt, ldx, dz, dzAt, lddz, w, wAt, step);
      k -= done;
      xAt += done;
      wAt += done * ldw;
    }
    int sumsAt = Math.min(Gemm.DEPTH, m) * PANEL;
    float[] scratch = Scratch.floats(sumsAt + Math.min(BLOCK, k) * PANEL);
    for (int i = 0; i < k; i += BLOCK) {
      int rows = Math.min(BLOCK, k - i);
      for (int j = 0; j < n; j += PANEL) {
        int width = Math.min(PANEL, n - j);
        int wBlock = wAt + i * ldw + j;
        int p = 0;
        do {
          int depth = Math.min(Gemm.DEPTH, m - p);
          Panels.pack(depth, width, dz, dzAt + p * lddz + j, lddz, scratch, 0);
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

  /** Sums of a block of rows, then the step once the last of k is in the sums. */
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
    Gemm.edges(
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
