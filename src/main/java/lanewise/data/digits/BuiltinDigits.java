package lanewise.data.digits;

import java.util.Objects;
import lanewise.random.RowRandom;

/**
 * Handwritten digits that need no download: each is drawn by a simulated pen that follows one of
 * several ways of writing the digit, with random distortion.
 *
 * <p>They resemble MNIST's: 28 x 28 pixels, white ink on black, scaled to a 20 x 20 box and centred
 * by mass. Each seed defines an unlimited sequence, which is the same on every machine.
 */
public final class BuiltinDigits {
  /** Width and height of an image in pixels. */
  public static final int SIDE = 28;

  private static final int PIXELS = SIDE * SIDE;
  private static final int DIGITS = 10;

  private BuiltinDigits() {}

  /**
   * Draws the digits from {@code from} (inclusive) to {@code to} (exclusive) of a sequence.
   *
   * <p>A digit depends only on the seed and its index, so several threads may draw disjoint ranges
   * at once, also into the same arrays.
   *
   * @param seed selects the sequence; any value
   * @param from index of the first digit, at least 0
   * @param to one past the last index, at least {@code from}
   * @param pixels (rows, 784), row-major; receives grey levels, 0 (black) to 255 (white ink)
   * @param labels (rows); receives the digits, 0 to 9
   * @param firstRow row of the arrays that receives digit {@code from}; the others follow
   * @throws IllegalArgumentException if the range is invalid or exceeds the arrays
   */
  public static void draw(long seed, int from, int to, byte[] pixels, int[] labels, int firstRow) {
    Objects.requireNonNull(pixels, "pixels");
    Objects.requireNonNull(labels, "labels");
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("invalid range of digits: %d to %d".formatted(from, to));
    }
    int rows = to - from;
    long room = Math.min(labels.length, pixels.length / PIXELS);
    if (firstRow < 0 || (long) firstRow + rows > room) {
      throw new IllegalArgumentException(
          rows + " digits at row " + firstRow + " do not fit into " + room + " rows");
    }
    RowRandom random = new RowRandom();
    Handwriting hand = new Handwriting();
    PenPath path = new PenPath();
    InkRaster raster = new InkRaster();
    for (int i = 0; i < rows; i++) {
      random.restart(seed, from + i);
      int digit = random.below(DIGITS);
      hand.write(digit, random, path);
      raster.render(path, pixels, (firstRow + i) * PIXELS);
      labels[firstRow + i] = digit;
    }
  }
}
