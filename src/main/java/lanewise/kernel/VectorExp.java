package lanewise.kernel;

import static lanewise.kernel.Exp.BIAS;
import static lanewise.kernel.Exp.EXPONENT_SHIFT;
import static lanewise.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** {@link Exp#exp} in every lane: the same operations in the same order, so the same bits. */
final class VectorExp {
  private VectorExp() {}

  static FloatVector exp(FloatVector v) {
    FloatVector x = v.blend(Exp.HIGHEST, v.compare(VectorOperators.GT, Exp.HIGHEST));
    x = x.blend(Exp.LOWEST, x.compare(VectorOperators.LT, Exp.LOWEST));
    FloatVector rounder = spread(Exp.ROUNDER);
    FloatVector rounded = x.fma(spread(Exp.LOG2_E), rounder);
    FloatVector n = rounded.sub(rounder);
    FloatVector r = n.fma(spread(-Exp.LN2_HIGH), x);
    r = n.fma(spread(-Exp.LN2_LOW), r);
    FloatVector p = r.fma(spread(Exp.P4), spread(Exp.P3));
    p = p.fma(r, spread(Exp.P2));
    p = p.fma(r, spread(Exp.P1));
    p = p.fma(r, spread(Exp.P0));
    p = p.fma(r.mul(r), r).add(1);
    IntVector exponent = rounded.reinterpretAsInts().sub(Exp.ROUNDER_BITS);
    IntVector half = exponent.lanewise(VectorOperators.ASHR, 1);
    return p.mul(powerOfTwo(half)).mul(powerOfTwo(exponent.sub(half)));
  }

  private static FloatVector spread(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }

  private static FloatVector powerOfTwo(IntVector exponent) {
    return exponent.add(BIAS).lanewise(VectorOperators.LSHL, EXPONENT_SHIFT).reinterpretAsFloats();
  }
}
