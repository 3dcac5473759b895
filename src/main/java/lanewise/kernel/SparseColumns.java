package lanewise.kernel;

import java.util.Arrays;

/**
 * The non-zeros of a batch of grey bytes in block CSC format, for a weight update that skips zeros:
 * columns are gathered in strips of four, and each block is a strip's four bytes of one row, listed
 * if any of them is not zero. A strip without blocks needs no update at all.
 *
 * <p>Columns whose non-zeros overlap share a strip ({@link Clustering}); in pictures those are
 * mostly neighbours. Why skipping does not change the bits: see {@link SparseRows}.
 */
public final class SparseColumns {
  /** Columns of a strip, the width of a block. */
  static final int STRIP = Clustering.SIZE;

  final int rows;
  final int width;

  /** Column indices by strip, STRIP each; -1 in unused slots of the last strip. */
  final int[] order;

  /** The blocks of strip s are entries starts[s] to starts[s + 1] - 1. */
  final int[] starts;

  /** The row of each entry within the batch, ascending within a strip. */
  final char[] entryRows;

  /** The four bytes of each entry: column i of the strip in bits 8 i to 8 i + 7. */
  final int[] quads;

  private SparseColumns(
      int rows, int width, int[] order, int[] starts, char[] entryRows, int[] quads) {
    this.rows = rows;
    this.width = width;
    this.order = order;
    this.starts = starts;
    this.entryRows = entryRows;
    this.quads = quads;
  }

  /**
   * Lists the non-zeros of the batch of rows {@code from} to {@code from + rows - 1}.
   *
   * @param pixels a row-major matrix, {@code width} bytes per row
   * @param from the first row
   * @param rows how many rows, at most {@link SparseRows#LIMIT}
   * @param width columns, at most {@link SparseRows#LIMIT}
   * @return the list; it holds copies of the bytes
   * @throws IllegalArgumentException if the rows do not fit into the array, or a limit is exceeded
   * @throws NullPointerException if {@code pixels} is null
   */
  public static SparseColumns of(byte[] pixels, int from, int rows, int width) {
    Shapes.checkRows("pixels", pixels, from, rows, width);
    SparseRows.checkLimit(rows, width);
    Clustering clustering = new Clustering(width, rows);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < width; column++) {
        if (pixels[(from + row) * width + column] != 0) {
          clustering.add(column, row);
        }
      }
    }
    int[] order = clustering.order();
    int strips = order.length / STRIP;
    int[] starts = new int[strips + 1];
    char[] entryRows = new char[strips * rows];
    int[] quads = new int[strips * rows];
    int count = 0;
    int[] columns = new int[STRIP];
    for (int strip = 0; strip < strips; strip++) {
      int members = 0;
      while (members < STRIP && order[strip * STRIP + members] >= 0) {
        columns[members] = order[strip * STRIP + members];
        members++;
      }
      for (int row = 0; row < rows; row++) {
        int offset = (from + row) * width;
        int quad = 0;
        for (int i = 0; i < members; i++) {
          quad |= (pixels[offset + columns[i]] & 255) << 8 * i;
        }
        if (quad != 0) {
          entryRows[count] = (char) row;
          quads[count++] = quad;
        }
      }
      starts[strip + 1] = count;
    }
    return new SparseColumns(
        rows, width, order, starts, Arrays.copyOf(entryRows, count), Arrays.copyOf(quads, count));
  }

  /**
   * Returns the number of rows of the batch.
   *
   * @return at least 0
   */
  public int rows() {
    return rows;
  }

  /**
   * Returns the number of strips: the unit of {@link Kernels#updateSparse}.
   *
   * @return a quarter of the columns, rounded up
   */
  public int strips() {
    return starts.length - 1;
  }

  /**
   * Returns where to split the strips, so that threads get equal numbers of entries.
   *
   * @param share the share of the entries before the split, 0 to 1
   * @return the first strip with at least that share of the entries before it
   * @throws IllegalArgumentException if share is not 0 to 1
   */
  public int stripAt(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share is %s, not 0 to 1".formatted(share));
    }
    int entry = (int) Math.ceil(share * entryRows.length);
    int found = Arrays.binarySearch(starts, entry);
    while (found > 0 && starts[found - 1] == entry) {
      found--;
    }
    return share == 1 ? strips() : found >= 0 ? found : -found - 1;
  }
}
