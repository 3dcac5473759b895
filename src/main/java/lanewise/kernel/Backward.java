package lanewise.kernel;

import static lanewise.kernel.Lanes.L;
import static lanewise.kernel.Lanes.SPECIES;
import static lanewise.kernel.Tile.PANEL;
import static lanewise.kernel.Tile.ROWS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Deltas down through a layer's weights: {@code dx (m,k) = dz (m,n) w (k,n)^T}, masked.
 *
 * <p>A vector must hold different outputs of one row, which means w's columns, or of one column,
 * which means dz's; both lie a whole row apart. So the product is computed as {@code dx^T (k,m) = w
 * dz^T}: dz is small and turned once a call, w is read in place, and each block of the result is
 * turned on its way out.
 */
final class Backward {
  /** Rows of dx^T, and so of w, that are computed before they are turned. */
  private static final int STRIP = Math.max(ROWS, L);

  private Backward() {}

  static void product(
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
    int sumsAt = n * PANEL;
    int turnedAt = sumsAt + STRIP * PANEL;
    float[] scratch = Scratch.floats(turnedAt + L * L);
    for (int r = 0; r < m; r += PANEL) {
      int rows = Math.min(PANEL, m - r);
      int vectors = rows > L ? 2 : 1;
      packTransposed(rows, vectors, n, dz, dzAt + r * lddz, lddz, scratch, turnedAt);
      for (int p = 0; p < k; p += STRIP) {
        int height = Math.min(STRIP, k - p);
        int bRow = vectors * L;
        Gemm.tiles(
            height, vectors, n, w, wAt + p * ldw, ldw, 1, scratch, 0, bRow, scratch, sumsAt, false);
        for (int q = 0; q < height; q += L) {
          for (int v = 0; v < vectors; v++) {
            Transpose.block(scratch, sumsAt + q * bRow + v * L, bRow, scratch, turnedAt);
            int row = r + v * L;
            store(
                Math.min(L, m - row),
                Math.min(L, height - q),
                scratch,
                turnedAt,
                y,
                yAt + row * ldy + p + q,
                ldy,
                dx,
                dxAt + row * lddx + p + q,
                lddx);
          }
        }
      }
    }
  }

  /** The panel {@code dz^T (n, vectors * L)}, zeros beyond the rows. */
  private static void packTransposed(
      int rows, int vectors, int n, float[] dz, int dzAt, int lddz, float[] panel, int turnedAt) {
    int row = vectors * L;
    for (int v = 0; v < vectors; v++) {
      int height = Math.min(L, rows - v * L);
      int j = 0;
      if (height == L) {
        for (; j <= n - L; j += L) {
          Transpose.block(dz, dzAt + v * L * lddz + j, lddz, panel, turnedAt);
          for (int i = 0; i < L; i++) {
            FloatVector.fromArray(SPECIES, panel, turnedAt + i * L)
                .intoArray(panel, (j + i) * row + v * L);
          }
        }
      }
      for (; j < n; j++) {
        for (int i = 0; i < L; i++) {
          panel[j * row + v * L + i] = i < height ? dz[dzAt + (v * L + i) * lddz + j] : 0;
        }
      }
    }
  }

  /** A turned block into dx, where the activation is above zero. */
  private static void store(
      int rows,
      int width,
      float[] block,
      int blockAt,
      float[] y,
      int yAt,
      int ldy,
      float[] dx,
      int dxAt,
      int lddx) {
    VectorMask<Float> within = SPECIES.indexInRange(0, width);
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int i = 0; i < rows; i++) {
      FloatVector sum = FloatVector.fromArray(SPECIES, block, blockAt + i * L);
      FloatVector active = FloatVector.fromArray(SPECIES, y, yAt + i * ldy, within);
      zero.blend(sum, active.compare(VectorOperators.GT, 0)).intoArray(dx, dxAt + i * lddx, within);
    }
  }
}
