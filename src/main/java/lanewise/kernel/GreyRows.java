package lanewise.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Rows of grey bytes, and a bit for each that says whether it is zero: from the bits, {@link
 * NonZeros} lists those of any batch in a few microseconds. They take an eighth of the bytes.
 */
public final class GreyRows {
  /** The maximum number of columns: 65,535. */
  public static final int MAX_WIDTH = Character.MAX_VALUE;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long SEVEN_BITS = 0x7f7f7f7f7f7f7f7fL;

  /** Moves the lowest bits of eight bytes to the highest byte, the first byte's to its bit 0. */
  private static final long GATHER = 0x0102040810204080L;

  final byte[] pixels;
  final int rows;
  final int width;

  /** Longs per row. */
  final int words;

  /** (rows, words): bit b of word w is 1 if the byte in column 64 w + b is not zero. */
  final long[] bits;

  /**
   * Wraps rows of bytes; {@link #mark} must be called for each row before it is listed.
   *
   * @param pixels a row-major matrix (rows, width); kept, not copied
   * @param rows how many rows
   * @param width columns, at most {@link #MAX_WIDTH}
   * @throws IllegalArgumentException if the rows do not fit into the array, or are too wide
   * @throws NullPointerException if {@code pixels} is null
   */
  public GreyRows(byte[] pixels, int rows, int width) {
    Shapes.checkRows("pixels", pixels, rows, width);
    if (width > MAX_WIDTH) {
      throw new IllegalArgumentException(
          "lists of non-zeros have at most %d columns, not %d".formatted(MAX_WIDTH, width));
    }
    this.pixels = pixels;
    this.rows = rows;
    this.width = width;
    this.words = Math.ceilDiv(width, Long.SIZE);
    this.bits = new long[Math.multiplyExact(rows, words)];
  }

  /**
   * Finds the non-zeros of rows {@code from} to {@code to - 1}.
   *
   * @param from first row
   * @param to row after the last
   * @throws IllegalArgumentException if there are no such rows
   */
  public void mark(int from, int to) {
    Shapes.checkRange("rows", from, to, rows);
    for (int row = from; row < to; row++) {
      int start = row * width;
      Arrays.fill(bits, row * words, (row + 1) * words, 0);
      for (int column = 0; column < width; column += 8) {
        long bytes = 0;
        if (column <= width - 8) {
          bytes = (long) LONGS.get(pixels, start + column);
        } else {
          for (int i = 0; i < width - column; i++) {
            bytes |= (pixels[start + column + i] & 255L) << 8 * i;
          }
        }
        // The highest bit of a byte: whether any of its bits is 1.
        long high = (bytes & SEVEN_BITS) + SEVEN_BITS | bytes;
        long lowest = high >>> 7 & 0x0101010101010101L;
        bits[row * words + (column >>> 6)] |= (lowest * GATHER >>> 56) << column;
      }
    }
  }

  /**
   * Estimates the share of terms that remain if rows skip in pairs what is zero in both.
   *
   * @return 0 to 1, from some of the marked rows in pairs as they lie
   */
  public double share() {
    int pairs = rows / 2;
    int step = Math.max(1, pairs / 512);
    long listed = 0;
    long all = 0;
    for (int pair = 0; pair < pairs; pair += step) {
      for (int word = 0; word < words; word++) {
        int first = 2 * pair * words + word;
        listed += Long.bitCount(bits[first] | bits[first + words]);
      }
      all += width;
    }
    return all == 0 ? 1 : (double) listed / all;
  }

  /**
   * Returns the number of rows.
   *
   * @return 0 or more
   */
  public int rows() {
    return rows;
  }

  /**
   * Counts the columns in which one of two marked rows is zero and the other is not.
   *
   * @param row 0 to {@link #rows()} - 1
   * @param other 0 to {@link #rows()} - 1
   * @return 0 to the width
   * @throws IllegalArgumentException if there is no such row
   */
  public int differences(int row, int other) {
    Shapes.checkRange("rows", row, row + 1, rows);
    Shapes.checkRange("rows", other, other + 1, rows);
    int first = row * words;
    int second = other * words;
    int count = 0;
    for (int word = 0; word < words; word++) {
      count += Long.bitCount(bits[first + word] ^ bits[second + word]);
    }
    return count;
  }
}
