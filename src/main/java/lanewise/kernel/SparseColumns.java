package lanewise.kernel;

import java.util.Arrays;

/**
 * One batch of grey bytes, listed for a weight update that skips zeros: for each strip of four
 * columns, the rows in which any of them is not zero, in ascending order, with the four bytes. A
 * strip without rows needs no update at all.
 *
 * <p>Columns with much in common share a strip; in a picture those are neighbours, most often.
 */
public final class SparseColumns {
  /** Columns of a strip. */
  static final int STRIP = Clustering.SIZE;

  final int rows;
  final int width;

  /** Column numbers by strip, STRIP each; -1 where the last strip has none. */
  final int[] order;

  /** Strip s has the entries starts[s] to starts[s + 1] - 1. */
  final int[] starts;

  /** The row of an entry, within the batch. */
  final char[] entryRows;

  /** The four columns' bytes of an entry; column i of the strip in bits 8 i to 8 i + 7. */
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
   * Lists the batch of rows {@code from} to {@code from + rows - 1}.
   *
   * @param pixels row-major, {@code width} bytes a row
   * @param rows at most {@link SparseRows#LIMIT}
   */
  public static SparseColumns of(byte[] pixels, int from, int rows, int width) {
    Shapes.check("pixels", pixels.length, from * width, rows, width, width);
    if (rows > SparseRows.LIMIT) {
      throw new IllegalArgumentException(rows + " rows are more than " + SparseRows.LIMIT);
    }
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

  /** Number of rows. */
  public int rows() {
    return rows;
  }

  /** Number of strips: what {@link Kernels#updateSparse} counts in. */
  public int strips() {
    return starts.length - 1;
  }

  /** The first strip that has at least the given share of the entries before it, 0 to 1. */
  public int stripAt(double share) {
    int entry = (int) Math.ceil(share * entryRows.length);
    int found = Arrays.binarySearch(starts, entry);
    while (found > 0 && starts[found - 1] == entry) {
      found--;
    }
    return share >= 1 ? strips() : found >= 0 ? found : -found - 1;
  }
}
