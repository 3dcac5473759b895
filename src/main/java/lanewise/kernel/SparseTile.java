package lanewise.kernel;

import static lanewise.kernel.Lanes.L;
import static lanewise.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Micro-kernels of the products that skip zeros: register tiles of four rows of the result, a few
 * vectors wide, over a list of entries. An entry names a row of b ({@code b[bOffset + index[e] *
 * ldb]}) and holds four grey bytes, one for each row of the result.
 *
 * <p>Four rows by four vectors take 16 accumulators of 32 registers; by two vectors, 8 of 16. Why
 * each repeats the loop: see {@link Tile}; calling {@link Grey#unit} is fine, as it takes no
 * vector.
 */
final class SparseTile {
  /**
   * Entries per inner loop. With collectors such as G1, C2 splits long loops in two so that they
   * can reach a safepoint (loop strip mining); the tile then runs out of registers and loses a
   * sixth of its speed. A loop of at most 100 iterations is left whole.
   */
  private static final int RUN = 64;

  private SparseTile() {}

  /** Sums of four rows, four vectors wide. */
  static void sums4x4(
      int from,
      int to,
      char[] index,
      int[] quads,
      float[] b,
      int bOffset,
      int ldb,
      float[] sums,
      int sumsOffset) {
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
    for (int run = from; run < to; run += RUN) {
      int count = Math.min(RUN, to - run);
      for (int i = 0; i < count; i++) {
        int e = run + i;
        int offset = bOffset + index[e] * ldb;
        int quad = quads[e];
        FloatVector b0 = FloatVector.fromArray(SPECIES, b, offset);
        FloatVector b1 = FloatVector.fromArray(SPECIES, b, offset + L);
        FloatVector b2 = FloatVector.fromArray(SPECIES, b, offset + 2 * L);
        FloatVector b3 = FloatVector.fromArray(SPECIES, b, offset + 3 * L);
        FloatVector x0 = FloatVector.broadcast(SPECIES, Grey.unit(quad));
        c00 = x0.fma(b0, c00);
        c01 = x0.fma(b1, c01);
        c02 = x0.fma(b2, c02);
        c03 = x0.fma(b3, c03);
        FloatVector x1 = FloatVector.broadcast(SPECIES, Grey.unit(quad >>> 8));
        c10 = x1.fma(b0, c10);
        c11 = x1.fma(b1, c11);
        c12 = x1.fma(b2, c12);
        c13 = x1.fma(b3, c13);
        FloatVector x2 = FloatVector.broadcast(SPECIES, Grey.unit(quad >>> 16));
        c20 = x2.fma(b0, c20);
        c21 = x2.fma(b1, c21);
        c22 = x2.fma(b2, c22);
        c23 = x2.fma(b3, c23);
        FloatVector x3 = FloatVector.broadcast(SPECIES, Grey.unit(quad >>> 24));
        c30 = x3.fma(b0, c30);
        c31 = x3.fma(b1, c31);
        c32 = x3.fma(b2, c32);
        c33 = x3.fma(b3, c33);
      }
    }
    c00.intoArray(sums, sumsOffset);
    c01.intoArray(sums, sumsOffset + L);
    c02.intoArray(sums, sumsOffset + 2 * L);
    c03.intoArray(sums, sumsOffset + 3 * L);
    c10.intoArray(sums, sumsOffset + 4 * L);
    c11.intoArray(sums, sumsOffset + 5 * L);
    c12.intoArray(sums, sumsOffset + 6 * L);
    c13.intoArray(sums, sumsOffset + 7 * L);
    c20.intoArray(sums, sumsOffset + 8 * L);
    c21.intoArray(sums, sumsOffset + 9 * L);
    c22.intoArray(sums, sumsOffset + 10 * L);
    c23.intoArray(sums, sumsOffset + 11 * L);
    c30.intoArray(sums, sumsOffset + 12 * L);
    c31.intoArray(sums, sumsOffset + 13 * L);
    c32.intoArray(sums, sumsOffset + 14 * L);
    c33.intoArray(sums, sumsOffset + 15 * L);
  }

  /** Sums of four rows, two vectors wide. */
  static void sums4x2(
      int from,
      int to,
      char[] index,
      int[] quads,
      float[] b,
      int bOffset,
      int ldb,
      float[] sums,
      int sumsOffset) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c11 = FloatVector.zero(SPECIES);
    FloatVector c20 = FloatVector.zero(SPECIES);
    FloatVector c21 = FloatVector.zero(SPECIES);
    FloatVector c30 = FloatVector.zero(SPECIES);
    FloatVector c31 = FloatVector.zero(SPECIES);
    for (int run = from; run < to; run += RUN) {
      int count = Math.min(RUN, to - run);
      for (int i = 0; i < count; i++) {
        int e = run + i;
        int offset = bOffset + index[e] * ldb;
        int quad = quads[e];
        FloatVector b0 = FloatVector.fromArray(SPECIES, b, offset);
        FloatVector b1 = FloatVector.fromArray(SPECIES, b, offset + L);
        FloatVector x0 = FloatVector.broadcast(SPECIES, Grey.unit(quad));
        c00 = x0.fma(b0, c00);
        c01 = x0.fma(b1, c01);
        FloatVector x1 = FloatVector.broadcast(SPECIES, Grey.unit(quad >>> 8));
        c10 = x1.fma(b0, c10);
        c11 = x1.fma(b1, c11);
        FloatVector x2 = FloatVector.broadcast(SPECIES, Grey.unit(quad >>> 16));
        c20 = x2.fma(b0, c20);
        c21 = x2.fma(b1, c21);
        FloatVector x3 = FloatVector.broadcast(SPECIES, Grey.unit(quad >>> 24));
        c30 = x3.fma(b0, c30);
        c31 = x3.fma(b1, c31);
      }
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

  /** Sums of four rows, one vector wide, masked. */
  static void sums4x1(
      int from,
      int to,
      char[] index,
      int[] quads,
      float[] b,
      int bOffset,
      int ldb,
      VectorMask<Float> mask,
      float[] sums,
      int sumsOffset) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c20 = FloatVector.zero(SPECIES);
    FloatVector c30 = FloatVector.zero(SPECIES);
    for (int run = from; run < to; run += RUN) {
      int count = Math.min(RUN, to - run);
      for (int i = 0; i < count; i++) {
        int e = run + i;
        int offset = bOffset + index[e] * ldb;
        int quad = quads[e];
        FloatVector b0 = FloatVector.fromArray(SPECIES, b, offset, mask);
        FloatVector x0 = FloatVector.broadcast(SPECIES, Grey.unit(quad));
        c00 = x0.fma(b0, c00);
        FloatVector x1 = FloatVector.broadcast(SPECIES, Grey.unit(quad >>> 8));
        c10 = x1.fma(b0, c10);
        FloatVector x2 = FloatVector.broadcast(SPECIES, Grey.unit(quad >>> 16));
        c20 = x2.fma(b0, c20);
        FloatVector x3 = FloatVector.broadcast(SPECIES, Grey.unit(quad >>> 24));
        c30 = x3.fma(b0, c30);
      }
    }
    c00.intoArray(sums, sumsOffset);
    c10.intoArray(sums, sumsOffset + L);
    c20.intoArray(sums, sumsOffset + 2 * L);
    c30.intoArray(sums, sumsOffset + 3 * L);
  }

  /** {@code w = fma(-step, sum + 0, w)} for four rows of w at w0 to w3, four vectors wide. */
  static void step4x4(
      int from,
      int to,
      char[] index,
      int[] quads,
      float[] b,
      int bOffset,
      int ldb,
      float[] w,
      int w0,
      int w1,
      int w2,
      int w3,
      float step) {
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
    for (int run = from; run < to; run += RUN) {
      int count = Math.min(RUN, to - run);
      for (int i = 0; i < count; i++) {
        int e = run + i;
        int offset = bOffset + index[e] * ldb;
        int quad = quads[e];
        FloatVector b0 = FloatVector.fromArray(SPECIES, b, offset);
        FloatVector b1 = FloatVector.fromArray(SPECIES, b, offset + L);
        FloatVector b2 = FloatVector.fromArray(SPECIES, b, offset + 2 * L);
        FloatVector b3 = FloatVector.fromArray(SPECIES, b, offset + 3 * L);
        FloatVector x0 = FloatVector.broadcast(SPECIES, Grey.unit(quad));
        c00 = x0.fma(b0, c00);
        c01 = x0.fma(b1, c01);
        c02 = x0.fma(b2, c02);
        c03 = x0.fma(b3, c03);
        FloatVector x1 = FloatVector.broadcast(SPECIES, Grey.unit(quad >>> 8));
        c10 = x1.fma(b0, c10);
        c11 = x1.fma(b1, c11);
        c12 = x1.fma(b2, c12);
        c13 = x1.fma(b3, c13);
        FloatVector x2 = FloatVector.broadcast(SPECIES, Grey.unit(quad >>> 16));
        c20 = x2.fma(b0, c20);
        c21 = x2.fma(b1, c21);
        c22 = x2.fma(b2, c22);
        c23 = x2.fma(b3, c23);
        FloatVector x3 = FloatVector.broadcast(SPECIES, Grey.unit(quad >>> 24));
        c30 = x3.fma(b0, c30);
        c31 = x3.fma(b1, c31);
        c32 = x3.fma(b2, c32);
        c33 = x3.fma(b3, c33);
      }
    }
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector negative = FloatVector.broadcast(SPECIES, -step);
    negative.fma(c00.add(zero), FloatVector.fromArray(SPECIES, w, w0)).intoArray(w, w0);
    negative.fma(c01.add(zero), FloatVector.fromArray(SPECIES, w, w0 + L)).intoArray(w, w0 + L);
    negative
        .fma(c02.add(zero), FloatVector.fromArray(SPECIES, w, w0 + 2 * L))
        .intoArray(w, w0 + 2 * L);
    negative
        .fma(c03.add(zero), FloatVector.fromArray(SPECIES, w, w0 + 3 * L))
        .intoArray(w, w0 + 3 * L);
    negative.fma(c10.add(zero), FloatVector.fromArray(SPECIES, w, w1)).intoArray(w, w1);
    negative.fma(c11.add(zero), FloatVector.fromArray(SPECIES, w, w1 + L)).intoArray(w, w1 + L);
    negative
        .fma(c12.add(zero), FloatVector.fromArray(SPECIES, w, w1 + 2 * L))
        .intoArray(w, w1 + 2 * L);
    negative
        .fma(c13.add(zero), FloatVector.fromArray(SPECIES, w, w1 + 3 * L))
        .intoArray(w, w1 + 3 * L);
    negative.fma(c20.add(zero), FloatVector.fromArray(SPECIES, w, w2)).intoArray(w, w2);
    negative.fma(c21.add(zero), FloatVector.fromArray(SPECIES, w, w2 + L)).intoArray(w, w2 + L);
    negative
        .fma(c22.add(zero), FloatVector.fromArray(SPECIES, w, w2 + 2 * L))
        .intoArray(w, w2 + 2 * L);
    negative
        .fma(c23.add(zero), FloatVector.fromArray(SPECIES, w, w2 + 3 * L))
        .intoArray(w, w2 + 3 * L);
    negative.fma(c30.add(zero), FloatVector.fromArray(SPECIES, w, w3)).intoArray(w, w3);
    negative.fma(c31.add(zero), FloatVector.fromArray(SPECIES, w, w3 + L)).intoArray(w, w3 + L);
    negative
        .fma(c32.add(zero), FloatVector.fromArray(SPECIES, w, w3 + 2 * L))
        .intoArray(w, w3 + 2 * L);
    negative
        .fma(c33.add(zero), FloatVector.fromArray(SPECIES, w, w3 + 3 * L))
        .intoArray(w, w3 + 3 * L);
  }

  /** As {@link #step4x4}, two vectors wide. */
  static void step4x2(
      int from,
      int to,
      char[] index,
      int[] quads,
      float[] b,
      int bOffset,
      int ldb,
      float[] w,
      int w0,
      int w1,
      int w2,
      int w3,
      float step) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c11 = FloatVector.zero(SPECIES);
    FloatVector c20 = FloatVector.zero(SPECIES);
    FloatVector c21 = FloatVector.zero(SPECIES);
    FloatVector c30 = FloatVector.zero(SPECIES);
    FloatVector c31 = FloatVector.zero(SPECIES);
    for (int run = from; run < to; run += RUN) {
      int count = Math.min(RUN, to - run);
      for (int i = 0; i < count; i++) {
        int e = run + i;
        int offset = bOffset + index[e] * ldb;
        int quad = quads[e];
        FloatVector b0 = FloatVector.fromArray(SPECIES, b, offset);
        FloatVector b1 = FloatVector.fromArray(SPECIES, b, offset + L);
        FloatVector x0 = FloatVector.broadcast(SPECIES, Grey.unit(quad));
        c00 = x0.fma(b0, c00);
        c01 = x0.fma(b1, c01);
        FloatVector x1 = FloatVector.broadcast(SPECIES, Grey.unit(quad >>> 8));
        c10 = x1.fma(b0, c10);
        c11 = x1.fma(b1, c11);
        FloatVector x2 = FloatVector.broadcast(SPECIES, Grey.unit(quad >>> 16));
        c20 = x2.fma(b0, c20);
        c21 = x2.fma(b1, c21);
        FloatVector x3 = FloatVector.broadcast(SPECIES, Grey.unit(quad >>> 24));
        c30 = x3.fma(b0, c30);
        c31 = x3.fma(b1, c31);
      }
    }
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector negative = FloatVector.broadcast(SPECIES, -step);
    negative.fma(c00.add(zero), FloatVector.fromArray(SPECIES, w, w0)).intoArray(w, w0);
    negative.fma(c01.add(zero), FloatVector.fromArray(SPECIES, w, w0 + L)).intoArray(w, w0 + L);
    negative.fma(c10.add(zero), FloatVector.fromArray(SPECIES, w, w1)).intoArray(w, w1);
    negative.fma(c11.add(zero), FloatVector.fromArray(SPECIES, w, w1 + L)).intoArray(w, w1 + L);
    negative.fma(c20.add(zero), FloatVector.fromArray(SPECIES, w, w2)).intoArray(w, w2);
    negative.fma(c21.add(zero), FloatVector.fromArray(SPECIES, w, w2 + L)).intoArray(w, w2 + L);
    negative.fma(c30.add(zero), FloatVector.fromArray(SPECIES, w, w3)).intoArray(w, w3);
    negative.fma(c31.add(zero), FloatVector.fromArray(SPECIES, w, w3 + L)).intoArray(w, w3 + L);
  }
}
