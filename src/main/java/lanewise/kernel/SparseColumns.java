package lanewise.kernel;

import java.util.Arrays;

/**
 * One batch of grey bytes, listed for a weight update that skips zeros: for each strip of four
 * adjacent columns, the rows in which any of them is not zero, in ascending order, with the four
 * bytes. A strip without rows needs no update at all.
 */
public final class SparseColumns {
  /** Columns of a strip. */
  static final int STRIP = 4;

  final int rows;
  final int width;

  /** Strip s has the entries starts[s] to starts[s + 1] - 1. */
  final int[] starts;

  /** The row of an entry, within the batch. */
  final char[] entryRows;

  /** The four columns' bytes of an entry; column i of the strip in bits 8 i to 8 i + 7. */
  final int[] quads;

  private SparseColumns(int rows, int width, int[] starts, char[] entryRows, int[] quads) {
    this.rows = rows;
    this.width = width;
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
    int strips = Math.ceilDiv(width, STRIP);
    int[] starts = new int[strips + 1];
    char[] entryRows = new char[strips * rows];
    int[] quads = new int[strips * rows];
    int count = 0;
    for (int strip = 0; strip < strips; strip++) {
      int column = strip * STRIP;
      int height = Math.min(STRIP, width - column);
      for (int row = 0; row < rows; row++) {
        int at = (from + row) * width + column;
        int quad = 0;
        for (int i = 0; i < height; i++) {
          quad |= (pixels[at + i] & 255) << 8 * i;
        }
        if (quad != 0) {
          entryRows[count] = (char) row;
          quads[count++] = quad;
        }
      }
      starts[strip + 1] = count;
    }
    return new SparseColumns(
        rows, width, starts, Arrays.copyOf(entryRows, count), Arrays.copyOf(quads, count));
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
