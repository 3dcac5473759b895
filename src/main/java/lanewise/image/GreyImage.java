package lanewise.image;

/**
 * A picture in shades of grey.
 *
 * @param width pixels a row, at least 1
 * @param height rows, at least 1
 * @param pixels (height, width), row-major, unsigned: 0 black to 255 white
 */
public record GreyImage(int width, int height, byte[] pixels) {
  /** Thousandths of red, green and blue in the luminance: ITU-R BT.601, section 2.5.1. */
  private static final int RED = 299;

  private static final int GREEN = 587;
  private static final int BLUE = 114;

  /**
   * Checks the shape.
   *
   * @throws IllegalArgumentException if the pixels are not width times height, both at least 1
   */
  public GreyImage {
    if (width < 1 || height < 1 || pixels.length != (long) width * height) {
      throw new IllegalArgumentException(
          "%d pixels are not an image of %d x %d".formatted(pixels.length, width, height));
    }
  }

  /**
   * The grey of a colour that lies over white: {@code (299 R + 587 G + 114 B) / 1000}, mixed with
   * white by its alpha, rounded once, half up.
   *
   * @param red 0 to 255, not multiplied by alpha
   * @param green like red
   * @param blue like red
   * @param alpha 0 (nothing but the white beneath) to 255 (opaque)
   * @return 0 to 255
   */
  public static int grey(int red, int green, int blue, int alpha) {
    int luminance = RED * red + GREEN * green + BLUE * blue; // 0 to 255,000.
    int overWhite = luminance * alpha + 255_000 * (255 - alpha); // Below 2^26.
    return (overWhite + 127_500) / 255_000;
  }
}
