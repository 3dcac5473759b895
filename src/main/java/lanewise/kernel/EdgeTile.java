package lanewise.kernel;

import static lanewise.kernel.Lanes.L;
import static lanewise.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * Micro-kernels for the remainder rows of {@link Tile} and {@link StepTile}. They take any strides:
 * element (i, p) of a is {@code a[aOffset + i * aRow + p * aCol]}. Sums are stored as there.
 */
final class EdgeTile {
  private EdgeTile() {}

  /** Four rows, two vectors wide. */
  static void sums4x2(
      int k,
      float[] a,
      int aOffset,
      int aRow,
      int aCol,
      float[] b,
      int bOffset,
      int ldb,
      float[] sums,
      int sumsOffset,
      boolean resume) {
    int a1 = aOffset + aRow;
    int a2 = a1 + aRow;
    int a3 = a2 + aRow;
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
      int ap = p * aCol;
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

  /** One row, two vectors wide. */
  static void sums1x2(
      int k,
      float[] a,
      int aOffset,
      int aRow,
      int aCol,
      float[] b,
      int bOffset,
      int ldb,
      float[] sums,
      int sumsOffset,
      boolean resume) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = FloatVector.zero(SPECIES);
    if (resume) {
      c00 = FloatVector.fromArray(SPECIES, sums, sumsOffset);
      c01 = FloatVector.fromArray(SPECIES, sums, sumsOffset + L);
    }
    for (int p = 0; p < k; p++) {
      int ap = p * aCol;
      int bp = bOffset + p * ldb;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + L);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aOffset + ap]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
    }
    c00.intoArray(sums, sumsOffset);
    c01.intoArray(sums, sumsOffset + L);
  }

  /** One row, one vector wide. */
  static void sums1x1(
      int k,
      float[] a,
      int aOffset,
      int aRow,
      int aCol,
      float[] b,
      int bOffset,
      int ldb,
      float[] sums,
      int sumsOffset,
      boolean resume) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    if (resume) {
      c00 = FloatVector.fromArray(SPECIES, sums, sumsOffset);
    }
    for (int p = 0; p < k; p++) {
      int ap = p * aCol;
      int bp = bOffset + p * ldb;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aOffset + ap]);
      c00 = x0.fma(b0, c00);
    }
    c00.intoArray(sums, sumsOffset);
  }
}
