package lanewise.kernel;

/**
 * A view of an array as a matrix: element (i, j) is {@code array[offset + i * row + j * column]}.
 * With {@code column == 1} it lies straight in the array; with {@code row == 1}, transposed.
 *
 * <p>Mutable, so that a warm call allocates nothing: each thread has a few of them in its {@link
 * Gemm}.
 */
final class Matrix {
  float[] array;
  int offset;
  int row;
  int column;

  /** Views a row-major matrix with the given row length. */
  void set(float[] array, int offset, int row) {
    this.array = array;
    this.offset = offset;
    this.row = row;
    this.column = 1;
  }

  /** Swaps rows and columns. */
  void transpose() {
    int step = row;
    row = column;
    column = step;
  }

  int at(int i, int j) {
    return offset + i * row + j * column;
  }
}
