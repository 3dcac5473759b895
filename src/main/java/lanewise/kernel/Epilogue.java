package lanewise.kernel;

import static lanewise.kernel.Lanes.L;
import static lanewise.kernel.Lanes.MASKS;
import static lanewise.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** What becomes of a product's sums. Whole vectors need no mask, which is slow with AVX2. */
enum Epilogue {
  /** {@code c = max(sums + bias, floor)}; the sums may lie in c. */
  ACTIVATE {
    @Override
    void apply(
        int rows,
        int width,
        float[] sums,
        int sumsOffset,
        int ld,
        int row,
        int column,
        Matrix c,
        Matrix bias,
        float floor) {
      for (int j = 0; j < width; j += L) {
        int to = c.at(row, column + j);
        int from = sumsOffset + j;
        int biasOffset = bias.at(0, column + j);
        if (width - j >= L) {
          FloatVector b = FloatVector.fromArray(SPECIES, bias.array, biasOffset);
          for (int i = 0; i < rows; i++) {
            FloatVector sum = FloatVector.fromArray(SPECIES, sums, from + i * ld);
            sum.add(b).max(floor).intoArray(c.array, to + i * c.row);
          }
        } else {
          VectorMask<Float> mask = MASKS[width - j];
          FloatVector b = FloatVector.fromArray(SPECIES, bias.array, biasOffset, mask);
          for (int i = 0; i < rows; i++) {
            FloatVector sum = FloatVector.fromArray(SPECIES, sums, from + i * ld, mask);
            sum.add(b).max(floor).intoArray(c.array, to + i * c.row, mask);
          }
        }
      }
    }
  },

  /** {@code c = sums} where {@code y > 0}, else 0. */
  MASK {
    @Override
    void apply(
        int rows,
        int width,
        float[] sums,
        int sumsOffset,
        int ld,
        int row,
        int column,
        Matrix c,
        Matrix y,
        float unused) {
      FloatVector zero = FloatVector.zero(SPECIES);
      for (int j = 0; j < width; j += L) {
        int to = c.at(row, column + j);
        int active = y.at(row, column + j);
        int from = sumsOffset + j;
        if (width - j >= L) {
          for (int i = 0; i < rows; i++) {
            FloatVector sum = FloatVector.fromArray(SPECIES, sums, from + i * ld);
            FloatVector z = FloatVector.fromArray(SPECIES, y.array, active + i * y.row);
            zero.blend(sum, z.compare(VectorOperators.GT, 0)).intoArray(c.array, to + i * c.row);
          }
        } else {
          VectorMask<Float> mask = MASKS[width - j];
          for (int i = 0; i < rows; i++) {
            FloatVector sum = FloatVector.fromArray(SPECIES, sums, from + i * ld);
            FloatVector z = FloatVector.fromArray(SPECIES, y.array, active + i * y.row, mask);
            zero.blend(sum, z.compare(VectorOperators.GT, 0))
                .intoArray(c.array, to + i * c.row, mask);
          }
        }
      }
    }
  },

  /** {@code c = fma(-step, sums + 0, c)}: see {@link NonZeros} for the zero. */
  STEP {
    @Override
    void apply(
        int rows,
        int width,
        float[] sums,
        int sumsOffset,
        int ld,
        int row,
        int column,
        Matrix c,
        Matrix same,
        float step) {
      FloatVector negative = FloatVector.broadcast(SPECIES, -step);
      for (int j = 0; j < width; j += L) {
        int to = c.at(row, column + j);
        int from = sumsOffset + j;
        if (width - j >= L) {
          for (int i = 0; i < rows; i++) {
            FloatVector sum = FloatVector.fromArray(SPECIES, sums, from + i * ld).add(0);
            int at = to + i * c.row;
            negative.fma(sum, FloatVector.fromArray(SPECIES, c.array, at)).intoArray(c.array, at);
          }
        } else {
          VectorMask<Float> mask = MASKS[width - j];
          for (int i = 0; i < rows; i++) {
            FloatVector sum = FloatVector.fromArray(SPECIES, sums, from + i * ld).add(0);
            int at = to + i * c.row;
            negative
                .fma(sum, FloatVector.fromArray(SPECIES, c.array, at, mask))
                .intoArray(c.array, at, mask);
          }
        }
      }
    }
  };

  /**
   * Takes sums (rows, width) to the elements of c from (row, column) on.
   *
   * @param ld row length of the sums
   * @param other the bias, or the activations
   * @param parameter the floor, or the step
   */
  abstract void apply(
      int rows,
      int width,
      float[] sums,
      int sumsOffset,
      int ld,
      int row,
      int column,
      Matrix c,
      Matrix other,
      float parameter);
}
