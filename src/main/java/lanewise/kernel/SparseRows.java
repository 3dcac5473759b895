package lanewise.kernel;

import java.util.Arrays;

/**
 * Some rows of grey bytes, listed for a forward product that skips zeros: for each group of four
 * rows, the columns in which any of them is not zero, with the four bytes.
 *
 * <p>Skipping a term whose x is zero leaves a chain's bits as they are: {@code fma(0, w, sum)} is
 * sum for every finite w, unless sum is -0. A chain starts at +0 and a sum of opposites is +0, so
 * it can be at -0 only after a product too small for a subnormal (below 2^-150, while x is at least
 * 1/255); what follows from such a zero's sign is another zero's sign, never another number.
 *
 * <p>Rows with much in common share a group: within a block they are taken together greedily, which
 * leaves fewer columns to a group than taking them as they come.
 */
public final class SparseRows {
  /** Rows of a group. */
  static final int GROUP = Clustering.SIZE;

  /** More rows or columns than this have no list. */
  public static final int LIMIT = Character.MAX_VALUE;

  final int rows;
  final int width;

  /** Row numbers by group, GROUP each; -1 where the last group has none. */
  final int[] order;

  /** Group g has the entries starts[g] to starts[g + 1] - 1. */
  final int[] starts;

  /** The column of an entry. */
  final char[] columns;

  /** The four rows' bytes of an entry; row i of the group in bits 8 i to 8 i + 7. */
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
   * Lists rows {@code from} to {@code from + rows - 1}.
   *
   * @param pixels row-major, {@code width} bytes a row
   * @param rows at most {@link #LIMIT}
   * @param width at most {@link #LIMIT}
   */
  public static SparseRows of(byte[] pixels, int from, int rows, int width) {
    Shapes.check("pixels", pixels.length, from * width, rows, width, width);
    if (rows > LIMIT || width > LIMIT) {
      throw new IllegalArgumentException(
          "%d rows of width %d are more than %d".formatted(rows, width, LIMIT));
    }
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

  /** Number of rows. */
  public int rows() {
    return rows;
  }

  /** Number of groups: what {@link Kernels#forwardSparse} counts in. */
  public int groups() {
    return starts.length - 1;
  }

  /** The share of (group, column) pairs that are listed, 0 to 1: the work left. */
  public double share() {
    return columns.length / Math.max(1.0, (double) groups() * width);
  }
}
