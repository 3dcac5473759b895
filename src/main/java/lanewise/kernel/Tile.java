package lanewise.kernel;

import static lanewise.kernel.Lanes.L;
import static lanewise.kernel.Lanes.SPECIES;
import static lanewise.kernel.Lanes.fma;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The register tiles of the dense products: a few rows of c, one or two vectors wide, whose sums
 * stay in registers while k runs.
 *
 * <p>Element (i, p) of a is {@code a[aAt + i * aRow + p * aCol]}, so a matrix and its transpose are
 * read by the same code; row p of b starts at {@code b[bAt + p * ldb]}. Each step of k loads the
 * vectors of b and spreads one element of a for each row. Eight rows by two vectors take 16
 * accumulators: enough to hide the latency of two multiply-adds a cycle, and with b and the spread
 * element few enough for the 32 registers of AVX-512. Named locals, as C2 keeps vectors in
 * registers only there.
 *
 * <p>Sums go to {@code sums}, one row after another without gap, and are taken up from there when
 * {@code resume} says so, which changes no bit. The main tile can also finish its element in
 * registers.
 */
final class Tile {
  /** Rows of the main tile. */
  static final int ROWS = 8;

  /** Columns of a panel of b: two vectors. */
  static final int PANEL = 2 * L;

  /** What becomes of the main tile's sums. */
  enum Finish {
    /** They are stored in {@code sums}. */
    STORE,
    /** {@code c = max(sum + bias, operand)}; the operand is 0 for ReLU, else -infinity. */
    ACTIVATE,
    /** {@code c = fma(operand, sum, c)}; the operand is minus the step. */
    STEP
  }

  private Tile() {}

  /** Biased and cut off below: floor for {@code z <= floor}, z else, so NaN stays NaN. */
  static FloatVector activate(FloatVector sum, FloatVector bias, float floor) {
    FloatVector z = sum.add(bias);
    return z.blend(floor, z.compare(VectorOperators.LE, floor));
  }

  private static void step(FloatVector sum, float negativeStep, float[] c, int at) {
    FloatVector w = FloatVector.fromArray(SPECIES, c, at);
    fma(FloatVector.broadcast(SPECIES, negativeStep), sum, w).intoArray(c, at);
  }

  /** The main tile: ROWS rows, two vectors wide, finished in registers. */
  static void tile8x2(
      int k,
      float[] a,
      int aAt,
      int aRow,
      int aCol,
      float[] b,
      int bAt,
      int ldb,
      float[] sums,
      int sumsAt,
      boolean resume,
      Finish finish,
      float[] c,
      int cAt,
      int ldc,
      float[] bias,
      int biasAt,
      float operand) {
    int a1 = aAt + aRow;
    int a2 = a1 + aRow;
    int a3 = a2 + aRow;
    int a4 = a3 + aRow;
    int a5 = a4 + aRow;
    int a6 = a5 + aRow;
    int a7 = a6 + aRow;
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
      c00 = FloatVector.fromArray(SPECIES, sums, sumsAt);
      c01 = FloatVector.fromArray(SPECIES, sums, sumsAt + L);
      c10 = FloatVector.fromArray(SPECIES, sums, sumsAt + 2 * L);
      c11 = FloatVector.fromArray(SPECIES, sums, sumsAt + 3 * L);
      c20 = FloatVector.fromArray(SPECIES, sums, sumsAt + 4 * L);
      c21 = FloatVector.fromArray(SPECIES, sums, sumsAt + 5 * L);
      c30 = FloatVector.fromArray(SPECIES, sums, sumsAt + 6 * L);
      c31 = FloatVector.fromArray(SPECIES, sums, sumsAt + 7 * L);
      c40 = FloatVector.fromArray(SPECIES, sums, sumsAt + 8 * L);
      c41 = FloatVector.fromArray(SPECIES, sums, sumsAt + 9 * L);
      c50 = FloatVector.fromArray(SPECIES, sums, sumsAt + 10 * L);
      c51 = FloatVector.fromArray(SPECIES, sums, sumsAt + 11 * L);
      c60 = FloatVector.fromArray(SPECIES, sums, sumsAt + 12 * L);
      c61 = FloatVector.fromArray(SPECIES, sums, sumsAt + 13 * L);
      c70 = FloatVector.fromArray(SPECIES, sums, sumsAt + 14 * L);
      c71 = FloatVector.fromArray(SPECIES, sums, sumsAt + 15 * L);
    }
    for (int p = 0; p < k; p++) {
      int ap = p * aCol;
      int bp = bAt + p * ldb;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + L);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aAt + ap]);
      c00 = fma(x0, b0, c00);
      c01 = fma(x0, b1, c01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + ap]);
      c10 = fma(x1, b0, c10);
      c11 = fma(x1, b1, c11);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + ap]);
      c20 = fma(x2, b0, c20);
      c21 = fma(x2, b1, c21);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + ap]);
      c30 = fma(x3, b0, c30);
      c31 = fma(x3, b1, c31);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[a4 + ap]);
      c40 = fma(x4, b0, c40);
      c41 = fma(x4, b1, c41);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[a5 + ap]);
      c50 = fma(x5, b0, c50);
      c51 = fma(x5, b1, c51);
      FloatVector x6 = FloatVector.broadcast(SPECIES, a[a6 + ap]);
      c60 = fma(x6, b0, c60);
      c61 = fma(x6, b1, c61);
      FloatVector x7 = FloatVector.broadcast(SPECIES, a[a7 + ap]);
      c70 = fma(x7, b0, c70);
      c71 = fma(x7, b1, c71);
    }
    switch (finish) {
      case ACTIVATE -> {
        FloatVector bias0 = FloatVector.fromArray(SPECIES, bias, biasAt);
        FloatVector bias1 = FloatVector.fromArray(SPECIES, bias, biasAt + L);
        activate(c00, bias0, operand).intoArray(c, cAt);
        activate(c01, bias1, operand).intoArray(c, cAt + L);
        activate(c10, bias0, operand).intoArray(c, cAt + ldc);
        activate(c11, bias1, operand).intoArray(c, cAt + ldc + L);
        activate(c20, bias0, operand).intoArray(c, cAt + 2 * ldc);
        activate(c21, bias1, operand).intoArray(c, cAt + 2 * ldc + L);
        activate(c30, bias0, operand).intoArray(c, cAt + 3 * ldc);
        activate(c31, bias1, operand).intoArray(c, cAt + 3 * ldc + L);
        activate(c40, bias0, operand).intoArray(c, cAt + 4 * ldc);
        activate(c41, bias1, operand).intoArray(c, cAt + 4 * ldc + L);
        activate(c50, bias0, operand).intoArray(c, cAt + 5 * ldc);
        activate(c51, bias1, operand).intoArray(c, cAt + 5 * ldc + L);
        activate(c60, bias0, operand).intoArray(c, cAt + 6 * ldc);
        activate(c61, bias1, operand).intoArray(c, cAt + 6 * ldc + L);
        activate(c70, bias0, operand).intoArray(c, cAt + 7 * ldc);
        activate(c71, bias1, operand).intoArray(c, cAt + 7 * ldc + L);
      }
      case STEP -> {
        step(c00, operand, c, cAt);
        step(c01, operand, c, cAt + L);
        step(c10, operand, c, cAt + ldc);
        step(c11, operand, c, cAt + ldc + L);
        step(c20, operand, c, cAt + 2 * ldc);
        step(c21, operand, c, cAt + 2 * ldc + L);
        step(c30, operand, c, cAt + 3 * ldc);
        step(c31, operand, c, cAt + 3 * ldc + L);
        step(c40, operand, c, cAt + 4 * ldc);
        step(c41, operand, c, cAt + 4 * ldc + L);
        step(c50, operand, c, cAt + 5 * ldc);
        step(c51, operand, c, cAt + 5 * ldc + L);
        step(c60, operand, c, cAt + 6 * ldc);
        step(c61, operand, c, cAt + 6 * ldc + L);
        step(c70, operand, c, cAt + 7 * ldc);
        step(c71, operand, c, cAt + 7 * ldc + L);
      }
      default -> {
        c00.intoArray(sums, sumsAt);
        c01.intoArray(sums, sumsAt + L);
        c10.intoArray(sums, sumsAt + 2 * L);
        c11.intoArray(sums, sumsAt + 3 * L);
        c20.intoArray(sums, sumsAt + 4 * L);
        c21.intoArray(sums, sumsAt + 5 * L);
        c30.intoArray(sums, sumsAt + 6 * L);
        c31.intoArray(sums, sumsAt + 7 * L);
        c40.intoArray(sums, sumsAt + 8 * L);
        c41.intoArray(sums, sumsAt + 9 * L);
        c50.intoArray(sums, sumsAt + 10 * L);
        c51.intoArray(sums, sumsAt + 11 * L);
        c60.intoArray(sums, sumsAt + 12 * L);
        c61.intoArray(sums, sumsAt + 13 * L);
        c70.intoArray(sums, sumsAt + 14 * L);
        c71.intoArray(sums, sumsAt + 15 * L);
      }
    }
  }

  /** Four rows, two vectors wide, into sums. */
  static void tile4x2(
      int k,
      float[] a,
      int aAt,
      int aRow,
      int aCol,
      float[] b,
      int bAt,
      int ldb,
      float[] sums,
      int sumsAt,
      boolean resume) {
    int a1 = aAt + aRow;
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
      c00 = FloatVector.fromArray(SPECIES, sums, sumsAt);
      c01 = FloatVector.fromArray(SPECIES, sums, sumsAt + L);
      c10 = FloatVector.fromArray(SPECIES, sums, sumsAt + 2 * L);
      c11 = FloatVector.fromArray(SPECIES, sums, sumsAt + 3 * L);
      c20 = FloatVector.fromArray(SPECIES, sums, sumsAt + 4 * L);
      c21 = FloatVector.fromArray(SPECIES, sums, sumsAt + 5 * L);
      c30 = FloatVector.fromArray(SPECIES, sums, sumsAt + 6 * L);
      c31 = FloatVector.fromArray(SPECIES, sums, sumsAt + 7 * L);
    }
    for (int p = 0; p < k; p++) {
      int ap = p * aCol;
      int bp = bAt + p * ldb;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + L);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aAt + ap]);
      c00 = fma(x0, b0, c00);
      c01 = fma(x0, b1, c01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + ap]);
      c10 = fma(x1, b0, c10);
      c11 = fma(x1, b1, c11);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + ap]);
      c20 = fma(x2, b0, c20);
      c21 = fma(x2, b1, c21);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + ap]);
      c30 = fma(x3, b0, c30);
      c31 = fma(x3, b1, c31);
    }
    c00.intoArray(sums, sumsAt);
    c01.intoArray(sums, sumsAt + L);
    c10.intoArray(sums, sumsAt + 2 * L);
    c11.intoArray(sums, sumsAt + 3 * L);
    c20.intoArray(sums, sumsAt + 4 * L);
    c21.intoArray(sums, sumsAt + 5 * L);
    c30.intoArray(sums, sumsAt + 6 * L);
    c31.intoArray(sums, sumsAt + 7 * L);
  }

  /** One row, two vectors wide, into sums. */
  static void tile1x2(
      int k,
      float[] a,
      int aAt,
      int aRow,
      int aCol,
      float[] b,
      int bAt,
      int ldb,
      float[] sums,
      int sumsAt,
      boolean resume) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = FloatVector.zero(SPECIES);
    if (resume) {
      c00 = FloatVector.fromArray(SPECIES, sums, sumsAt);
      c01 = FloatVector.fromArray(SPECIES, sums, sumsAt + L);
    }
    for (int p = 0; p < k; p++) {
      int ap = p * aCol;
      int bp = bAt + p * ldb;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + L);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aAt + ap]);
      c00 = fma(x0, b0, c00);
      c01 = fma(x0, b1, c01);
    }
    c00.intoArray(sums, sumsAt);
    c01.intoArray(sums, sumsAt + L);
  }

  /** ROWS rows, one vector wide, into sums. */
  static void tile8x1(
      int k,
      float[] a,
      int aAt,
      int aRow,
      int aCol,
      float[] b,
      int bAt,
      int ldb,
      float[] sums,
      int sumsAt,
      boolean resume) {
    int a1 = aAt + aRow;
    int a2 = a1 + aRow;
    int a3 = a2 + aRow;
    int a4 = a3 + aRow;
    int a5 = a4 + aRow;
    int a6 = a5 + aRow;
    int a7 = a6 + aRow;
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c20 = FloatVector.zero(SPECIES);
    FloatVector c30 = FloatVector.zero(SPECIES);
    FloatVector c40 = FloatVector.zero(SPECIES);
    FloatVector c50 = FloatVector.zero(SPECIES);
    FloatVector c60 = FloatVector.zero(SPECIES);
    FloatVector c70 = FloatVector.zero(SPECIES);
    if (resume) {
      c00 = FloatVector.fromArray(SPECIES, sums, sumsAt);
      c10 = FloatVector.fromArray(SPECIES, sums, sumsAt + L);
      c20 = FloatVector.fromArray(SPECIES, sums, sumsAt + 2 * L);
      c30 = FloatVector.fromArray(SPECIES, sums, sumsAt + 3 * L);
      c40 = FloatVector.fromArray(SPECIES, sums, sumsAt + 4 * L);
      c50 = FloatVector.fromArray(SPECIES, sums, sumsAt + 5 * L);
      c60 = FloatVector.fromArray(SPECIES, sums, sumsAt + 6 * L);
      c70 = FloatVector.fromArray(SPECIES, sums, sumsAt + 7 * L);
    }
    for (int p = 0; p < k; p++) {
      int ap = p * aCol;
      int bp = bAt + p * ldb;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aAt + ap]);
      c00 = fma(x0, b0, c00);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + ap]);
      c10 = fma(x1, b0, c10);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + ap]);
      c20 = fma(x2, b0, c20);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + ap]);
      c30 = fma(x3, b0, c30);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[a4 + ap]);
      c40 = fma(x4, b0, c40);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[a5 + ap]);
      c50 = fma(x5, b0, c50);
      FloatVector x6 = FloatVector.broadcast(SPECIES, a[a6 + ap]);
      c60 = fma(x6, b0, c60);
      FloatVector x7 = FloatVector.broadcast(SPECIES, a[a7 + ap]);
      c70 = fma(x7, b0, c70);
    }
    c00.intoArray(sums, sumsAt);
    c10.intoArray(sums, sumsAt + L);
    c20.intoArray(sums, sumsAt + 2 * L);
    c30.intoArray(sums, sumsAt + 3 * L);
    c40.intoArray(sums, sumsAt + 4 * L);
    c50.intoArray(sums, sumsAt + 5 * L);
    c60.intoArray(sums, sumsAt + 6 * L);
    c70.intoArray(sums, sumsAt + 7 * L);
  }

  /** One row, one vector wide, into sums. */
  static void tile1x1(
      int k,
      float[] a,
      int aAt,
      int aRow,
      int aCol,
      float[] b,
      int bAt,
      int ldb,
      float[] sums,
      int sumsAt,
      boolean resume) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    if (resume) {
      c00 = FloatVector.fromArray(SPECIES, sums, sumsAt);
    }
    for (int p = 0; p < k; p++) {
      int ap = p * aCol;
      int bp = bAt + p * ldb;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aAt + ap]);
      c00 = fma(x0, b0, c00);
    }
    c00.intoArray(sums, sumsAt);
  }
}
