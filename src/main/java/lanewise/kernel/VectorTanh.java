package lanewise.kernel;

import static lanewise.kernel.Lanes.L;
import static lanewise.kernel.Lanes.MASKS;
import static lanewise.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** {@link Tanh} in vectors: the same operations in the same order, hence the same bits. */
final class VectorTanh {
  /** Floats a pass: they and their exponentials stay in the first-level cache. */
  private static final int BLOCK = 1024;

  private VectorTanh() {}

  /** Replaces each element of a matrix (m,n) by its tanh, rows ld apart. */
  static void tanh(int m, int n, float[] y, int yOffset, int ld, Operands o) {
    boolean dense = ld == n; // One long row, so that no vector but the last has empty lanes.
    int rows = dense ? Math.min(m, 1) : m;
    int width = dense ? m * n : n;
    float[] e = o.floats(Math.min(width, BLOCK));
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < width; j += BLOCK) {
        tanh(Math.min(BLOCK, width - j), y, yOffset + i * ld + j, e);
      }
    }
  }

  /** Replaces count elements of y, with as many of e as working memory. */
  private static void tanh(int count, float[] y, int yOffset, float[] e) {
    for (int i = 0; i < count; i += L) {
      VectorMask<Float> mask = MASKS[Math.min(L, count - i)];
      FloatVector.fromArray(SPECIES, y, yOffset + i, mask).abs().mul(-2).intoArray(e, i, mask);
    }
    VectorExp.exp(count, e, 0, 0, e, 0);
    FloatVector one = FloatVector.broadcast(SPECIES, 1);
    FloatVector p0 = FloatVector.broadcast(SPECIES, Tanh.P0);
    FloatVector p1 = FloatVector.broadcast(SPECIES, Tanh.P1);
    FloatVector p2 = FloatVector.broadcast(SPECIES, Tanh.P2);
    FloatVector p3 = FloatVector.broadcast(SPECIES, Tanh.P3);
    FloatVector p4 = FloatVector.broadcast(SPECIES, Tanh.P4);
    for (int i = 0; i < count; i += L) {
      VectorMask<Float> mask = MASKS[Math.min(L, count - i)];
      FloatVector x = FloatVector.fromArray(SPECIES, y, yOffset + i, mask);
      FloatVector exp = FloatVector.fromArray(SPECIES, e, i, mask);
      FloatVector a = x.abs();
      FloatVector large = one.sub(exp.add(exp).div(exp.add(1)));
      FloatVector square = a.mul(a);
      FloatVector p = p4.fma(square, p3).fma(square, p2).fma(square, p1).fma(square, p0);
      FloatVector small = p.mul(square).fma(a, a);
      FloatVector t = large.blend(small, a.compare(VectorOperators.LT, Tanh.SMALL));
      t.blend(t.neg(), x.compare(VectorOperators.LT, 0)).intoArray(y, yOffset + i, mask);
    }
  }

  /** {@code dx *= slope} for the deltas (m,n) in o.c, where the values of tanh are o.other. */
  static void multiplyBySlopes(int m, int n, Operands o) {
    float[] dx = o.c.array;
    float[] y = o.other.array;
    FloatVector one = FloatVector.broadcast(SPECIES, 1);
    for (int i = 0; i < m; i++) {
      int to = o.c.at(i, 0);
      int from = o.other.at(i, 0);
      for (int j = 0; j < n; j += L) {
        VectorMask<Float> mask = MASKS[Math.min(L, n - j)];
        FloatVector v = FloatVector.fromArray(SPECIES, y, from + j, mask);
        FloatVector sum = FloatVector.fromArray(SPECIES, dx, to + j, mask);
        v.neg().fma(v, one).mul(sum).intoArray(dx, to + j, mask);
      }
    }
  }
}
