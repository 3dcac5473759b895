package lanewise.bench.walk;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.bench.Width;

/**
 * Four rows by four vectors: every loaded vector of w is used for four rows, every broadcast
 * element of x for four vectors. Arguments as in {@link Loops}; m is a multiple of 4, n of four
 * vectors.
 */
final class Tile4x4 {
  private static final VectorSpecies<Float> SPECIES = Width.SPECIES;
  private static final int L = SPECIES.length();

  private Tile4x4() {}

  static void product(int m, int n, int k, float[] x, float[] w, float[] bias, float[] y) {
    rows(0, m, n, k, x, w, bias, y);
  }

  /** Computes the rows from {@code from}. */
  static void rows(int from, int m, int n, int k, float[] x, float[] w, float[] bias, float[] y) {
    for (int i = from; i < m; i += 4) {
      for (int j = 0; j < n; j += 4 * L) {
        tile(n, k, x, i * k, w, j, bias, y, i * n + j);
      }
    }
  }

  /** One tile: rows of x from offset {@code xAt}, columns of w from {@code j}. */
  private static void tile(
      int n, int k, float[] x, int xAt, float[] w, int j, float[] bias, float[] y, int yAt) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = FloatVector.zero(SPECIES);
    FloatVector c02 = FloatVector.zero(SPECIES);
    FloatVector c03 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c11 = FloatVector.zero(SPECIES);
    FloatVector c12 = FloatVector.zero(SPECIES);
    FloatVector c13 = FloatVector.zero(SPECIES);
    FloatVector c20 = FloatVector.zero(SPECIES);
    FloatVector c21 = FloatVector.zero(SPECIES);
    FloatVector c22 = FloatVector.zero(SPECIES);
    FloatVector c23 = FloatVector.zero(SPECIES);
    FloatVector c30 = FloatVector.zero(SPECIES);
    FloatVector c31 = FloatVector.zero(SPECIES);
    FloatVector c32 = FloatVector.zero(SPECIES);
    FloatVector c33 = FloatVector.zero(SPECIES);
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, w, p * n + j);
      FloatVector b1 = FloatVector.fromArray(SPECIES, w, p * n + j + L);
      FloatVector b2 = FloatVector.fromArray(SPECIES, w, p * n + j + 2 * L);
      FloatVector b3 = FloatVector.fromArray(SPECIES, w, p * n + j + 3 * L);
      FloatVector a = FloatVector.broadcast(SPECIES, x[xAt + p]);
      c00 = a.fma(b0, c00);
      c01 = a.fma(b1, c01);
      c02 = a.fma(b2, c02);
      c03 = a.fma(b3, c03);
      a = FloatVector.broadcast(SPECIES, x[xAt + k + p]);
      c10 = a.fma(b0, c10);
      c11 = a.fma(b1, c11);
      c12 = a.fma(b2, c12);
      c13 = a.fma(b3, c13);
      a = FloatVector.broadcast(SPECIES, x[xAt + 2 * k + p]);
      c20 = a.fma(b0, c20);
      c21 = a.fma(b1, c21);
      c22 = a.fma(b2, c22);
      c23 = a.fma(b3, c23);
      a = FloatVector.broadcast(SPECIES, x[xAt + 3 * k + p]);
      c30 = a.fma(b0, c30);
      c31 = a.fma(b1, c31);
      c32 = a.fma(b2, c32);
      c33 = a.fma(b3, c33);
    }
    Vectors.finish(c00, bias, j, y, yAt);
    Vectors.finish(c01, bias, j + L, y, yAt + L);
    Vectors.finish(c02, bias, j + 2 * L, y, yAt + 2 * L);
    Vectors.finish(c03, bias, j + 3 * L, y, yAt + 3 * L);
    Vectors.finish(c10, bias, j, y, yAt + n);
    Vectors.finish(c11, bias, j + L, y, yAt + n + L);
    Vectors.finish(c12, bias, j + 2 * L, y, yAt + n + 2 * L);
    Vectors.finish(c13, bias, j + 3 * L, y, yAt + n + 3 * L);
    Vectors.finish(c20, bias, j, y, yAt + 2 * n);
    Vectors.finish(c21, bias, j + L, y, yAt + 2 * n + L);
    Vectors.finish(c22, bias, j + 2 * L, y, yAt + 2 * n + 2 * L);
    Vectors.finish(c23, bias, j + 3 * L, y, yAt + 2 * n + 3 * L);
    Vectors.finish(c30, bias, j, y, yAt + 3 * n);
    Vectors.finish(c31, bias, j + L, y, yAt + 3 * n + L);
    Vectors.finish(c32, bias, j + 2 * L, y, yAt + 3 * n + 2 * L);
    Vectors.finish(c33, bias, j + 3 * L, y, yAt + 3 * n + 3 * L);
  }
}
