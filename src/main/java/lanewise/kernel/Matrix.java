package lanewise.kernel;

/**
 * A view of an array as a matrix: element (i, j) is {@code array[offset + i * row + j * column]}.
 * With {@code column == 1} it lies straight in the array; with {@code row == 1}, transposed.
 *
 * <p>Mutable, so that a warm call allocates nothing: each thread has a few, its {@link Operands}.
 */
final class Matrix {
  float[] array;
  int offset;
  int row;
  int column;

  /**
   * Views a row-major matrix (rows,cols) with the given row length.
   *
   * @throws IllegalArgumentException if it does not fit into the array
   * @throws NullPointerException with the name, if the array is null
   */
  void set(String name, float[] array, int offset, int rows, int cols, int ld) {
    Shapes.check(name, array, offset, rows, cols, ld);
    set(array, offset, ld);
  }

  /** The same, unchecked. */
  void set(float[] array, int offset, int ld) {
    this.array = array;
    this.offset = offset;
    this.row = ld;
    this.column = 1;
  }

  /** Swaps rows and columns. */
  void transpose() {
    int step = row;
    row = column;
    column = step;
  }

  /** The index of element (i, j) in the array. */
  int at(int i, int j) {
    return offset + i * row + j * column;
  }
}
