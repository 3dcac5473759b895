package lanewise.kernel;

/** Checks of arguments, made once a call, so that nothing is modified by a call that cannot end. */
final class Shapes {
  private Shapes() {}

  /** Refuses a matrix (rows, cols) that does not lie within its array. */
  static void check(String name, int length, int offset, int rows, int cols, int ld) {
    boolean fits = rows >= 0 && cols >= 0 && offset >= 0 && (ld >= cols || rows <= 1);
    if (fits && rows > 0 && cols > 0) {
      fits = offset + (rows - 1) * (long) ld + cols <= length;
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "%s (%d,%d) from index %d with rows of %d does not fit an array of %d elements"
              .formatted(name, rows, cols, offset, ld, length));
    }
  }

  /** Refuses labels that are not classes 0 to n - 1. */
  static void checkLabels(int m, int n, int[] labels, int labelsOffset) {
    check("labels", labels.length, labelsOffset, 1, m, m);
    for (int i = 0; i < m; i++) {
      int label = labels[labelsOffset + i];
      if (label < 0 || label >= n) {
        throw new IllegalArgumentException(
            "label %d in row %d is not one of the %d classes".formatted(label, i, n));
      }
    }
  }
}
