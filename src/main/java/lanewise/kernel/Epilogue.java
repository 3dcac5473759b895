package lanewise.kernel;

import static lanewise.kernel.Lanes.L;
import static lanewise.kernel.Lanes.MASKS;
import static lanewise.kernel.Lanes.PANEL;
import static lanewise.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Epilogues of the dense products, applied to a tile's sums while they are in the cache. */
final class Epilogue {
  private Epilogue() {}

  /** {@code y (rows, width) = max(sums + bias, floor)}. */
  static void activate(
      int rows,
      int width,
      float[] sums,
      int sumsOffset,
      float[] bias,
      int biasOffset,
      float[] y,
      int yOffset,
      int ldy,
      float floor) {
    if (width == PANEL) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, bias, biasOffset);
      FloatVector b1 = FloatVector.fromArray(SPECIES, bias, biasOffset + L);
      for (int i = 0; i < rows; i++) {
        int from = sumsOffset + i * PANEL;
        int to = yOffset + i * ldy;
        FloatVector.fromArray(SPECIES, sums, from).add(b0).max(floor).intoArray(y, to);
        FloatVector.fromArray(SPECIES, sums, from + L).add(b1).max(floor).intoArray(y, to + L);
      }
      return;
    }
    int row = width > L ? PANEL : L;
    for (int j = 0; j < width; j += L) {
      VectorMask<Float> mask = MASKS[Math.min(L, width - j)];
      FloatVector b = FloatVector.fromArray(SPECIES, bias, biasOffset + j, mask);
      for (int i = 0; i < rows; i++) {
        FloatVector sum = FloatVector.fromArray(SPECIES, sums, sumsOffset + i * row + j);
        sum.add(b).max(floor).intoArray(y, yOffset + i * ldy + j, mask);
      }
    }
  }

  /** {@code dx (rows, width) = sums} where {@code y > 0}, else 0. */
  static void mask(
      int rows,
      int width,
      float[] sums,
      int sumsOffset,
      float[] y,
      int yOffset,
      int ldy,
      float[] dx,
      int dxOffset,
      int lddx) {
    FloatVector zero = FloatVector.zero(SPECIES);
    int row = width > L ? PANEL : L;
    for (int j = 0; j < width; j += L) {
      VectorMask<Float> mask = MASKS[Math.min(L, width - j)];
      for (int i = 0; i < rows; i++) {
        FloatVector sum = FloatVector.fromArray(SPECIES, sums, sumsOffset + i * row + j);
        FloatVector active = FloatVector.fromArray(SPECIES, y, yOffset + i * ldy + j, mask);
        zero.blend(sum, active.compare(VectorOperators.GT, 0))
            .intoArray(dx, dxOffset + i * lddx + j, mask);
      }
    }
  }
}
