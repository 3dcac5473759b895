package lanewise.kernel;

import java.util.Arrays;

/**
 * The non-zeros of some rows of grey bytes in block CSR format, for a forward product that skips
 * zeros: rows are gathered in groups of four, and each block is a group's four bytes of one column,
 * listed if any of them is not zero.
 *
 * <p>Skipping a term whose x is zero does not change a chain's bits: {@code fma(0, w, sum)} is sum
 * for every finite w, unless sum is -0. A chain starts at +0 and a sum of opposites is +0, so it
 * can be at -0 only after a product too small for a subnormal (below 2^-150, while x is at least
 * 1/255), and all that skipping can change is the sign of that zero. No activation or probability
 * depends on it, and the weight update adds +0 to each sum before the step: the sign would decide
 * that of a weight of -0.
 *
 * <p>Rows whose non-zeros overlap share a group ({@link Clustering}), which lists fewer blocks than
 * groups of consecutive rows.
 */
public final class SparseRows {
  /** Rows of a group, the height of a block. */
  static final int GROUP = Clustering.SIZE;

  /** The maximum number of rows, and of columns, of a list: 65,535. */
  public static final int LIMIT = Character.MAX_VALUE;

  final int rows;
  final int width;

  /** Row indices by group, GROUP each; -1 in unused slots of the last group. */
  final int[] order;

  /** The blocks of group g are entries starts[g] to starts[g + 1] - 1. */
  final int[] starts;

  /** The column of each entry, ascending within a group. */
  final char[] columns;

  /** The four bytes of each entry: row i of the group in bits 8 i to 8 i + 7. */
  final int[] quads;

  private SparseRows(int rows, int width, int[] order, int[] starts, char[] columns, int[] quads) {
    this.rows = rows;
    this.width = width;
    this.order = order;
    this.starts = starts;
    this.columns = columns;
    this.quads = quads;
  }

  /**
   * Lists the non-zeros of rows {@code from} to {@code from + rows - 1}.
   *
   * @param pixels a row-major matrix, {@code width} bytes per row
   * @param from the first row
   * @param rows how many rows, at most {@link #LIMIT}
   * @param width columns, at most {@link #LIMIT}
   * @return the list; it holds copies of the bytes
   * @throws IllegalArgumentException if the rows do not fit into the array, or a limit is exceeded
   * @throws NullPointerException if {@code pixels} is null
   */
  public static SparseRows of(byte[] pixels, int from, int rows, int width) {
    Shapes.checkRows("pixels", pixels, from, rows, width);
    checkLimit(rows, width);
    int groups = Math.ceilDiv(rows, GROUP);
    Clustering clustering = new Clustering(rows, width);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < width; column++) {
        if (pixels[(from + row) * width + column] != 0) {
          clustering.add(row, column);
        }
      }
    }
    int[] order = clustering.order();
    int[] starts = new int[groups + 1];
    char[] columns = new char[groups * width];
    int[] quads = new int[groups * width];
    int count = 0;
    int[] rowOffsets = new int[GROUP];
    for (int g = 0; g < groups; g++) {
      int members = 0;
      for (int i = 0; i < GROUP; i++) {
        int row = order[g * GROUP + i];
        if (row >= 0) {
          rowOffsets[members++] = (from + row) * width;
        }
      }
      for (int column = 0; column < width; column++) {
        int quad = 0;
        for (int i = 0; i < members; i++) {
          quad |= (pixels[rowOffsets[i] + column] & 255) << 8 * i;
        }
        if (quad != 0) {
          columns[count] = (char) column;
          quads[count++] = quad;
        }
      }
      starts[g + 1] = count;
    }
    return new SparseRows(
        rows, width, order, starts, Arrays.copyOf(columns, count), Arrays.copyOf(quads, count));
  }

  static void checkLimit(int rows, int width) {
    if (rows > LIMIT || width > LIMIT) {
      throw new IllegalArgumentException(
          "lists of non-zeros hold at most %d rows and columns, not %d rows of width %d"
              .formatted(LIMIT, rows, width));
    }
  }

  /**
   * Returns the number of rows.
   *
   * @return at least 0
   */
  public int rows() {
    return rows;
  }

  /**
   * Returns the number of groups: the unit of {@link Kernels#forwardSparse}.
   *
   * @return a quarter of the rows, rounded up
   */
  public int groups() {
    return starts.length - 1;
  }

  /**
   * Returns the share of all blocks that are listed: the work that remains.
   *
   * @return 0 to 1
   */
  public double share() {
    return columns.length / Math.max(1.0, (double) groups() * width);
  }
}
