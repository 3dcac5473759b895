package lanewise.image;

import java.util.Arrays;
import java.util.Objects;

/**
 * A greyscale image. Two images are equal if their size and all pixels are.
 *
 * @param width pixels per row, at least 1
 * @param height number of rows, at least 1
 * @param pixels (height, width), row-major, unsigned: 0 black to 255 white; not copied, and not to
 *     be modified
 */
public record GreyImage(int width, int height, byte[] pixels) {
  /** Thousandths of red, green and blue in the luminance: ITU-R BT.601, section 2.5.1. */
  private static final int RED = 299;

  private static final int GREEN = 587;
  private static final int BLUE = 114;

  /**
   * Checks the shape.
   *
   * @param width see above
   * @param height see above
   * @param pixels see above
   * @throws IllegalArgumentException if width or height is less than 1, or the number of pixels is
   *     not their product
   */
  public GreyImage {
    Objects.requireNonNull(pixels, "pixels");
    if (width < 1 || height < 1 || pixels.length != (long) width * height) {
      throw new IllegalArgumentException(
          "%d pixels are not an image of %d x %d".formatted(pixels.length, width, height));
    }
  }

  /**
   * Converts a colour to grey over a white background: {@code (299 R + 587 G + 114 B) / 1000},
   * blended with white by its alpha, rounded once, half up.
   *
   * @param red 0 to 255, not premultiplied by alpha
   * @param green like red
   * @param blue like red
   * @param alpha 0 (transparent) to 255 (opaque)
   * @return 0 to 255
   */
  static int grey(int red, int green, int blue, int alpha) {
    int luminance = RED * red + GREEN * green + BLUE * blue; // 0 to 255,000.
    int overWhite = luminance * alpha + 255_000 * (255 - alpha); // Below 2^26.
    return (overWhite + 127_500) / 255_000;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GreyImage image
        && width == image.width
        && height == image.height
        && Arrays.equals(pixels, image.pixels);
  }

  @Override
  public int hashCode() {
    return 31 * width + Arrays.hashCode(pixels);
  }

  /** Returns the size, such as "28 x 28 pixels". */
  @Override
  public String toString() {
    return "%d x %d pixels".formatted(width, height);
  }
}
