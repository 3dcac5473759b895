package lanewise.kernel;

import static lanewise.kernel.Lanes.L;
import static lanewise.kernel.Lanes.MASKS;
import static lanewise.kernel.Lanes.PANEL;
import static lanewise.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Packing: copies of matrix parts in the layout that the tiles read. A panel holds one or two
 * vectors of each row, densely, with zeros beyond the matrix.
 */
final class Panels {
  private Panels() {}

  /** Packs k rows of b, each to one or two vectors, with zeros beyond the width. */
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
    int row = width > L ? PANEL : L;
    for (int v = 0; v < row; v += L) {
      VectorMask<Float> mask = MASKS[Math.min(L, width - v)];
      for (int p = 0; p < k; p++) {
        FloatVector.fromArray(SPECIES, b, bOffset + p * ldb + v, mask)
            .intoArray(panel, panelOffset + p * row + v);
      }
    }
  }

  /**
   * Packs {@code b (width,k)^T} in the layout of {@link #pack}. Writes whole blocks: the panel must
   * have {@link #wholeBlocks} rows, and those beyond k are undefined.
   */
  static void packTransposed(
      int k, int width, float[] b, int bOffset, int ldb, float[] panel, int panelOffset) {
    int row = width > L ? PANEL : L;
    for (int v = 0; v < row; v += L) {
      int height = Math.min(L, width - v);
      int from = bOffset + v * ldb;
      // The last block reads past the end of its rows, but never past the end of the array.
      int whole = height == L && from + (L - 1) * ldb + wholeBlocks(k) <= b.length ? k : k - L + 1;
      int p = 0;
      if (height == L) {
        for (; p < whole; p += L) {
          Transpose.block(b, from + p, ldb, panel, panelOffset + p * row + v, row);
        }
      }
      for (; p < k; p++) {
        for (int i = 0; i < L; i++) {
          panel[panelOffset + p * row + v + i] = i < height ? b[from + i * ldb + p] : 0;
        }
      }
    }
  }

  /** Rows of a transposed panel of k rows: k rounded up to whole square blocks. */
  static int wholeBlocks(int k) {
    return Math.ceilDiv(k, L) * L;
  }

  /** Copies a block of rows to rows of length k + L. */
  static void copy(
      int rows, int k, float[] a, int aOffset, int lda, float[] block, int blockOffset) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(a, aOffset + i * lda, block, blockOffset + i * (k + L), k);
    }
  }
}
