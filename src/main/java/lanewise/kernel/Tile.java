package lanewise.kernel;

import static lanewise.kernel.Lanes.L;
import static lanewise.kernel.Lanes.PANEL;
import static lanewise.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * The micro-kernels: register tiles of some rows of {@code c = a b}, some vectors wide, whose sums
 * stay in registers over the loop along k. Written by {@code TileSource}, a test class; {@code
 * TilesTest} compares, and says how to write it again.
 *
 * <p>Each iteration loads the vectors of b and broadcasts one element of a per row: the taller the
 * tile, the more multiply-adds per load. With 32 registers, fourteen rows by two vectors are 28
 * accumulators, which with b and the broadcast element take 31; with 16 registers, six rows. Tiles
 * whose rows of a lie side by side are eight rows high, or four: higher ones are slower.
 *
 * <p>Accumulators are named locals, and only the Vector API is called: C2 always inlines that, but
 * helper methods only until its inlining budget is used up, and a vector passed to a call that is
 * not inlined is boxed. So each tile repeats the loop. Calling {@link Grey#unit} is fine, as it
 * takes no vector.
 *
 * <p>Row p of b begins at {@code b[bOffset + p * ldb]}; for tiles whose a is transposed, b is a
 * panel: a constant row length makes them a third faster. The sums are stored densely in {@code
 * sums}. In dense tiles, the sums of row i start from those at {@code start[startOffset + i *
 * startRow]}: zeros, or the sums themselves, which resumes the chains and changes no bit.
 */
final class Tile {
  /**
   * Entries per inner loop over a list. With collectors such as G1, C2 splits long loops in two so
   * that they can reach a safepoint (loop strip mining); a tile then runs out of registers and
   * loses a sixth of its speed. A loop of at most 100 iterations is left whole.
   */
  private static final int RUN = 64;

  private Tile() {}

  /** 14 rows by 2 vectors, for 32 registers: row i of a begins at {@code a[aOffset + i * lda]}. */
  static void straight14x2(
      int k,
      float[] a,
      int aOffset,
      int lda,
      float[] b,
      int bOffset,
      int ldb,
      float[] start,
      int startOffset,
      int startRow,
      float[] sums,
      int sumsOffset) {
    FloatVector c00 = FloatVector.fromArray(SPECIES, start, startOffset);
    FloatVector c01 = FloatVector.fromArray(SPECIES, start, startOffset + L);
    FloatVector c10 = FloatVector.fromArray(SPECIES, start, startOffset + startRow);
    FloatVector c11 = FloatVector.fromArray(SPECIES, start, startOffset + startRow + L);
    FloatVector c20 = FloatVector.fromArray(SPECIES, start, startOffset + 2 * startRow);
    FloatVector c21 = FloatVector.fromArray(SPECIES, start, startOffset + 2 * startRow + L);
    FloatVector c30 = FloatVector.fromArray(SPECIES, start, startOffset + 3 * startRow);
    FloatVector c31 = FloatVector.fromArray(SPECIES, start, startOffset + 3 * startRow + L);
    FloatVector c40 = FloatVector.fromArray(SPECIES, start, startOffset + 4 * startRow);
    FloatVector c41 = FloatVector.fromArray(SPECIES, start, startOffset + 4 * startRow + L);
    FloatVector c50 = FloatVector.fromArray(SPECIES, start, startOffset + 5 * startRow);
    FloatVector c51 = FloatVector.fromArray(SPECIES, start, startOffset + 5 * startRow + L);
    FloatVector c60 = FloatVector.fromArray(SPECIES, start, startOffset + 6 * startRow);
    FloatVector c61 = FloatVector.fromArray(SPECIES, start, startOffset + 6 * startRow + L);
    FloatVector c70 = FloatVector.fromArray(SPECIES, start, startOffset + 7 * startRow);
    FloatVector c71 = FloatVector.fromArray(SPECIES, start, startOffset + 7 * startRow + L);
    FloatVector c80 = FloatVector.fromArray(SPECIES, start, startOffset + 8 * startRow);
    FloatVector c81 = FloatVector.fromArray(SPECIES, start, startOffset + 8 * startRow + L);
    FloatVector c90 = FloatVector.fromArray(SPECIES, start, startOffset + 9 * startRow);
    FloatVector c91 = FloatVector.fromArray(SPECIES, start, startOffset + 9 * startRow + L);
    FloatVector ca0 = FloatVector.fromArray(SPECIES, start, startOffset + 10 * startRow);
    FloatVector ca1 = FloatVector.fromArray(SPECIES, start, startOffset + 10 * startRow + L);
    FloatVector cb0 = FloatVector.fromArray(SPECIES, start, startOffset + 11 * startRow);
    FloatVector cb1 = FloatVector.fromArray(SPECIES, start, startOffset + 11 * startRow + L);
    FloatVector cc0 = FloatVector.fromArray(SPECIES, start, startOffset + 12 * startRow);
    FloatVector cc1 = FloatVector.fromArray(SPECIES, start, startOffset + 12 * startRow + L);
    FloatVector cd0 = FloatVector.fromArray(SPECIES, start, startOffset + 13 * startRow);
    FloatVector cd1 = FloatVector.fromArray(SPECIES, start, startOffset + 13 * startRow + L);
    for (int p = 0; p < k; p++) {
      int bp = bOffset + p * ldb;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + L);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aOffset + p]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[aOffset + lda + p]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[aOffset + 2 * lda + p]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[aOffset + 3 * lda + p]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[aOffset + 4 * lda + p]);
      c40 = x4.fma(b0, c40);
      c41 = x4.fma(b1, c41);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[aOffset + 5 * lda + p]);
      c50 = x5.fma(b0, c50);
      c51 = x5.fma(b1, c51);
      FloatVector x6 = FloatVector.broadcast(SPECIES, a[aOffset + 6 * lda + p]);
      c60 = x6.fma(b0, c60);
      c61 = x6.fma(b1, c61);
      FloatVector x7 = FloatVector.broadcast(SPECIES, a[aOffset + 7 * lda + p]);
      c70 = x7.fma(b0, c70);
      c71 = x7.fma(b1, c71);
      FloatVector x8 = FloatVector.broadcast(SPECIES, a[aOffset + 8 * lda + p]);
      c80 = x8.fma(b0, c80);
      c81 = x8.fma(b1, c81);
      FloatVector x9 = FloatVector.broadcast(SPECIES, a[aOffset + 9 * lda + p]);
      c90 = x9.fma(b0, c90);
      c91 = x9.fma(b1, c91);
      FloatVector x10 = FloatVector.broadcast(SPECIES, a[aOffset + 10 * lda + p]);
      ca0 = x10.fma(b0, ca0);
      ca1 = x10.fma(b1, ca1);
      FloatVector x11 = FloatVector.broadcast(SPECIES, a[aOffset + 11 * lda + p]);
      cb0 = x11.fma(b0, cb0);
      cb1 = x11.fma(b1, cb1);
      FloatVector x12 = FloatVector.broadcast(SPECIES, a[aOffset + 12 * lda + p]);
      cc0 = x12.fma(b0, cc0);
      cc1 = x12.fma(b1, cc1);
      FloatVector x13 = FloatVector.broadcast(SPECIES, a[aOffset + 13 * lda + p]);
      cd0 = x13.fma(b0, cd0);
      cd1 = x13.fma(b1, cd1);
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

  /** 6 rows by 2 vectors, for 16 registers: row i of a begins at {@code a[aOffset + i * lda]}. */
  static void straight6x2(
      int k,
      float[] a,
      int aOffset,
      int lda,
      float[] b,
      int bOffset,
      int ldb,
      float[] start,
      int startOffset,
      int startRow,
      float[] sums,
      int sumsOffset) {
    FloatVector c00 = FloatVector.fromArray(SPECIES, start, startOffset);
    FloatVector c01 = FloatVector.fromArray(SPECIES, start, startOffset + L);
    FloatVector c10 = FloatVector.fromArray(SPECIES, start, startOffset + startRow);
    FloatVector c11 = FloatVector.fromArray(SPECIES, start, startOffset + startRow + L);
    FloatVector c20 = FloatVector.fromArray(SPECIES, start, startOffset + 2 * startRow);
    FloatVector c21 = FloatVector.fromArray(SPECIES, start, startOffset + 2 * startRow + L);
    FloatVector c30 = FloatVector.fromArray(SPECIES, start, startOffset + 3 * startRow);
    FloatVector c31 = FloatVector.fromArray(SPECIES, start, startOffset + 3 * startRow + L);
    FloatVector c40 = FloatVector.fromArray(SPECIES, start, startOffset + 4 * startRow);
    FloatVector c41 = FloatVector.fromArray(SPECIES, start, startOffset + 4 * startRow + L);
    FloatVector c50 = FloatVector.fromArray(SPECIES, start, startOffset + 5 * startRow);
    FloatVector c51 = FloatVector.fromArray(SPECIES, start, startOffset + 5 * startRow + L);
    for (int p = 0; p < k; p++) {
      int bp = bOffset + p * ldb;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + L);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aOffset + p]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[aOffset + lda + p]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[aOffset + 2 * lda + p]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[aOffset + 3 * lda + p]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[aOffset + 4 * lda + p]);
      c40 = x4.fma(b0, c40);
      c41 = x4.fma(b1, c41);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[aOffset + 5 * lda + p]);
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

  /**
   * 8 rows by 2 vectors, for 32 registers: element (i, p) of a is {@code a[aOffset + p * lda + i]}.
   * The rows of c become the sums, or {@code fma(-step, sums + 0, c)}.
   */
  static void transposed8x2(
      int k,
      float[] a,
      int aOffset,
      int lda,
      float[] b,
      int bOffset,
      float[] start,
      int startOffset,
      int startRow,
      float[] c,
      int cOffset,
      int ldc,
      boolean update,
      float step) {
    FloatVector c00 = FloatVector.fromArray(SPECIES, start, startOffset);
    FloatVector c01 = FloatVector.fromArray(SPECIES, start, startOffset + L);
    FloatVector c10 = FloatVector.fromArray(SPECIES, start, startOffset + startRow);
    FloatVector c11 = FloatVector.fromArray(SPECIES, start, startOffset + startRow + L);
    FloatVector c20 = FloatVector.fromArray(SPECIES, start, startOffset + 2 * startRow);
    FloatVector c21 = FloatVector.fromArray(SPECIES, start, startOffset + 2 * startRow + L);
    FloatVector c30 = FloatVector.fromArray(SPECIES, start, startOffset + 3 * startRow);
    FloatVector c31 = FloatVector.fromArray(SPECIES, start, startOffset + 3 * startRow + L);
    FloatVector c40 = FloatVector.fromArray(SPECIES, start, startOffset + 4 * startRow);
    FloatVector c41 = FloatVector.fromArray(SPECIES, start, startOffset + 4 * startRow + L);
    FloatVector c50 = FloatVector.fromArray(SPECIES, start, startOffset + 5 * startRow);
    FloatVector c51 = FloatVector.fromArray(SPECIES, start, startOffset + 5 * startRow + L);
    FloatVector c60 = FloatVector.fromArray(SPECIES, start, startOffset + 6 * startRow);
    FloatVector c61 = FloatVector.fromArray(SPECIES, start, startOffset + 6 * startRow + L);
    FloatVector c70 = FloatVector.fromArray(SPECIES, start, startOffset + 7 * startRow);
    FloatVector c71 = FloatVector.fromArray(SPECIES, start, startOffset + 7 * startRow + L);
    for (int p = 0; p < k; p++) {
      int ap = aOffset + p * lda;
      int bp = bOffset + p * PANEL;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + L);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[ap]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[ap + 1]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[ap + 2]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[ap + 3]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[ap + 4]);
      c40 = x4.fma(b0, c40);
      c41 = x4.fma(b1, c41);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[ap + 5]);
      c50 = x5.fma(b0, c50);
      c51 = x5.fma(b1, c51);
      FloatVector x6 = FloatVector.broadcast(SPECIES, a[ap + 6]);
      c60 = x6.fma(b0, c60);
      c61 = x6.fma(b1, c61);
      FloatVector x7 = FloatVector.broadcast(SPECIES, a[ap + 7]);
      c70 = x7.fma(b0, c70);
      c71 = x7.fma(b1, c71);
    }
    if (update) {
      FloatVector n = FloatVector.broadcast(SPECIES, -step);
      c00 = n.fma(c00.add(0), FloatVector.fromArray(SPECIES, c, cOffset));
      c01 = n.fma(c01.add(0), FloatVector.fromArray(SPECIES, c, cOffset + L));
      c10 = n.fma(c10.add(0), FloatVector.fromArray(SPECIES, c, cOffset + ldc));
      c11 = n.fma(c11.add(0), FloatVector.fromArray(SPECIES, c, cOffset + ldc + L));
      c20 = n.fma(c20.add(0), FloatVector.fromArray(SPECIES, c, cOffset + 2 * ldc));
      c21 = n.fma(c21.add(0), FloatVector.fromArray(SPECIES, c, cOffset + 2 * ldc + L));
      c30 = n.fma(c30.add(0), FloatVector.fromArray(SPECIES, c, cOffset + 3 * ldc));
      c31 = n.fma(c31.add(0), FloatVector.fromArray(SPECIES, c, cOffset + 3 * ldc + L));
      c40 = n.fma(c40.add(0), FloatVector.fromArray(SPECIES, c, cOffset + 4 * ldc));
      c41 = n.fma(c41.add(0), FloatVector.fromArray(SPECIES, c, cOffset + 4 * ldc + L));
      c50 = n.fma(c50.add(0), FloatVector.fromArray(SPECIES, c, cOffset + 5 * ldc));
      c51 = n.fma(c51.add(0), FloatVector.fromArray(SPECIES, c, cOffset + 5 * ldc + L));
      c60 = n.fma(c60.add(0), FloatVector.fromArray(SPECIES, c, cOffset + 6 * ldc));
      c61 = n.fma(c61.add(0), FloatVector.fromArray(SPECIES, c, cOffset + 6 * ldc + L));
      c70 = n.fma(c70.add(0), FloatVector.fromArray(SPECIES, c, cOffset + 7 * ldc));
      c71 = n.fma(c71.add(0), FloatVector.fromArray(SPECIES, c, cOffset + 7 * ldc + L));
    }
    c00.intoArray(c, cOffset);
    c01.intoArray(c, cOffset + L);
    c10.intoArray(c, cOffset + ldc);
    c11.intoArray(c, cOffset + ldc + L);
    c20.intoArray(c, cOffset + 2 * ldc);
    c21.intoArray(c, cOffset + 2 * ldc + L);
    c30.intoArray(c, cOffset + 3 * ldc);
    c31.intoArray(c, cOffset + 3 * ldc + L);
    c40.intoArray(c, cOffset + 4 * ldc);
    c41.intoArray(c, cOffset + 4 * ldc + L);
    c50.intoArray(c, cOffset + 5 * ldc);
    c51.intoArray(c, cOffset + 5 * ldc + L);
    c60.intoArray(c, cOffset + 6 * ldc);
    c61.intoArray(c, cOffset + 6 * ldc + L);
    c70.intoArray(c, cOffset + 7 * ldc);
    c71.intoArray(c, cOffset + 7 * ldc + L);
  }

  /**
   * 4 rows by 2 vectors, for 16 registers: element (i, p) of a is {@code a[aOffset + p * lda + i]}.
   * The rows of c become the sums, or {@code fma(-step, sums + 0, c)}.
   */
  static void transposed4x2(
      int k,
      float[] a,
      int aOffset,
      int lda,
      float[] b,
      int bOffset,
      float[] start,
      int startOffset,
      int startRow,
      float[] c,
      int cOffset,
      int ldc,
      boolean update,
      float step) {
    FloatVector c00 = FloatVector.fromArray(SPECIES, start, startOffset);
    FloatVector c01 = FloatVector.fromArray(SPECIES, start, startOffset + L);
    FloatVector c10 = FloatVector.fromArray(SPECIES, start, startOffset + startRow);
    FloatVector c11 = FloatVector.fromArray(SPECIES, start, startOffset + startRow + L);
    FloatVector c20 = FloatVector.fromArray(SPECIES, start, startOffset + 2 * startRow);
    FloatVector c21 = FloatVector.fromArray(SPECIES, start, startOffset + 2 * startRow + L);
    FloatVector c30 = FloatVector.fromArray(SPECIES, start, startOffset + 3 * startRow);
    FloatVector c31 = FloatVector.fromArray(SPECIES, start, startOffset + 3 * startRow + L);
    for (int p = 0; p < k; p++) {
      int ap = aOffset + p * lda;
      int bp = bOffset + p * PANEL;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + L);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[ap]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[ap + 1]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[ap + 2]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[ap + 3]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
    }
    if (update) {
      FloatVector n = FloatVector.broadcast(SPECIES, -step);
      c00 = n.fma(c00.add(0), FloatVector.fromArray(SPECIES, c, cOffset));
      c01 = n.fma(c01.add(0), FloatVector.fromArray(SPECIES, c, cOffset + L));
      c10 = n.fma(c10.add(0), FloatVector.fromArray(SPECIES, c, cOffset + ldc));
      c11 = n.fma(c11.add(0), FloatVector.fromArray(SPECIES, c, cOffset + ldc + L));
      c20 = n.fma(c20.add(0), FloatVector.fromArray(SPECIES, c, cOffset + 2 * ldc));
      c21 = n.fma(c21.add(0), FloatVector.fromArray(SPECIES, c, cOffset + 2 * ldc + L));
      c30 = n.fma(c30.add(0), FloatVector.fromArray(SPECIES, c, cOffset + 3 * ldc));
      c31 = n.fma(c31.add(0), FloatVector.fromArray(SPECIES, c, cOffset + 3 * ldc + L));
    }
    c00.intoArray(c, cOffset);
    c01.intoArray(c, cOffset + L);
    c10.intoArray(c, cOffset + ldc);
    c11.intoArray(c, cOffset + ldc + L);
    c20.intoArray(c, cOffset + 2 * ldc);
    c21.intoArray(c, cOffset + 2 * ldc + L);
    c30.intoArray(c, cOffset + 3 * ldc);
    c31.intoArray(c, cOffset + 3 * ldc + L);
  }

  /**
   * 4 rows by 2 vectors, for the remainder: the first {@code rows} of them, 1 to 4; the others
   * repeat the last. Element (i, p) of a is {@code a[aOffset + i * aRow + p * aColumn]}.
   */
  static void edge4x2(
      int rows,
      int k,
      float[] a,
      int aOffset,
      int aRow,
      int aColumn,
      float[] b,
      int bOffset,
      int ldb,
      float[] start,
      int startOffset,
      int startRow,
      float[] sums,
      int sumsOffset) {
    int a1 = aOffset + Math.min(1, rows - 1) * aRow;
    int a2 = aOffset + Math.min(2, rows - 1) * aRow;
    int a3 = aOffset + Math.min(3, rows - 1) * aRow;
    FloatVector c00 = FloatVector.fromArray(SPECIES, start, startOffset);
    FloatVector c01 = FloatVector.fromArray(SPECIES, start, startOffset + L);
    FloatVector c10 = FloatVector.fromArray(SPECIES, start, startOffset + startRow);
    FloatVector c11 = FloatVector.fromArray(SPECIES, start, startOffset + startRow + L);
    FloatVector c20 = FloatVector.fromArray(SPECIES, start, startOffset + 2 * startRow);
    FloatVector c21 = FloatVector.fromArray(SPECIES, start, startOffset + 2 * startRow + L);
    FloatVector c30 = FloatVector.fromArray(SPECIES, start, startOffset + 3 * startRow);
    FloatVector c31 = FloatVector.fromArray(SPECIES, start, startOffset + 3 * startRow + L);
    for (int p = 0; p < k; p++) {
      int ap = p * aColumn;
      int bp = bOffset + p * ldb;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + L);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aOffset + ap]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + ap]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + ap]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + ap]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
    }
    c00.intoArray(sums, sumsOffset);
    c01.intoArray(sums, sumsOffset + L);
    c10.intoArray(sums, sumsOffset + 2 * L);
    c11.intoArray(sums, sumsOffset + 3 * L);
    c20.intoArray(sums, sumsOffset + 4 * L);
    c21.intoArray(sums, sumsOffset + 5 * L);
    c30.intoArray(sums, sumsOffset + 6 * L);
    c31.intoArray(sums, sumsOffset + 7 * L);
  }

  /**
   * 2 rows by 8 vectors over entries {@code from} to {@code to - 1} of a list, for 32 registers.
   * See {@link NonZeros} for what an entry is. The rows of c begin at c0 and, unless that is
   * negative, c1; they become the sums, or {@code fma(-step, sums + 0, c)}.
   */
  static void pairs2x8(
      int from,
      int to,
      int[] entries,
      float[] b,
      int bOffset,
      int ldb,
      float[] c,
      int c0,
      int c1,
      boolean update,
      float step) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = FloatVector.zero(SPECIES);
    FloatVector c02 = FloatVector.zero(SPECIES);
    FloatVector c03 = FloatVector.zero(SPECIES);
    FloatVector c04 = FloatVector.zero(SPECIES);
    FloatVector c05 = FloatVector.zero(SPECIES);
    FloatVector c06 = FloatVector.zero(SPECIES);
    FloatVector c07 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c11 = FloatVector.zero(SPECIES);
    FloatVector c12 = FloatVector.zero(SPECIES);
    FloatVector c13 = FloatVector.zero(SPECIES);
    FloatVector c14 = FloatVector.zero(SPECIES);
    FloatVector c15 = FloatVector.zero(SPECIES);
    FloatVector c16 = FloatVector.zero(SPECIES);
    FloatVector c17 = FloatVector.zero(SPECIES);
    for (int run = from; run < to; run += RUN) {
      int length = Math.min(RUN, to - run);
      for (int i = 0; i < length; i++) {
        int entry = entries[run + i];
        int bp = bOffset + (entry >>> 16) * ldb;
        FloatVector x0 = FloatVector.broadcast(SPECIES, Grey.unit(entry));
        FloatVector x1 = FloatVector.broadcast(SPECIES, Grey.unit(entry >>> 8));
        FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
        c00 = x0.fma(b0, c00);
        c10 = x1.fma(b0, c10);
        FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + L);
        c01 = x0.fma(b1, c01);
        c11 = x1.fma(b1, c11);
        FloatVector b2 = FloatVector.fromArray(SPECIES, b, bp + 2 * L);
        c02 = x0.fma(b2, c02);
        c12 = x1.fma(b2, c12);
        FloatVector b3 = FloatVector.fromArray(SPECIES, b, bp + 3 * L);
        c03 = x0.fma(b3, c03);
        c13 = x1.fma(b3, c13);
        FloatVector b4 = FloatVector.fromArray(SPECIES, b, bp + 4 * L);
        c04 = x0.fma(b4, c04);
        c14 = x1.fma(b4, c14);
        FloatVector b5 = FloatVector.fromArray(SPECIES, b, bp + 5 * L);
        c05 = x0.fma(b5, c05);
        c15 = x1.fma(b5, c15);
        FloatVector b6 = FloatVector.fromArray(SPECIES, b, bp + 6 * L);
        c06 = x0.fma(b6, c06);
        c16 = x1.fma(b6, c16);
        FloatVector b7 = FloatVector.fromArray(SPECIES, b, bp + 7 * L);
        c07 = x0.fma(b7, c07);
        c17 = x1.fma(b7, c17);
      }
    }
    if (update) {
      FloatVector n = FloatVector.broadcast(SPECIES, -step);
      c00 = n.fma(c00.add(0), FloatVector.fromArray(SPECIES, c, c0));
      c01 = n.fma(c01.add(0), FloatVector.fromArray(SPECIES, c, c0 + L));
      c02 = n.fma(c02.add(0), FloatVector.fromArray(SPECIES, c, c0 + 2 * L));
      c03 = n.fma(c03.add(0), FloatVector.fromArray(SPECIES, c, c0 + 3 * L));
      c04 = n.fma(c04.add(0), FloatVector.fromArray(SPECIES, c, c0 + 4 * L));
      c05 = n.fma(c05.add(0), FloatVector.fromArray(SPECIES, c, c0 + 5 * L));
      c06 = n.fma(c06.add(0), FloatVector.fromArray(SPECIES, c, c0 + 6 * L));
      c07 = n.fma(c07.add(0), FloatVector.fromArray(SPECIES, c, c0 + 7 * L));
      if (c1 >= 0) {
        c10 = n.fma(c10.add(0), FloatVector.fromArray(SPECIES, c, c1));
        c11 = n.fma(c11.add(0), FloatVector.fromArray(SPECIES, c, c1 + L));
        c12 = n.fma(c12.add(0), FloatVector.fromArray(SPECIES, c, c1 + 2 * L));
        c13 = n.fma(c13.add(0), FloatVector.fromArray(SPECIES, c, c1 + 3 * L));
        c14 = n.fma(c14.add(0), FloatVector.fromArray(SPECIES, c, c1 + 4 * L));
        c15 = n.fma(c15.add(0), FloatVector.fromArray(SPECIES, c, c1 + 5 * L));
        c16 = n.fma(c16.add(0), FloatVector.fromArray(SPECIES, c, c1 + 6 * L));
        c17 = n.fma(c17.add(0), FloatVector.fromArray(SPECIES, c, c1 + 7 * L));
      }
    }
    c00.intoArray(c, c0);
    c01.intoArray(c, c0 + L);
    c02.intoArray(c, c0 + 2 * L);
    c03.intoArray(c, c0 + 3 * L);
    c04.intoArray(c, c0 + 4 * L);
    c05.intoArray(c, c0 + 5 * L);
    c06.intoArray(c, c0 + 6 * L);
    c07.intoArray(c, c0 + 7 * L);
    if (c1 >= 0) {
      c10.intoArray(c, c1);
      c11.intoArray(c, c1 + L);
      c12.intoArray(c, c1 + 2 * L);
      c13.intoArray(c, c1 + 3 * L);
      c14.intoArray(c, c1 + 4 * L);
      c15.intoArray(c, c1 + 5 * L);
      c16.intoArray(c, c1 + 6 * L);
      c17.intoArray(c, c1 + 7 * L);
    }
  }

  /**
   * 2 rows by 4 vectors over entries {@code from} to {@code to - 1} of a list, for 16 registers.
   * See {@link NonZeros} for what an entry is. The rows of c begin at c0 and, unless that is
   * negative, c1; they become the sums, or {@code fma(-step, sums + 0, c)}.
   */
  static void pairs2x4(
      int from,
      int to,
      int[] entries,
      float[] b,
      int bOffset,
      int ldb,
      float[] c,
      int c0,
      int c1,
      boolean update,
      float step) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = FloatVector.zero(SPECIES);
    FloatVector c02 = FloatVector.zero(SPECIES);
    FloatVector c03 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c11 = FloatVector.zero(SPECIES);
    FloatVector c12 = FloatVector.zero(SPECIES);
    FloatVector c13 = FloatVector.zero(SPECIES);
    for (int run = from; run < to; run += RUN) {
      int length = Math.min(RUN, to - run);
      for (int i = 0; i < length; i++) {
        int entry = entries[run + i];
        int bp = bOffset + (entry >>> 16) * ldb;
        FloatVector x0 = FloatVector.broadcast(SPECIES, Grey.unit(entry));
        FloatVector x1 = FloatVector.broadcast(SPECIES, Grey.unit(entry >>> 8));
        FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
        c00 = x0.fma(b0, c00);
        c10 = x1.fma(b0, c10);
        FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + L);
        c01 = x0.fma(b1, c01);
        c11 = x1.fma(b1, c11);
        FloatVector b2 = FloatVector.fromArray(SPECIES, b, bp + 2 * L);
        c02 = x0.fma(b2, c02);
        c12 = x1.fma(b2, c12);
        FloatVector b3 = FloatVector.fromArray(SPECIES, b, bp + 3 * L);
        c03 = x0.fma(b3, c03);
        c13 = x1.fma(b3, c13);
      }
    }
    if (update) {
      FloatVector n = FloatVector.broadcast(SPECIES, -step);
      c00 = n.fma(c00.add(0), FloatVector.fromArray(SPECIES, c, c0));
      c01 = n.fma(c01.add(0), FloatVector.fromArray(SPECIES, c, c0 + L));
      c02 = n.fma(c02.add(0), FloatVector.fromArray(SPECIES, c, c0 + 2 * L));
      c03 = n.fma(c03.add(0), FloatVector.fromArray(SPECIES, c, c0 + 3 * L));
      if (c1 >= 0) {
        c10 = n.fma(c10.add(0), FloatVector.fromArray(SPECIES, c, c1));
        c11 = n.fma(c11.add(0), FloatVector.fromArray(SPECIES, c, c1 + L));
        c12 = n.fma(c12.add(0), FloatVector.fromArray(SPECIES, c, c1 + 2 * L));
        c13 = n.fma(c13.add(0), FloatVector.fromArray(SPECIES, c, c1 + 3 * L));
      }
    }
    c00.intoArray(c, c0);
    c01.intoArray(c, c0 + L);
    c02.intoArray(c, c0 + 2 * L);
    c03.intoArray(c, c0 + 3 * L);
    if (c1 >= 0) {
      c10.intoArray(c, c1);
      c11.intoArray(c, c1 + L);
      c12.intoArray(c, c1 + 2 * L);
      c13.intoArray(c, c1 + 3 * L);
    }
  }

  /**
   * 2 rows by 1 vector over entries {@code from} to {@code to - 1} of a list, for the last columns
   * of b, masked. See {@link NonZeros} for what an entry is. The rows of c begin at c0 and, unless
   * that is negative, c1; they become the sums, or {@code fma(-step, sums + 0, c)}.
   */
  static void pairs2x1(
      int from,
      int to,
      int[] entries,
      float[] b,
      int bOffset,
      int ldb,
      VectorMask<Float> mask,
      float[] c,
      int c0,
      int c1,
      boolean update,
      float step) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    for (int run = from; run < to; run += RUN) {
      int length = Math.min(RUN, to - run);
      for (int i = 0; i < length; i++) {
        int entry = entries[run + i];
        int bp = bOffset + (entry >>> 16) * ldb;
        FloatVector x0 = FloatVector.broadcast(SPECIES, Grey.unit(entry));
        FloatVector x1 = FloatVector.broadcast(SPECIES, Grey.unit(entry >>> 8));
        FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp, mask);
        c00 = x0.fma(b0, c00);
        c10 = x1.fma(b0, c10);
      }
    }
    if (update) {
      FloatVector n = FloatVector.broadcast(SPECIES, -step);
      c00 = n.fma(c00.add(0), FloatVector.fromArray(SPECIES, c, c0, mask));
      if (c1 >= 0) {
        c10 = n.fma(c10.add(0), FloatVector.fromArray(SPECIES, c, c1, mask));
      }
    }
    c00.intoArray(c, c0, mask);
    if (c1 >= 0) {
      c10.intoArray(c, c1, mask);
    }
  }

  /**
   * 1 row by 8 vectors over the terms that are listed: p is {@code terms[0]} to {@code terms[count
   * - 1]}, and its factor {@code x[xOffset + p]}.
   */
  static void row1x8(
      int count,
      int[] terms,
      float[] x,
      int xOffset,
      float[] b,
      int bOffset,
      int ldb,
      float[] sums,
      int sumsOffset) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = FloatVector.zero(SPECIES);
    FloatVector c02 = FloatVector.zero(SPECIES);
    FloatVector c03 = FloatVector.zero(SPECIES);
    FloatVector c04 = FloatVector.zero(SPECIES);
    FloatVector c05 = FloatVector.zero(SPECIES);
    FloatVector c06 = FloatVector.zero(SPECIES);
    FloatVector c07 = FloatVector.zero(SPECIES);
    for (int run = 0; run < count; run += RUN) {
      int length = Math.min(RUN, count - run);
      for (int i = 0; i < length; i++) {
        int p = terms[run + i];
        int bp = bOffset + p * ldb;
        FloatVector x0 = FloatVector.broadcast(SPECIES, x[xOffset + p]);
        c00 = x0.fma(FloatVector.fromArray(SPECIES, b, bp), c00);
        c01 = x0.fma(FloatVector.fromArray(SPECIES, b, bp + L), c01);
        c02 = x0.fma(FloatVector.fromArray(SPECIES, b, bp + 2 * L), c02);
        c03 = x0.fma(FloatVector.fromArray(SPECIES, b, bp + 3 * L), c03);
        c04 = x0.fma(FloatVector.fromArray(SPECIES, b, bp + 4 * L), c04);
        c05 = x0.fma(FloatVector.fromArray(SPECIES, b, bp + 5 * L), c05);
        c06 = x0.fma(FloatVector.fromArray(SPECIES, b, bp + 6 * L), c06);
        c07 = x0.fma(FloatVector.fromArray(SPECIES, b, bp + 7 * L), c07);
      }
    }
    c00.intoArray(sums, sumsOffset);
    c01.intoArray(sums, sumsOffset + L);
    c02.intoArray(sums, sumsOffset + 2 * L);
    c03.intoArray(sums, sumsOffset + 3 * L);
    c04.intoArray(sums, sumsOffset + 4 * L);
    c05.intoArray(sums, sumsOffset + 5 * L);
    c06.intoArray(sums, sumsOffset + 6 * L);
    c07.intoArray(sums, sumsOffset + 7 * L);
  }
}
