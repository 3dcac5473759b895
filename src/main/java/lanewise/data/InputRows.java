package lanewise.data;

/** Rows without labels, to be classified. */
public final class InputRows {
  private final byte[] pixels;
  private final int width;
  private final int[] lines;

  /**
   * @param pixels (rows, width), row-major, unsigned
   * @param lines (rows), the line number of each row in its file, from 1
   */
  InputRows(byte[] pixels, int width, int[] lines) {
    this.pixels = pixels;
    this.width = width;
    this.lines = lines;
  }

  /**
   * Returns the number of rows.
   *
   * @return at least 1
   */
  public int rows() {
    return lines.length;
  }

  /**
   * Returns the pixels of a row.
   *
   * @return at least 1
   */
  public int width() {
    return width;
  }

  /**
   * Returns the pixels.
   *
   * @return (rows, width), row-major, unsigned: 0 to 255; the array itself, not a copy
   */
  public byte[] pixels() {
    return pixels;
  }

  /**
   * Returns the position of a row in its file.
   *
   * @param row 0 to {@link #rows()} - 1
   * @return the line number, from 1
   */
  public int line(int row) {
    return lines[row];
  }
}
