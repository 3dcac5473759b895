package lanewise.kernel;

import static lanewise.kernel.Lanes.L;
import static lanewise.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Micro-kernels of {@link NarrowGemm}, for layers with few outputs. Why each repeats the loop: see
 * {@link Tile}.
 */
final class NarrowTile {
  /**
   * Rows of {@link #sums10x2}: 20 accumulators do in one call what would take two of half the
   * height.
   */
  static final int ROWS = 10;

  private NarrowTile() {}

  /**
   * Ten rows, two vectors wide: {@code sums = a b}, where element (i, p) of a is {@code a[aOffset +
   * i + p * lda]} and row p of b begins at {@code b[bOffset + p * ldb]}.
   */
  static void sums10x2(
      int k,
      float[] a,
      int aOffset,
      int lda,
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
    for (int p = 0; p < k; p++) {
      int ap = aOffset + p * lda;
      int bp = bOffset + p * ldb;
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
      FloatVector x8 = FloatVector.broadcast(SPECIES, a[ap + 8]);
      c80 = x8.fma(b0, c80);
      c81 = x8.fma(b1, c81);
      FloatVector x9 = FloatVector.broadcast(SPECIES, a[ap + 9]);
      c90 = x9.fma(b0, c90);
      c91 = x9.fma(b1, c91);
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
  }

  /**
   * Adds ten terms to each chain, two vectors wide: {@code dx += dz b}, where row i of dz begins at
   * {@code dz[dzOffset + i * lddz]} and b is a panel of ten rows. The first call starts the chains
   * at zero, the last one masks: dx is 0 where y is not positive.
   */
  static void terms10x2(
      int rows,
      float[] dz,
      int dzOffset,
      int lddz,
      float[] panel,
      int panelOffset,
      boolean first,
      boolean last,
      float[] y,
      int yOffset,
      int ldy,
      float[] dx,
      int dxOffset,
      int lddx) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector b00 = FloatVector.fromArray(SPECIES, panel, panelOffset);
    FloatVector b01 = FloatVector.fromArray(SPECIES, panel, panelOffset + L);
    FloatVector b10 = FloatVector.fromArray(SPECIES, panel, panelOffset + 2 * L);
    FloatVector b11 = FloatVector.fromArray(SPECIES, panel, panelOffset + 3 * L);
    FloatVector b20 = FloatVector.fromArray(SPECIES, panel, panelOffset + 4 * L);
    FloatVector b21 = FloatVector.fromArray(SPECIES, panel, panelOffset + 5 * L);
    FloatVector b30 = FloatVector.fromArray(SPECIES, panel, panelOffset + 6 * L);
    FloatVector b31 = FloatVector.fromArray(SPECIES, panel, panelOffset + 7 * L);
    FloatVector b40 = FloatVector.fromArray(SPECIES, panel, panelOffset + 8 * L);
    FloatVector b41 = FloatVector.fromArray(SPECIES, panel, panelOffset + 9 * L);
    FloatVector b50 = FloatVector.fromArray(SPECIES, panel, panelOffset + 10 * L);
    FloatVector b51 = FloatVector.fromArray(SPECIES, panel, panelOffset + 11 * L);
    FloatVector b60 = FloatVector.fromArray(SPECIES, panel, panelOffset + 12 * L);
    FloatVector b61 = FloatVector.fromArray(SPECIES, panel, panelOffset + 13 * L);
    FloatVector b70 = FloatVector.fromArray(SPECIES, panel, panelOffset + 14 * L);
    FloatVector b71 = FloatVector.fromArray(SPECIES, panel, panelOffset + 15 * L);
    FloatVector b80 = FloatVector.fromArray(SPECIES, panel, panelOffset + 16 * L);
    FloatVector b81 = FloatVector.fromArray(SPECIES, panel, panelOffset + 17 * L);
    FloatVector b90 = FloatVector.fromArray(SPECIES, panel, panelOffset + 18 * L);
    FloatVector b91 = FloatVector.fromArray(SPECIES, panel, panelOffset + 19 * L);
    for (int i = 0; i < rows; i++) {
      int from = dzOffset + i * lddz;
      int to = dxOffset + i * lddx;
      FloatVector c0 = zero;
      FloatVector c1 = zero;
      if (!first) {
        c0 = FloatVector.fromArray(SPECIES, dx, to);
        c1 = FloatVector.fromArray(SPECIES, dx, to + L);
      }
      FloatVector x0 = FloatVector.broadcast(SPECIES, dz[from]);
      c0 = x0.fma(b00, c0);
      c1 = x0.fma(b01, c1);
      FloatVector x1 = FloatVector.broadcast(SPECIES, dz[from + 1]);
      c0 = x1.fma(b10, c0);
      c1 = x1.fma(b11, c1);
      FloatVector x2 = FloatVector.broadcast(SPECIES, dz[from + 2]);
      c0 = x2.fma(b20, c0);
      c1 = x2.fma(b21, c1);
      FloatVector x3 = FloatVector.broadcast(SPECIES, dz[from + 3]);
      c0 = x3.fma(b30, c0);
      c1 = x3.fma(b31, c1);
      FloatVector x4 = FloatVector.broadcast(SPECIES, dz[from + 4]);
      c0 = x4.fma(b40, c0);
      c1 = x4.fma(b41, c1);
      FloatVector x5 = FloatVector.broadcast(SPECIES, dz[from + 5]);
      c0 = x5.fma(b50, c0);
      c1 = x5.fma(b51, c1);
      FloatVector x6 = FloatVector.broadcast(SPECIES, dz[from + 6]);
      c0 = x6.fma(b60, c0);
      c1 = x6.fma(b61, c1);
      FloatVector x7 = FloatVector.broadcast(SPECIES, dz[from + 7]);
      c0 = x7.fma(b70, c0);
      c1 = x7.fma(b71, c1);
      FloatVector x8 = FloatVector.broadcast(SPECIES, dz[from + 8]);
      c0 = x8.fma(b80, c0);
      c1 = x8.fma(b81, c1);
      FloatVector x9 = FloatVector.broadcast(SPECIES, dz[from + 9]);
      c0 = x9.fma(b90, c0);
      c1 = x9.fma(b91, c1);
      if (last) {
        int active = yOffset + i * ldy;
        FloatVector y0 = FloatVector.fromArray(SPECIES, y, active);
        FloatVector y1 = FloatVector.fromArray(SPECIES, y, active + L);
        c0 = zero.blend(c0, y0.compare(VectorOperators.GT, 0));
        c1 = zero.blend(c1, y1.compare(VectorOperators.GT, 0));
      }
      c0.intoArray(dx, to);
      c1.intoArray(dx, to + L);
    }
  }

  /** As {@link #terms10x2}, with five terms. */
  static void terms5x2(
      int rows,
      float[] dz,
      int dzOffset,
      int lddz,
      float[] panel,
      int panelOffset,
      boolean first,
      boolean last,
      float[] y,
      int yOffset,
      int ldy,
      float[] dx,
      int dxOffset,
      int lddx) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector b00 = FloatVector.fromArray(SPECIES, panel, panelOffset);
    FloatVector b01 = FloatVector.fromArray(SPECIES, panel, panelOffset + L);
    FloatVector b10 = FloatVector.fromArray(SPECIES, panel, panelOffset + 2 * L);
    FloatVector b11 = FloatVector.fromArray(SPECIES, panel, panelOffset + 3 * L);
    FloatVector b20 = FloatVector.fromArray(SPECIES, panel, panelOffset + 4 * L);
    FloatVector b21 = FloatVector.fromArray(SPECIES, panel, panelOffset + 5 * L);
    FloatVector b30 = FloatVector.fromArray(SPECIES, panel, panelOffset + 6 * L);
    FloatVector b31 = FloatVector.fromArray(SPECIES, panel, panelOffset + 7 * L);
    FloatVector b40 = FloatVector.fromArray(SPECIES, panel, panelOffset + 8 * L);
    FloatVector b41 = FloatVector.fromArray(SPECIES, panel, panelOffset + 9 * L);
    for (int i = 0; i < rows; i++) {
      int from = dzOffset + i * lddz;
      int to = dxOffset + i * lddx;
      FloatVector c0 = zero;
      FloatVector c1 = zero;
      if (!first) {
        c0 = FloatVector.fromArray(SPECIES, dx, to);
        c1 = FloatVector.fromArray(SPECIES, dx, to + L);
      }
      FloatVector x0 = FloatVector.broadcast(SPECIES, dz[from]);
      c0 = x0.fma(b00, c0);
      c1 = x0.fma(b01, c1);
      FloatVector x1 = FloatVector.broadcast(SPECIES, dz[from + 1]);
      c0 = x1.fma(b10, c0);
      c1 = x1.fma(b11, c1);
      FloatVector x2 = FloatVector.broadcast(SPECIES, dz[from + 2]);
      c0 = x2.fma(b20, c0);
      c1 = x2.fma(b21, c1);
      FloatVector x3 = FloatVector.broadcast(SPECIES, dz[from + 3]);
      c0 = x3.fma(b30, c0);
      c1 = x3.fma(b31, c1);
      FloatVector x4 = FloatVector.broadcast(SPECIES, dz[from + 4]);
      c0 = x4.fma(b40, c0);
      c1 = x4.fma(b41, c1);
      if (last) {
        int active = yOffset + i * ldy;
        FloatVector y0 = FloatVector.fromArray(SPECIES, y, active);
        FloatVector y1 = FloatVector.fromArray(SPECIES, y, active + L);
        c0 = zero.blend(c0, y0.compare(VectorOperators.GT, 0));
        c1 = zero.blend(c1, y1.compare(VectorOperators.GT, 0));
      }
      c0.intoArray(dx, to);
      c1.intoArray(dx, to + L);
    }
  }

  /** As {@link #terms10x2}, with one term. */
  static void terms1x2(
      int rows,
      float[] dz,
      int dzOffset,
      int lddz,
      float[] panel,
      int panelOffset,
      boolean first,
      boolean last,
      float[] y,
      int yOffset,
      int ldy,
      float[] dx,
      int dxOffset,
      int lddx) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector b00 = FloatVector.fromArray(SPECIES, panel, panelOffset);
    FloatVector b01 = FloatVector.fromArray(SPECIES, panel, panelOffset + L);
    for (int i = 0; i < rows; i++) {
      int from = dzOffset + i * lddz;
      int to = dxOffset + i * lddx;
      FloatVector c0 = zero;
      FloatVector c1 = zero;
      if (!first) {
        c0 = FloatVector.fromArray(SPECIES, dx, to);
        c1 = FloatVector.fromArray(SPECIES, dx, to + L);
      }
      FloatVector x0 = FloatVector.broadcast(SPECIES, dz[from]);
      c0 = x0.fma(b00, c0);
      c1 = x0.fma(b01, c1);
      if (last) {
        int active = yOffset + i * ldy;
        FloatVector y0 = FloatVector.fromArray(SPECIES, y, active);
        FloatVector y1 = FloatVector.fromArray(SPECIES, y, active + L);
        c0 = zero.blend(c0, y0.compare(VectorOperators.GT, 0));
        c1 = zero.blend(c1, y1.compare(VectorOperators.GT, 0));
      }
      c0.intoArray(dx, to);
      c1.intoArray(dx, to + L);
    }
  }
}
