package lanewise.kernel;

import static lanewise.kernel.Lanes.L;
import static lanewise.kernel.Lanes.PANEL;
import static lanewise.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * Micro-kernels of the weight update {@code w = fma(-step, a^T b, w)}: register tiles of eight rows
 * of w (four with 16 registers), one or two vectors wide. Element (i, p) of a^T is {@code a[aOffset
 * + i + p * lda]}; b is a panel. The step is taken in registers if this is the {@code last} pass,
 * else the sums are stored; zero is added to them first, see {@link SparseRows}. Otherwise as
 * {@link Tile}, which says why each repeats the loop.
 */
final class StepTile {
  private StepTile() {}

  /** Eight rows, two vectors wide. */
  static void step8x2(
      int k,
      float[] a,
      int aOffset,
      int lda,
      float[] panel,
      int panelOffset,
      float[] sums,
      int sumsOffset,
      boolean resume,
      boolean last,
      float[] w,
      int wOffset,
      int ldw,
      float step) {
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
    }
    for (int p = 0; p < k; p++) {
      int ap = aOffset + p * lda;
      FloatVector b0 = FloatVector.fromArray(SPECIES, panel, panelOffset + p * PANEL);
      FloatVector b1 = FloatVector.fromArray(SPECIES, panel, panelOffset + p * PANEL + L);
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
    if (!last) {
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
      return;
    }
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector negative = FloatVector.broadcast(SPECIES, -step);
    int w0 = wOffset;
    negative.fma(c00.add(zero), FloatVector.fromArray(SPECIES, w, w0)).intoArray(w, w0);
    negative.fma(c01.add(zero), FloatVector.fromArray(SPECIES, w, w0 + L)).intoArray(w, w0 + L);
    int w1 = w0 + ldw;
    negative.fma(c10.add(zero), FloatVector.fromArray(SPECIES, w, w1)).intoArray(w, w1);
    negative.fma(c11.add(zero), FloatVector.fromArray(SPECIES, w, w1 + L)).intoArray(w, w1 + L);
    int w2 = w1 + ldw;
    negative.fma(c20.add(zero), FloatVector.fromArray(SPECIES, w, w2)).intoArray(w, w2);
    negative.fma(c21.add(zero), FloatVector.fromArray(SPECIES, w, w2 + L)).intoArray(w, w2 + L);
    int w3 = w2 + ldw;
    negative.fma(c30.add(zero), FloatVector.fromArray(SPECIES, w, w3)).intoArray(w, w3);
    negative.fma(c31.add(zero), FloatVector.fromArray(SPECIES, w, w3 + L)).intoArray(w, w3 + L);
    int w4 = w3 + ldw;
    negative.fma(c40.add(zero), FloatVector.fromArray(SPECIES, w, w4)).intoArray(w, w4);
    negative.fma(c41.add(zero), FloatVector.fromArray(SPECIES, w, w4 + L)).intoArray(w, w4 + L);
    int w5 = w4 + ldw;
    negative.fma(c50.add(zero), FloatVector.fromArray(SPECIES, w, w5)).intoArray(w, w5);
    negative.fma(c51.add(zero), FloatVector.fromArray(SPECIES, w, w5 + L)).intoArray(w, w5 + L);
    int w6 = w5 + ldw;
    negative.fma(c60.add(zero), FloatVector.fromArray(SPECIES, w, w6)).intoArray(w, w6);
    negative.fma(c61.add(zero), FloatVector.fromArray(SPECIES, w, w6 + L)).intoArray(w, w6 + L);
    int w7 = w6 + ldw;
    negative.fma(c70.add(zero), FloatVector.fromArray(SPECIES, w, w7)).intoArray(w, w7);
    negative.fma(c71.add(zero), FloatVector.fromArray(SPECIES, w, w7 + L)).intoArray(w, w7 + L);
  }

  /** Four rows, two vectors wide. */
  static void step4x2(
      int k,
      float[] a,
      int aOffset,
      int lda,
      float[] panel,
      int panelOffset,
      float[] sums,
      int sumsOffset,
      boolean resume,
      boolean last,
      float[] w,
      int wOffset,
      int ldw,
      float step) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c11 = FloatVector.zero(SPECIES);
    FloatVector c20 = FloatVector.zero(SPECIES);
    FloatVector c21 = FloatVector.zero(SPECIES);
    FloatVector c30 = FloatVector.zero(SPECIES);
    FloatVector c31 = FloatVector.zero(SPECIES);
    if (resume) {
      c00 = FloatVector.fromArray(SPECIES, sums, sumsOffset);
      c01 = FloatVector.fromArray(SPECIES, sums, sumsOffset + L);
      c10 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 2 * L);
      c11 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 3 * L);
      c20 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 4 * L);
      c21 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 5 * L);
      c30 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 6 * L);
      c31 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 7 * L);
    }
    for (int p = 0; p < k; p++) {
      int ap = aOffset + p * lda;
      FloatVector b0 = FloatVector.fromArray(SPECIES, panel, panelOffset + p * PANEL);
      FloatVector b1 = FloatVector.fromArray(SPECIES, panel, panelOffset + p * PANEL + L);
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
    if (!last) {
      c00.intoArray(sums, sumsOffset);
      c01.intoArray(sums, sumsOffset + L);
      c10.intoArray(sums, sumsOffset + 2 * L);
      c11.intoArray(sums, sumsOffset + 3 * L);
      c20.intoArray(sums, sumsOffset + 4 * L);
      c21.intoArray(sums, sumsOffset + 5 * L);
      c30.intoArray(sums, sumsOffset + 6 * L);
      c31.intoArray(sums, sumsOffset + 7 * L);
      return;
    }
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector negative = FloatVector.broadcast(SPECIES, -step);
    int w0 = wOffset;
    negative.fma(c00.add(zero), FloatVector.fromArray(SPECIES, w, w0)).intoArray(w, w0);
    negative.fma(c01.add(zero), FloatVector.fromArray(SPECIES, w, w0 + L)).intoArray(w, w0 + L);
    int w1 = w0 + ldw;
    negative.fma(c10.add(zero), FloatVector.fromArray(SPECIES, w, w1)).intoArray(w, w1);
    negative.fma(c11.add(zero), FloatVector.fromArray(SPECIES, w, w1 + L)).intoArray(w, w1 + L);
    int w2 = w1 + ldw;
    negative.fma(c20.add(zero), FloatVector.fromArray(SPECIES, w, w2)).intoArray(w, w2);
    negative.fma(c21.add(zero), FloatVector.fromArray(SPECIES, w, w2 + L)).intoArray(w, w2 + L);
    int w3 = w2 + ldw;
    negative.fma(c30.add(zero), FloatVector.fromArray(SPECIES, w, w3)).intoArray(w, w3);
    negative.fma(c31.add(zero), FloatVector.fromArray(SPECIES, w, w3 + L)).intoArray(w, w3 + L);
  }

  /** Eight rows, one vector wide: sums only, as the step of a narrow w is masked by the caller. */
  static void sums8x1(
      int k,
      float[] a,
      int aOffset,
      int lda,
      float[] panel,
      int panelOffset,
      float[] sums,
      int sumsOffset,
      boolean resume) {
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
      int ap = aOffset + p * lda;
      FloatVector b0 = FloatVector.fromArray(SPECIES, panel, panelOffset + p * L);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[ap]);
      c00 = x0.fma(b0, c00);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[ap + 1]);
      c10 = x1.fma(b0, c10);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[ap + 2]);
      c20 = x2.fma(b0, c20);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[ap + 3]);
      c30 = x3.fma(b0, c30);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[ap + 4]);
      c40 = x4.fma(b0, c40);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[ap + 5]);
      c50 = x5.fma(b0, c50);
      FloatVector x6 = FloatVector.broadcast(SPECIES, a[ap + 6]);
      c60 = x6.fma(b0, c60);
      FloatVector x7 = FloatVector.broadcast(SPECIES, a[ap + 7]);
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
