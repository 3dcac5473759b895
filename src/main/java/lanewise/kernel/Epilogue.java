package lanewise.kernel;

import static lanewise.kernel.Lanes.L;
import static lanewise.kernel.Lanes.MASKS;
import static lanewise.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** What becomes of a product's sums. Whole vectors need no mask, which is slow with AVX2. */
enum Epilogue {
  /** {@code c = max(sums + bias, floor)}. */
  ACTIVATE {
    @Override
    void apply(int rows, int width, Matrix sums, int row, int column, Operands o, float floor) {
      float[] c = o.c.array;
      for (int j = 0; j < width; j += L) {
        int to = o.c.at(row, column + j);
        int from = sums.at(0, j);
        int biasOffset = o.other.at(0, column + j);
        if (width - j >= L) {
          FloatVector b = FloatVector.fromArray(SPECIES, o.other.array, biasOffset);
          for (int i = 0; i < rows; i++) {
            FloatVector sum = FloatVector.fromArray(SPECIES, sums.array, from + i * sums.row);
            sum.add(b).max(floor).intoArray(c, to + i * o.c.row);
          }
        } else {
          VectorMask<Float> mask = MASKS[width - j];
          FloatVector b = FloatVector.fromArray(SPECIES, o.other.array, biasOffset, mask);
          for (int i = 0; i < rows; i++) {
            FloatVector sum = FloatVector.fromArray(SPECIES, sums.array, from + i * sums.row);
            sum.add(b).max(floor).intoArray(c, to + i * o.c.row, mask);
          }
        }
      }
    }
  },

  /** {@code c = sums} where {@code y > 0}, else 0. */
  MASK {
    @Override
    void apply(int rows, int width, Matrix sums, int row, int column, Operands o, float unused) {
      float[] c = o.c.array;
      FloatVector zero = FloatVector.zero(SPECIES);
      for (int j = 0; j < width; j += L) {
        int to = o.c.at(row, column + j);
        int active = o.other.at(row, column + j);
        int from = sums.at(0, j);
        if (width - j >= L) {
          for (int i = 0; i < rows; i++) {
            FloatVector sum = FloatVector.fromArray(SPECIES, sums.array, from + i * sums.row);
            FloatVector z = FloatVector.fromArray(SPECIES, o.other.array, active + i * o.other.row);
            zero.blend(sum, z.compare(VectorOperators.GT, 0)).intoArray(c, to + i * o.c.row);
          }
        } else {
          VectorMask<Float> mask = MASKS[width - j];
          for (int i = 0; i < rows; i++) {
            FloatVector sum = FloatVector.fromArray(SPECIES, sums.array, from + i * sums.row);
            FloatVector z =
                FloatVector.fromArray(SPECIES, o.other.array, active + i * o.other.row, mask);
            zero.blend(sum, z.compare(VectorOperators.GT, 0)).intoArray(c, to + i * o.c.row, mask);
          }
        }
      }
    }
  },

  /** {@code c = sums}. */
  STORE {
    @Override
    void apply(int rows, int width, Matrix sums, int row, int column, Operands o, float unused) {
      for (int i = 0; i < rows; i++) {
        System.arraycopy(sums.array, sums.at(i, 0), o.c.array, o.c.at(row + i, column), width);
      }
    }
  },

  /** Takes a step of c. */
  STEP {
    @Override
    void apply(int rows, int width, Matrix sums, int row, int column, Operands o, float unused) {
      if (sums.row == width && o.c.row == width) {
        int to = o.c.at(row, column);
        VectorStep.take(o.step, rows * width, sums.array, sums.offset, o.c.array, to, false);
        return;
      }
      for (int i = 0; i < rows; i++) {
        int to = o.c.at(row + i, column);
        VectorStep.take(o.step, width, sums.array, sums.at(i, 0), o.c.array, to, false);
      }
    }
  };

  /**
   * Takes sums (rows, width) to the elements of c from (row, column) on.
   *
   * @param floor of the activations
   */
  abstract void apply(
      int rows, int width, Matrix sums, int row, int column, Operands o, float floor);
}
