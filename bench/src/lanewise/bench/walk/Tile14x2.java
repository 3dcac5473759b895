package lanewise.bench.walk;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.bench.Width;

/**
 * Fourteen rows by two vectors: 28 accumulators, two vectors of w and one broadcast element of x,
 * 31 of the 32 registers of AVX-512. Remainder rows go to {@link Tile4x4}.
 */
final class Tile14x2 {
  private static final VectorSpecies<Float> SPECIES = Width.SPECIES;
  private static final int L = SPECIES.length();

  private Tile14x2() {}

  static void product(int m, int n, int k, float[] x, float[] w, float[] bias, float[] y) {
    int tall = m - m % 14;
    for (int j = 0; j < n; j += 2 * L) {
      for (int i = 0; i < tall; i += 14) {
        tile(n, k, x, i * k, w, j, bias, y, i * n + j);
      }
    }
    Tile4x4.rows(tall, m, n, k, x, w, bias, y);
  }

  /** One tile: rows of x from offset {@code xAt}, columns of w from {@code j}. */
  private static void tile(
      int n, int k, float[] x, int xAt, float[] w, int j, float[] bias, float[] y, int yAt) {
    int x1 = xAt + k;
    int x2 = x1 + k;
    int x3 = x2 + k;
    int x4 = x3 + k;
    int x5 = x4 + k;
    int x6 = x5 + k;
    int x7 = x6 + k;
    int x8 = x7 + k;
    int x9 = x8 + k;
    int x10 = x9 + k;
    int x11 = x10 + k;
    int x12 = x11 + k;
    int x13 = x12 + k;
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c11 = FloatVector.zero(SPECIES);
    FloatVector c20 = FloatVector.zero(SPECIES);
    FloatVector c21 = FloatVector.zero(SPECIES);
    FloatVector c30 = FloatVector.zero(SPECIES);
    FloatVector c31 = FloatVector.zero(SPECIES);
    FloatVector c40 = FloatVector.zero(SPECIES);
    FloatVector c41 = FloatVector.zero(SPECIES);
    FloatVector c50 = FloatVector.zero(SPECIES);
    FloatVector c51 = FloatVector.zero(SPECIES);
    FloatVector c60 = FloatVector.zero(SPECIES);
    FloatVector c61 = FloatVector.zero(SPECIES);
    FloatVector c70 = FloatVector.zero(SPECIES);
    FloatVector c71 = FloatVector.zero(SPECIES);
    FloatVector c80 = FloatVector.zero(SPECIES);
    FloatVector c81 = FloatVector.zero(SPECIES);
    FloatVector c90 = FloatVector.zero(SPECIES);
    FloatVector c91 = FloatVector.zero(SPECIES);
    FloatVector ca0 = FloatVector.zero(SPECIES);
    FloatVector ca1 = FloatVector.zero(SPECIES);
    FloatVector cb0 = FloatVector.zero(SPECIES);
    FloatVector cb1 = FloatVector.zero(SPECIES);
    FloatVector cc0 = FloatVector.zero(SPECIES);
    FloatVector cc1 = FloatVector.zero(SPECIES);
    FloatVector cd0 = FloatVector.zero(SPECIES);
    FloatVector cd1 = FloatVector.zero(SPECIES);
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, w, p * n + j);
      FloatVector b1 = FloatVector.fromArray(SPECIES, w, p * n + j + L);
      FloatVector a = FloatVector.broadcast(SPECIES, x[xAt + p]);
      c00 = a.fma(b0, c00);
      c01 = a.fma(b1, c01);
      a = FloatVector.broadcast(SPECIES, x[x1 + p]);
      c10 = a.fma(b0, c10);
      c11 = a.fma(b1, c11);
      a = FloatVector.broadcast(SPECIES, x[x2 + p]);
      c20 = a.fma(b0, c20);
      c21 = a.fma(b1, c21);
      a = FloatVector.broadcast(SPECIES, x[x3 + p]);
      c30 = a.fma(b0, c30);
      c31 = a.fma(b1, c31);
      a = FloatVector.broadcast(SPECIES, x[x4 + p]);
      c40 = a.fma(b0, c40);
      c41 = a.fma(b1, c41);
      a = FloatVector.broadcast(SPECIES, x[x5 + p]);
      c50 = a.fma(b0, c50);
      c51 = a.fma(b1, c51);
      a = FloatVector.broadcast(SPECIES, x[x6 + p]);
      c60 = a.fma(b0, c60);
      c61 = a.fma(b1, c61);
      a = FloatVector.broadcast(SPECIES, x[x7 + p]);
      c70 = a.fma(b0, c70);
      c71 = a.fma(b1, c71);
      a = FloatVector.broadcast(SPECIES, x[x8 + p]);
      c80 = a.fma(b0, c80);
      c81 = a.fma(b1, c81);
      a = FloatVector.broadcast(SPECIES, x[x9 + p]);
      c90 = a.fma(b0, c90);
      c91 = a.fma(b1, c91);
      a = FloatVector.broadcast(SPECIES, x[x10 + p]);
      ca0 = a.fma(b0, ca0);
      ca1 = a.fma(b1, ca1);
      a = FloatVector.broadcast(SPECIES, x[x11 + p]);
      cb0 = a.fma(b0, cb0);
      cb1 = a.fma(b1, cb1);
      a = FloatVector.broadcast(SPECIES, x[x12 + p]);
      cc0 = a.fma(b0, cc0);
      cc1 = a.fma(b1, cc1);
      a = FloatVector.broadcast(SPECIES, x[x13 + p]);
      cd0 = a.fma(b0, cd0);
      cd1 = a.fma(b1, cd1);
    }
    Vectors.finish(c00, bias, j, y, yAt);
    Vectors.finish(c01, bias, j + L, y, yAt + L);
    Vectors.finish(c10, bias, j, y, yAt + n);
    Vectors.finish(c11, bias, j + L, y, yAt + n + L);
    Vectors.finish(c20, bias, j, y, yAt + 2 * n);
    Vectors.finish(c21, bias, j + L, y, yAt + 2 * n + L);
    Vectors.finish(c30, bias, j, y, yAt + 3 * n);
    Vectors.finish(c31, bias, j + L, y, yAt + 3 * n + L);
    Vectors.finish(c40, bias, j, y, yAt + 4 * n);
    Vectors.finish(c41, bias, j + L, y, yAt + 4 * n + L);
    Vectors.finish(c50, bias, j, y, yAt + 5 * n);
    Vectors.finish(c51, bias, j + L, y, yAt + 5 * n + L);
    Vectors.finish(c60, bias, j, y, yAt + 6 * n);
    Vectors.finish(c61, bias, j + L, y, yAt + 6 * n + L);
    Vectors.finish(c70, bias, j, y, yAt + 7 * n);
    Vectors.finish(c71, bias, j + L, y, yAt + 7 * n + L);
    Vectors.finish(c80, bias, j, y, yAt + 8 * n);
    Vectors.finish(c81, bias, j + L, y, yAt + 8 * n + L);
    Vectors.finish(c90, bias, j, y, yAt + 9 * n);
    Vectors.finish(c91, bias, j + L, y, yAt + 9 * n + L);
    Vectors.finish(ca0, bias, j, y, yAt + 10 * n);
    Vectors.finish(ca1, bias, j + L, y, yAt + 10 * n + L);
    Vectors.finish(cb0, bias, j, y, yAt + 11 * n);
    Vectors.finish(cb1, bias, j + L, y, yAt + 11 * n + L);
    Vectors.finish(cc0, bias, j, y, yAt + 12 * n);
    Vectors.finish(cc1, bias, j + L, y, yAt + 12 * n + L);
    Vectors.finish(cd0, bias, j, y, yAt + 13 * n);
    Vectors.finish(cd1, bias, j + L, y, yAt + 13 * n + L);
  }
}
