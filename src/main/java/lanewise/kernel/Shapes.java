package lanewise.kernel;

import java.util.Objects;

/**
 * Argument checks, made once per call and before anything is modified: {@link NullPointerException}
 * with the parameter's name for null, {@link IllegalArgumentException} for everything else.
 */
final class Shapes {
  private Shapes() {}

  /** Rejects a matrix (rows,cols) that does not fit into its array. */
  static void check(String name, float[] array, int offset, int rows, int cols, int ld) {
    checkMatrix(name, Objects.requireNonNull(array, name).length, offset, rows, cols, ld);
  }

  /** Rejects a vector (count) that does not fit into its array. */
  static void check(String name, float[] array, int offset, int count) {
    checkMatrix(name, Objects.requireNonNull(array, name).length, offset, 1, count, count);
  }

  /** Rejects a vector (count) that does not fit into its array. */
  static void check(String name, double[] array, int offset, int count) {
    checkMatrix(name, Objects.requireNonNull(array, name).length, offset, 1, count, count);
  }

  /** Rejects a vector (count) that does not fit into its array. */
  static void check(String name, int[] array, int offset, int count) {
    checkMatrix(name, Objects.requireNonNull(array, name).length, offset, 1, count, count);
  }

  /** Rejects rows that do not fit into their array. */
  static void checkRows(String name, byte[] array, int rows, int width) {
    int length = Objects.requireNonNull(array, name).length;
    if (rows < 0 || width < 0 || (long) rows * width > length) {
      throw new IllegalArgumentException(
          "%s (%d,%d) does not fit into an array of %d elements"
              .formatted(name, rows, width, length));
    }
  }

  /** Rejects labels that are not classes 0 to n - 1. */
  static void checkLabels(int m, int n, int[] labels, int labelsOffset) {
    check("labels", labels, labelsOffset, m);
    for (int i = 0; i < m; i++) {
      int label = labels[labelsOffset + i];
      if (label < 0 || label >= n) {
        throw new IllegalArgumentException(
            "label %d in row %d is not one of the %d classes".formatted(label, i, n));
      }
    }
  }

  /** Rejects a range {@code from} to {@code to - 1} that is not within 0 to count - 1. */
  static void checkRange(String name, int from, int to, int count) {
    if (from < 0 || from > to || to > count) {
      throw new IllegalArgumentException(
          "%s from %d to %d (exclusive) are not a range of the %d there are"
              .formatted(name, from, to, count));
    }
  }

  /** Rejects pairs that a batch does not have, or that are listed the other way. */
  static void checkPairs(NonZeros x, boolean byRows, int from, int to) {
    Objects.requireNonNull(x, "x");
    if (x.byRows != byRows) {
      throw new IllegalArgumentException(
          "x is listed by pairs of %s".formatted(byRows ? "columns" : "rows"));
    }
    checkRange("pairs", from, to, x.pairs());
  }

  private static void checkMatrix(String name, int length, int offset, int rows, int cols, int ld) {
    boolean fits = rows >= 0 && cols >= 0 && offset >= 0 && (ld >= cols || rows <= 1);
    // Without columns, every row must still begin within the array: loops may form its offset.
    if (!fits || (rows > 0 ? offset + (rows - 1) * (long) ld + cols : offset) > length) {
      throw new IllegalArgumentException(
          "%s (%d,%d) at offset %d with row length %d does not fit into an array of %d elements"
              .formatted(name, rows, cols, offset, ld, length));
    }
  }
}
