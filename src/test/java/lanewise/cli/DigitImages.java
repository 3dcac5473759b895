package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Writes 28 x 28 digits as image files of other sizes, positions and colours. */
final class DigitImages {
  private static final int SIDE = 28;

  private DigitImages() {}

  /**
   * @param pixels (28, 28) from offset {@code at}
   * @param side of the square that the digit becomes; the image is wider than that
   * @param dark whether the ink is dark on light paper, else light on dark
   * @param file its extension selects the format
   */
  static void write(byte[] pixels, int at, int side, boolean dark, Path file) throws IOException {
    int width = side + side / 3;
    BufferedImage image = new BufferedImage(width, side, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < width; x++) {
        double ink = x < side ? sample(pixels, at, x, y, side) / 255 : 0;
        int red = (int) Math.round(dark ? 240 - 200 * ink : 20 + 230 * ink);
        int blue = (int) Math.round(dark ? 225 - 120 * ink : 40 + 200 * ink);
        image.setRGB(x, y, red << 16 | red << 8 | blue);
      }
    }
    String name = file.toString();
    String format = name.substring(name.lastIndexOf('.') + 1);
    assertTrue(ImageIO.write(image, format, file.toFile()), format);
  }

  /** Bilinear, as in most programs. */
  private static double sample(byte[] pixels, int at, int x, int y, int side) {
    double sourceX = Math.clamp((x + 0.5) * SIDE / side - 0.5, 0, SIDE - 1.001);
    double sourceY = Math.clamp((y + 0.5) * SIDE / side - 0.5, 0, SIDE - 1.001);
    int left = (int) sourceX;
    int top = (int) sourceY;
    double right = sourceX - left;
    double below = sourceY - top;
    int first = at + top * SIDE + left;
    double upper = (1 - right) * (pixels[first] & 255) + right * (pixels[first + 1] & 255);
    int second = first + SIDE;
    double lower = (1 - right) * (pixels[second] & 255) + right * (pixels[second + 1] & 255);
    return (1 - below) * upper + below * lower;
  }

  /** A file that claims to be an image. */
  static void writeBroken(Path file) throws IOException {
    Files.write(file, new byte[] {(byte) 0x89, 'P', 'N', 'G', 1, 2, 3});
  }
}
