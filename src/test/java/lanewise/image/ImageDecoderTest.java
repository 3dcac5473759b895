package lanewise.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import lanewise.data.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Decodes each format to the greys that were encoded; refuses anything else with one line. */
class ImageDecoderTest {
  private static final int WIDTH = 16;
  private static final int HEIGHT = 11;

  private static byte[] encode(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertTrue(ImageIO.write(image, format, out), format);
    return out.toByteArray();
  }

  private static GreyImage decode(byte[] file) throws IOException {
    return ImageDecoder.read(new ByteArrayInputStream(file), "x.png");
  }

  private static int ramp(int x, int y) {
    return x * 16 + y;
  }

  /** Returns a ramp of greys, set sample by sample to avoid colour conversion. */
  private static BufferedImage ramp(int type) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int grey = ramp(x, y);
        switch (type) {
          case BufferedImage.TYPE_BYTE_GRAY -> image.getRaster().setSample(x, y, 0, grey);
          case BufferedImage.TYPE_USHORT_GRAY -> image.getRaster().setSample(x, y, 0, grey * 257);
          default -> image.setRGB(x, y, 0xff000000 | grey * 0x010101);
        }
      }
    }
    return image;
  }

  @ParameterizedTest
  @CsvSource({
    "png, TYPE_BYTE_GRAY, 0",
    "png, TYPE_USHORT_GRAY, 0",
    "png, TYPE_INT_RGB, 0",
    "png, TYPE_INT_ARGB, 0",
    "png, TYPE_3BYTE_BGR, 0",
    "bmp, TYPE_BYTE_GRAY, 0",
    "bmp, TYPE_3BYTE_BGR, 0",
    "bmp, TYPE_INT_RGB, 0",
    "jpeg, TYPE_BYTE_GRAY, 12",
    "jpeg, TYPE_INT_RGB, 12",
  })
  void decodesTheGreysThatWereEncoded(String format, String type, int tolerance) throws Exception {
    int number = BufferedImage.class.getField(type).getInt(null);
    GreyImage image = decode(encode(ramp(number), format));
    assertEquals(WIDTH, image.width());
    assertEquals(HEIGHT, image.height());
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int found = image.pixels()[y * WIDTH + x] & 255;
        assertEquals(ramp(x, y), found, tolerance, format + " " + type);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp"})
  void decodesTwoColours(String format) throws IOException {
    BufferedImage image = new BufferedImage(5, 1, BufferedImage.TYPE_BYTE_BINARY);
    image.setRGB(3, 0, 0xffffffff);
    assertArrayEquals(new byte[] {0, 0, 0, -1, 0}, decode(encode(image, format)).pixels());
  }

  @Test
  void decodesPalettesAndTransparency() throws IOException {
    BufferedImage palette = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_INDEXED);
    palette.setRGB(1, 0, 0xffff0000);
    assertArrayEquals(new byte[] {0, 76}, decode(encode(palette, "png")).pixels());
    BufferedImage clear = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
    clear.setRGB(1, 0, 0xff000000);
    clear.setRGB(2, 0, 0x80000000);
    assertArrayEquals(new byte[] {-1, 0, 127}, decode(encode(clear, "png")).pixels());
  }

  @Test
  void recognisesTheContentNotTheName() throws IOException {
    byte[] bmp = encode(ramp(BufferedImage.TYPE_INT_RGB), "bmp");
    GreyImage image = ImageDecoder.read(new ByteArrayInputStream(bmp), "wrong.png");
    assertEquals(WIDTH, image.width());
    assertTrue(ImageDecoder.isImageName("a.PNG") && ImageDecoder.isImageName("b.jpg"));
    assertTrue(ImageDecoder.isImageName("b.jpeg") && ImageDecoder.isImageName("c.bmp"));
    assertFalse(ImageDecoder.isImageName("png") || ImageDecoder.isImageName("a.png.txt"));
  }

  private static void assertRefused(String message, byte[] file) {
    String found = assertThrows(DataException.class, () -> decode(file)).getMessage();
    assertTrue(found.startsWith("x.png: " + message), found);
    assertEquals(1, found.lines().count());
  }

  @Test
  void rejectsFilesThatAreNotImages() {
    assertRefused(
        "its format is GIF, expected PNG, JPEG or BMP",
        "GIF89a".getBytes(StandardCharsets.US_ASCII));
    assertRefused("not a PNG, JPEG or BMP image: it begins with 0a", new byte[] {10});
    assertRefused(
        "damaged or unsupported PNG: ", new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
    assertRefused("damaged or unsupported JPEG: ", new byte[] {-1, (byte) 0xd8, -1, 0});
    assertRefused("damaged or unsupported BMP: ", new byte[] {'B', 'M', 0});
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "bmp"})
  void decodesOrRefusesDamagedFiles(String format) throws IOException {
    byte[] file = encode(ramp(BufferedImage.TYPE_INT_RGB), format);
    Random random = new Random(5);
    for (int i = 0; i < 300; i++) {
      byte[] bad = Arrays.copyOf(file, 1 + random.nextInt(file.length));
      for (int n = random.nextInt(4); n >= 0; n--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      try {
        decode(bad);
      } catch (DataException e) {
        assertTrue(e.getMessage().startsWith("x.png: "), e.getMessage());
      }
    }
  }

  /** The decoder would fill the rest with grey, and only warn. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void refusesEveryPartOfAJpeg(boolean progressive) throws IOException {
    byte[] file = Jpegs.of(ramp(BufferedImage.TYPE_INT_RGB), progressive);
    decode(file);
    for (int length = 4; length < file.length; length++) {
      assertRefused("damaged or unsupported JPEG: ", Arrays.copyOf(file, length));
    }
  }

  @ParameterizedTest
  @CsvSource({"png, 21", "bmp, 1"})
  void refusesAPartWithoutAllPixels(String format, int end) throws IOException {
    byte[] file = encode(ramp(BufferedImage.TYPE_INT_RGB), format);
    for (int length = 4; length < file.length - end; length++) {
      assertRefused(
          "damaged or unsupported " + format.toUpperCase(Locale.ROOT) + ": ",
          Arrays.copyOf(file, length));
    }
  }

  @Test
  void refusesAJpegWithDamagedData() throws IOException {
    byte[] file = encode(ramp(BufferedImage.TYPE_INT_RGB), "jpeg");
    byte[] gap = Arrays.copyOf(file, file.length + 40);
    System.arraycopy(file, file.length - 2, gap, gap.length - 2, 2);
    gap[file.length - 2] = 0;
    gap[file.length - 1] = 0;
    assertRefused("damaged or unsupported JPEG: Corrupt JPEG data: ", gap);
  }

  /** Printers' colours: in files by Adobe's programs, 255 is no ink. */
  @Test
  void convertsCmyk() throws IOException {
    WritableRaster inks = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 32, 8, 4, null);
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 32; x++) {
        inks.setPixel(x, y, new int[] {255, 255, 255, x < 16 ? 255 : 0});
      }
    }
    byte[] plain = Jpegs.of(inks);
    byte[] adobe = new byte[plain.length + 16];
    ByteBuffer.wrap(adobe)
        .put(plain, 0, 2)
        .put(new byte[] {-1, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0})
        .put(plain, 2, plain.length - 2);
    GreyImage image = decode(adobe);
    assertEquals(255, image.pixels()[4 * 32 + 4] & 255, 3);
    assertEquals(0, image.pixels()[4 * 32 + 28] & 255, 3);
  }

  @Test
  void refusesADecompressionBombByItsHeader() {
    CRC32 crc = new CRC32();
    ByteBuffer header = ByteBuffer.allocate(17);
    header.put("IHDR".getBytes(StandardCharsets.US_ASCII)).putInt(50_000).putInt(50_000);
    header.put(new byte[] {8, 6, 0, 0, 0});
    crc.update(header.array());
    ByteBuffer file = ByteBuffer.allocate(33 + 12);
    file.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10}).putInt(13);
    file.put(header.array()).putInt((int) crc.getValue());
    assertRefused("50000 x 50000 pixels, expected at most 64 million", file.array());
  }
}
