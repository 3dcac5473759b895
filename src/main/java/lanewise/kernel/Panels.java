package lanewise.kernel;

import static lanewise.kernel.Lanes.L;
import static lanewise.kernel.Lanes.MASKS;
import static lanewise.kernel.Lanes.PANEL;
import static lanewise.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Packing: copies of matrix parts in the layout that the tiles read. A panel holds two vectors of
 * each row, densely, with zeros beyond the matrix.
 */
final class Panels {
  private Panels() {}

  /** Packs the panel {@code b (k,width)}. */
  static void pack(
      int k, int width, float[] b, int bOffset, int ldb, float[] panel, int panelOffset) {
    if (width == PANEL) {
      for (int p = 0; p < k; p++) {
        int from = bOffset + p * ldb;
        int to = panelOffset + p * PANEL;
        FloatVector b0 = FloatVector.fromArray(SPECIES, b, from);
        FloatVector b1 = FloatVector.fromArray(SPECIES, b, from + L);
        b0.intoArray(panel, to);
        b1.intoArray(panel, to + L);
      }
      return;
    }
    VectorMask<Float> first = MASKS[Math.min(L, width)];
    VectorMask<Float> second = MASKS[Math.max(0, width - L)];
    for (int p = 0; p < k; p++) {
      int from = bOffset + p * ldb;
      int to = panelOffset + p * PANEL;
      FloatVector.fromArray(SPECIES, b, from, first).intoArray(panel, to);
      FloatVector.fromArray(SPECIES, b, from + L, second).intoArray(panel, to + L);
    }
  }

  /** Packs the panel {@code b (width,k)^T}. */
  static void packTransposed(
      int k, int width, float[] b, int bOffset, int ldb, float[] panel, int panelOffset) {
    for (int v = 0; v < PANEL; v += L) {
      int height = Math.clamp(width - v, 0, L);
      int from = bOffset + v * ldb;
      int to = panelOffset + v;
      int p = 0;
      for (; height == L && p <= k - L; p += L) {
        Transpose.block(b, from + p, ldb, panel, to + p * PANEL, PANEL);
      }
      for (; p < k; p++) {
        for (int i = 0; i < L; i++) {
          panel[to + p * PANEL + i] = i < height ? b[from + i * ldb + p] : 0;
        }
      }
    }
  }

  /** Copies rows of length k to rows of length k + L. */
  static void copy(
      int rows, int k, float[] a, int aOffset, int lda, float[] block, int blockOffset) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(a, aOffset + i * lda, block, blockOffset + i * (k + L), k);
    }
  }
}
