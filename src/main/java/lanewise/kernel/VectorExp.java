package lanewise.kernel;

import static lanewise.kernel.Exp.BIAS;
import static lanewise.kernel.Exp.EXPONENT_SHIFT;
import static lanewise.kernel.Lanes.L;
import static lanewise.kernel.Lanes.MASKS;
import static lanewise.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** {@link Exp#exp} in vectors: the same operations in the same order, hence the same bits. */
final class VectorExp {
  private VectorExp() {}

  /** Computes {@code y[i] = exp(x[i] - shift)} for count elements; y may be x. */
  static void exp(int count, float[] x, int xOffset, float shift, float[] y, int yOffset) {
    FloatVector log2e = FloatVector.broadcast(SPECIES, Exp.LOG2_E);
    FloatVector rounder = FloatVector.broadcast(SPECIES, Exp.ROUNDER);
    FloatVector ln2High = FloatVector.broadcast(SPECIES, -Exp.LN2_HIGH);
    FloatVector ln2Low = FloatVector.broadcast(SPECIES, -Exp.LN2_LOW);
    FloatVector p0 = FloatVector.broadcast(SPECIES, Exp.P0);
    FloatVector p1 = FloatVector.broadcast(SPECIES, Exp.P1);
    FloatVector p2 = FloatVector.broadcast(SPECIES, Exp.P2);
    FloatVector p3 = FloatVector.broadcast(SPECIES, Exp.P3);
    FloatVector p4 = FloatVector.broadcast(SPECIES, Exp.P4);
    for (int i = 0; i < count; i += L) {
      VectorMask<Float> mask = MASKS[Math.min(L, count - i)];
      FloatVector v = FloatVector.fromArray(SPECIES, x, xOffset + i, mask).sub(shift);
      v = v.blend(Exp.MAX_INPUT, v.compare(VectorOperators.GT, Exp.MAX_INPUT));
      v = v.blend(Exp.MIN_INPUT, v.compare(VectorOperators.LT, Exp.MIN_INPUT));
      FloatVector rounded = v.fma(log2e, rounder);
      FloatVector n = rounded.sub(rounder);
      FloatVector r = n.fma(ln2Low, n.fma(ln2High, v));
      FloatVector p = p4.fma(r, p3).fma(r, p2).fma(r, p1).fma(r, p0);
      p = p.fma(r.mul(r), r).add(1);
      IntVector exponent = rounded.reinterpretAsInts().sub(Exp.ROUNDER_BITS);
      IntVector half = exponent.lanewise(VectorOperators.ASHR, 1);
      IntVector first = half.add(BIAS).lanewise(VectorOperators.LSHL, EXPONENT_SHIFT);
      IntVector second =
          exponent.sub(half).add(BIAS).lanewise(VectorOperators.LSHL, EXPONENT_SHIFT);
      p.mul(first.reinterpretAsFloats())
          .mul(second.reinterpretAsFloats())
          .intoArray(y, yOffset + i, mask);
    }
  }
}
