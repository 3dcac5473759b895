package lanewise.data.digits;

import java.util.Objects;

/**
 * Handwritten digits that need no download: each is drawn, not stored, by a pen that follows one of
 * several ways of writing the digit, distorted at random.
 *
 * <p>They look like MNIST's: 28 x 28 pixels, white ink on black, scaled to a 20 x 20 box and
 * centred by mass. A seed names an endless sequence of them, which is the same on every machine.
 */
public final class BuiltinDigits {
  /** Pixels on each side of a picture. */
  public static final int SIDE = 28;

  private static final int PIXELS = SIDE * SIDE;
  private static final int DIGITS = 10;

  private BuiltinDigits() {}

  /**
   * Draws the digits [{@code from}, {@code to}) of the sequence that {@code seed} names.
   *
   * <p>A row's picture and label depend on the seed and on its place in the sequence alone, so any
   * number of threads may draw disjoint ranges, into the same arrays if they like.
   *
   * @param seed names the sequence; any value
   * @param from first digit to draw, at least 0
   * @param to one past the last, at least {@code from}
   * @param pixels receives 784 grey levels a row, 0 (black) to 255 (white ink), row-major
   * @param labels receives the digits written, 0 to 9
   * @param atRow row of the arrays that receives digit {@code from}; the others follow it
   * @throws IllegalArgumentException if the range is not one, or the arrays lack room for it
   */
  public static void draw(long seed, int from, int to, byte[] pixels, int[] labels, int atRow) {
    Objects.requireNonNull(pixels, "pixels");
    Objects.requireNonNull(labels, "labels");
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("not a range of digits: [" + from + ", " + to + ")");
    }
    int rows = to - from;
    long room = Math.min(labels.length, pixels.length / PIXELS);
    if (atRow < 0 || (long) atRow + rows > room) {
      throw new IllegalArgumentException(
          rows + " digits at row " + atRow + " do not fit into " + room + " rows");
    }
    RowRandom random = new RowRandom();
    Handwriting hand = new Handwriting();
    PenPath path = new PenPath();
    InkRaster raster = new InkRaster();
    for (int i = 0; i < rows; i++) {
      random.restart(seed, from + i);
      int digit = random.below(DIGITS);
      hand.write(digit, random, path);
      raster.ink(path, pixels, (atRow + i) * PIXELS);
      labels[atRow + i] = digit;
    }
  }
}
