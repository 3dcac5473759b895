package lanewise.kernel;

import static lanewise.kernel.Lanes.L;
import static lanewise.kernel.Lanes.REGISTERS;
import static lanewise.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * Tall micro-kernels of the dense products {@code c = a b}: register tiles of some rows of c, one
 * or two vectors wide, whose sums stay in registers over the loop along k.
 *
 * <p>Each iteration loads the vectors of b and broadcasts one element of a per row: the taller the
 * tile, the more multiply-adds per load. Fourteen rows by two vectors take 28 accumulators, which
 * with b and the broadcast element fill the 32 registers of AVX-512 (faster than 8x2, 8x3, 6x4 and
 * 4x4 as measured); six rows take 12 of the 16 registers of AVX2.
 *
 * <p>Row i of a begins at {@code a[aOffset + i * lda]}, row p of b at {@code b[bOffset + p * ldb]}.
 * The sums are stored densely in {@code sums}; with {@code resume}, the chains continue from what
 * is stored there, which changes no bit.
 *
 * <p>Accumulators are named locals, and only the Vector API is called: C2 always inlines that, but
 * helper methods only until its inlining budget is used up, and a vector passed to a call that is
 * not inlined is boxed. So each tile repeats the loop, here and in {@link StepTile}, {@link
 * EdgeTile}, {@link NarrowTile} and {@link SparseTile}.
 */
final class Tile {
  /** Rows of the tallest tile that fits the registers: 14 or 6. */
  static final int TALL = REGISTERS == 32 ? 14 : 6;

  /** Rows of the tile that is one vector wide. */
  static final int ROWS = 8;

  private Tile() {}

  /** Six rows, two vectors wide, times a panel. */
  static void sums6x2(
      int k,
      float[] a,
      int aOffset,
      int lda,
      float[] b,
      int bOffset,
      int ldb,
      float[] sums,
      int sumsOffset,
      boolean resume) {
    int a1 = aOffset + lda;
    int a2 = a1 + lda;
    int a3 = a2 + lda;
    int a4 = a3 + lda;
    int a5 = a4 + lda;
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
    if (resume) {
      c00 = FloatVector.fromArray(SPECIES, sums, sumsOffset);
      c01 = FloatVector.fromArray(SPECIES, sums, sumsOffset + L);
      c10 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 2 * L);
      c11 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 3 * L);
      c20 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 4 * L);
      c21 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 5 * L);
      c30 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 6 * L);
      c31 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 7 * L);
      c40 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 8 * L);
      c41 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 9 * L);
      c50 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 10 * L);
      c51 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 11 * L);
    }
    for (int p = 0; p < k; p++) {
      int bp = bOffset + p * ldb;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + L);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aOffset + p]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + p]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + p]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + p]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[a4 + p]);
      c40 = x4.fma(b0, c40);
      c41 = x4.fma(b1, c41);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[a5 + p]);
      c50 = x5.fma(b0, c50);
      c51 = x5.fma(b1, c51);
    }
    c00.intoArray(sums, sumsOffset);
    c01.intoArray(sums, sumsOffset + L);
    c10.intoArray(sums, sumsOffset + 2 * L);
    c11.intoArray(sums, sumsOffset + 3 * L);
    c20.intoArray(sums, sumsOffset + 4 * L);
    c21.intoArray(sums, sumsOffset + 5 * L);
    c30.intoArray(sums, sumsOffset + 6 * L);
    c31.intoArray(sums, sumsOffset + 7 * L);
    c40.intoArray(sums, sumsOffset + 8 * L);
    c41.intoArray(sums, sumsOffset + 9 * L);
    c50.intoArray(sums, sumsOffset + 10 * L);
    c51.intoArray(sums, sumsOffset + 11 * L);
  }

  /** Fourteen rows, two vectors wide, times a panel. */
  static void sums14x2(
      int k,
      float[] a,
      int aOffset,
      int lda,
      float[] b,
      int bOffset,
      int ldb,
      float[] sums,
      int sumsOffset,
      boolean resume) {
    int a1 = aOffset + lda;
    int a2 = a1 + lda;
    int a3 = a2 + lda;
    int a4 = a3 + lda;
    int a5 = a4 + lda;
    int a6 = a5 + lda;
    int a7 = a6 + lda;
    int a8 = a7 + lda;
    int a9 = a8 + lda;
    int a10 = a9 + lda;
    int a11 = a10 + lda;
    int a12 = a11 + lda;
    int a13 = a12 + lda;
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
    if (resume) {
      c00 = FloatVector.fromArray(SPECIES, sums, sumsOffset);
      c01 = FloatVector.fromArray(SPECIES, sums, sumsOffset + L);
      c10 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 2 * L);
      c11 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 3 * L);
      c20 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 4 * L);
      c21 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 5 * L);
      c30 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 6 * L);
      c31 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 7 * L);
      c40 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 8 * L);
      c41 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 9 * L);
      c50 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 10 * L);
      c51 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 11 * L);
      c60 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 12 * L);
      c61 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 13 * L);
      c70 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 14 * L);
      c71 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 15 * L);
      c80 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 16 * L);
      c81 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 17 * L);
      c90 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 18 * L);
      c91 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 19 * L);
      ca0 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 20 * L);
      ca1 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 21 * L);
      cb0 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 22 * L);
      cb1 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 23 * L);
      cc0 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 24 * L);
      cc1 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 25 * L);
      cd0 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 26 * L);
      cd1 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 27 * L);
    }
    for (int p = 0; p < k; p++) {
      int bp = bOffset + p * ldb;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + L);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aOffset + p]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + p]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + p]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + p]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[a4 + p]);
      c40 = x4.fma(b0, c40);
      c41 = x4.fma(b1, c41);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[a5 + p]);
      c50 = x5.fma(b0, c50);
      c51 = x5.fma(b1, c51);
      FloatVector x6 = FloatVector.broadcast(SPECIES, a[a6 + p]);
      c60 = x6.fma(b0, c60);
      c61 = x6.fma(b1, c61);
      FloatVector x7 = FloatVector.broadcast(SPECIES, a[a7 + p]);
      c70 = x7.fma(b0, c70);
      c71 = x7.fma(b1, c71);
      FloatVector x8 = FloatVector.broadcast(SPECIES, a[a8 + p]);
      c80 = x8.fma(b0, c80);
      c81 = x8.fma(b1, c81);
      FloatVector x9 = FloatVector.broadcast(SPECIES, a[a9 + p]);
      c90 = x9.fma(b0, c90);
      c91 = x9.fma(b1, c91);
      FloatVector xa = FloatVector.broadcast(SPECIES, a[a10 + p]);
      ca0 = xa.fma(b0, ca0);
      ca1 = xa.fma(b1, ca1);
      FloatVector xb = FloatVector.broadcast(SPECIES, a[a11 + p]);
      cb0 = xb.fma(b0, cb0);
      cb1 = xb.fma(b1, cb1);
      FloatVector xc = FloatVector.broadcast(SPECIES, a[a12 + p]);
      cc0 = xc.fma(b0, cc0);
      cc1 = xc.fma(b1, cc1);
      FloatVector xd = FloatVector.broadcast(SPECIES, a[a13 + p]);
      cd0 = xd.fma(b0, cd0);
      cd1 = xd.fma(b1, cd1);
    }
    c00.intoArray(sums, sumsOffset);
    c01.intoArray(sums, sumsOffset + L);
    c10.intoArray(sums, sumsOffset + 2 * L);
    c11.intoArray(sums, sumsOffset + 3 * L);
    c20.intoArray(sums, sumsOffset + 4 * L);
    c21.intoArray(sums, sumsOffset + 5 * L);
    c30.intoArray(sums, sumsOffset + 6 * L);
    c31.intoArray(sums, sumsOffset + 7 * L);
    c40.intoArray(sums, sumsOffset + 8 * L);
    c41.intoArray(sums, sumsOffset + 9 * L);
    c50.intoArray(sums, sumsOffset + 10 * L);
    c51.intoArray(sums, sumsOffset + 11 * L);
    c60.intoArray(sums, sumsOffset + 12 * L);
    c61.intoArray(sums, sumsOffset + 13 * L);
    c70.intoArray(sums, sumsOffset + 14 * L);
    c71.intoArray(sums, sumsOffset + 15 * L);
    c80.intoArray(sums, sumsOffset + 16 * L);
    c81.intoArray(sums, sumsOffset + 17 * L);
    c90.intoArray(sums, sumsOffset + 18 * L);
    c91.intoArray(sums, sumsOffset + 19 * L);
    ca0.intoArray(sums, sumsOffset + 20 * L);
    ca1.intoArray(sums, sumsOffset + 21 * L);
    cb0.intoArray(sums, sumsOffset + 22 * L);
    cb1.intoArray(sums, sumsOffset + 23 * L);
    cc0.intoArray(sums, sumsOffset + 24 * L);
    cc1.intoArray(sums, sumsOffset + 25 * L);
    cd0.intoArray(sums, sumsOffset + 26 * L);
    cd1.intoArray(sums, sumsOffset + 27 * L);
  }

  /** Eight rows, one vector wide, times a panel. */
  static void sums8x1(
      int k,
      float[] a,
      int aOffset,
      int lda,
      float[] b,
      int bOffset,
      int ldb,
      float[] sums,
      int sumsOffset,
      boolean resume) {
    int a1 = aOffset + lda;
    int a2 = a1 + lda;
    int a3 = a2 + lda;
    int a4 = a3 + lda;
    int a5 = a4 + lda;
    int a6 = a5 + lda;
    int a7 = a6 + lda;
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c20 = FloatVector.zero(SPECIES);
    FloatVector c30 = FloatVector.zero(SPECIES);
    FloatVector c40 = FloatVector.zero(SPECIES);
    FloatVector c50 = FloatVector.zero(SPECIES);
    FloatVector c60 = FloatVector.zero(SPECIES);
    FloatVector c70 = FloatVector.zero(SPECIES);
    if (resume) {
      c00 = FloatVector.fromArray(SPECIES, sums, sumsOffset);
      c10 = FloatVector.fromArray(SPECIES, sums, sumsOffset + L);
      c20 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 2 * L);
      c30 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 3 * L);
      c40 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 4 * L);
      c50 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 5 * L);
      c60 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 6 * L);
      c70 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 7 * L);
    }
    for (int p = 0; p < k; p++) {
      int bp = bOffset + p * ldb;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aOffset + p]);
      c00 = x0.fma(b0, c00);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + p]);
      c10 = x1.fma(b0, c10);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + p]);
      c20 = x2.fma(b0, c20);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + p]);
      c30 = x3.fma(b0, c30);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[a4 + p]);
      c40 = x4.fma(b0, c40);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[a5 + p]);
      c50 = x5.fma(b0, c50);
      FloatVector x6 = FloatVector.broadcast(SPECIES, a[a6 + p]);
      c60 = x6.fma(b0, c60);
      FloatVector x7 = FloatVector.broadcast(SPECIES, a[a7 + p]);
      c70 = x7.fma(b0, c70);
    }
    c00.intoArray(sums, sumsOffset);
    c10.intoArray(sums, sumsOffset + L);
    c20.intoArray(sums, sumsOffset + 2 * L);
    c30.intoArray(sums, sumsOffset + 3 * L);
    c40.intoArray(sums, sumsOffset + 4 * L);
    c50.intoArray(sums, sumsOffset + 5 * L);
    c60.intoArray(sums, sumsOffset + 6 * L);
    c70.intoArray(sums, sumsOffset + 7 * L);
  }
}
