package lanewise.image;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** An image of many greys. */
final class Ramp {
  static final int WIDTH = 16;
  static final int HEIGHT = 11;

  private Ramp() {}

  /** The grey of a pixel. */
  static int grey(int x, int y) {
    return x * 16 + y;
  }

  /**
   * The image, set sample by sample to avoid colour conversion.
   *
   * @param type one of those of {@link BufferedImage}
   */
  static BufferedImage image(int type) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int grey = grey(x, y);
        switch (type) {
          case BufferedImage.TYPE_BYTE_GRAY -> image.getRaster().setSample(x, y, 0, grey);
          case BufferedImage.TYPE_USHORT_GRAY -> image.getRaster().setSample(x, y, 0, grey * 257);
          default -> image.setRGB(x, y, 0xff000000 | grey * 0x010101);
        }
      }
    }
    return image;
  }

  /** The image as a file. */
  static byte[] file(int type, String format) throws IOException {
    return encode(image(type), format);
  }

  static byte[] encode(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertTrue(ImageIO.write(image, format, out), format);
    return out.toByteArray();
  }
}
