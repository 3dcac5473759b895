package lanewise.kernel;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import java.util.Random;

/**
 * A matrix (rows,cols) within an array, surrounded by guards: NaNs with a known payload before it,
 * after it and between its rows. Reading a guard spoils a kernel's result; writing to one is
 * detected.
 */
final class Guarded {
  private static final int GUARD = 0x7fc0_1dea;

  final float[] array;
  final int offset;
  final int rows;
  final int cols;
  final int ld;

  Guarded(float[] array, int offset, int rows, int cols, int ld) {
    this.array = array;
    this.offset = offset;
    this.rows = rows;
    this.cols = cols;
    this.ld = ld;
  }

  /** Random values at a random offset, with gaps between the rows. */
  static Guarded random(Random random, int rows, int cols, Values values) {
    int offset = 1 + random.nextInt(20);
    int ld = cols + 1 + random.nextInt(5);
    float[] array = new float[offset + rows * ld + 40];
    Arrays.fill(array, Float.intBitsToFloat(GUARD));
    Guarded matrix = new Guarded(array, offset, rows, cols, ld);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < cols; j++) {
        matrix.set(i, j, values.next(random, rows * cols));
      }
    }
    return matrix;
  }

  /** Random values without gaps or guards: the array ends with the matrix. */
  static Guarded tight(Random random, int rows, int cols) {
    float[] array = new float[rows * cols];
    for (int i = 0; i < array.length; i++) {
      array[i] = Values.PLAIN.next(random, array.length);
    }
    return new Guarded(array, 0, rows, cols, cols);
  }

  Guarded copy() {
    return new Guarded(array.clone(), offset, rows, cols, ld);
  }

  float get(int i, int j) {
    return array[offset + i * ld + j];
  }

  void set(int i, int j, float value) {
    array[offset + i * ld + j] = value;
  }

  private boolean holds(int index) {
    int fromFirst = index - offset;
    return fromFirst >= 0
        && cols > 0
        && fromFirst / ld < rows
        && fromFirst % ld < cols; // ld > 0, as cols is
  }

  /**
   * Asserts that each cell has the expected bits (all NaNs are equal) and that no guard changed.
   */
  void assertSameAs(Guarded expected, String what) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < cols; j++) {
        float e = expected.get(i, j);
        float a = get(i, j);
        if (Float.floatToIntBits(e) != Float.floatToIntBits(a)) {
          fail("%s (%d,%d): expected %a, not %a".formatted(what, i, j, e, a));
        }
      }
    }
    for (int index = 0; index < array.length; index++) {
      if (!holds(index) && Float.floatToRawIntBits(array[index]) != GUARD) {
        fail("%s wrote to index %d, outside the matrix".formatted(what, index));
      }
    }
  }

  /** Asserts that no bit of the array differs from the copy. */
  void assertUntouched(Guarded before, String what) {
    for (int index = 0; index < array.length; index++) {
      if (Float.floatToRawIntBits(array[index]) != Float.floatToRawIntBits(before.array[index])) {
        fail("%s: index %d was modified".formatted(what, index));
      }
    }
  }
}
