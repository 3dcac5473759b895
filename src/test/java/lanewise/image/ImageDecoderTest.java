package lanewise.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import lanewise.data.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Decodes each format to the greys that were encoded. */
class ImageDecoderTest {
  private static GreyImage decode(byte[] file) throws IOException {
    return ImageDecoder.read(new ByteArrayInputStream(file), "x.png");
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
    GreyImage image = decode(Ramp.file(number, format));
    assertEquals(Ramp.WIDTH, image.width());
    assertEquals(Ramp.HEIGHT, image.height());
    for (int y = 0; y < Ramp.HEIGHT; y++) {
      for (int x = 0; x < Ramp.WIDTH; x++) {
        int found = image.pixels()[y * Ramp.WIDTH + x] & 255;
        assertEquals(Ramp.grey(x, y), found, tolerance, format + " " + type);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp"})
  void decodesTwoColours(String format) throws IOException {
    BufferedImage image = new BufferedImage(5, 1, BufferedImage.TYPE_BYTE_BINARY);
    image.setRGB(3, 0, 0xffffffff);
    assertArrayEquals(new byte[] {0, 0, 0, -1, 0}, decode(Ramp.encode(image, format)).pixels());
  }

  @Test
  void decodesPalettesAndTransparency() throws IOException {
    BufferedImage palette = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_INDEXED);
    palette.setRGB(1, 0, 0xffff0000);
    assertArrayEquals(new byte[] {0, 76}, decode(Ramp.encode(palette, "png")).pixels());
    BufferedImage clear = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
    clear.setRGB(1, 0, 0xff000000);
    clear.setRGB(2, 0, 0x80000000);
    assertArrayEquals(new byte[] {-1, 0, 127}, decode(Ramp.encode(clear, "png")).pixels());
  }

  @Test
  void recognisesTheContentNotTheName() throws IOException {
    byte[] bmp = Ramp.file(BufferedImage.TYPE_INT_RGB, "bmp");
    GreyImage image = ImageDecoder.read(new ByteArrayInputStream(bmp), "wrong.png");
    assertEquals(Ramp.WIDTH, image.width());
    assertTrue(ImageDecoder.isImageName("a.PNG") && ImageDecoder.isImageName("b.jpg"));
    assertTrue(ImageDecoder.isImageName("b.jpeg") && ImageDecoder.isImageName("c.bmp"));
    assertFalse(ImageDecoder.isImageName("png") || ImageDecoder.isImageName("a.png.txt"));
  }

  @Test
  void decodesPicturesThatSharpenAsTheyLoad() throws IOException {
    for (int type : new int[] {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_INT_RGB}) {
      BufferedImage ramp = Ramp.image(type);
      assertEquals(
          decode(Ramp.encode(ramp, "png")), decode(Encoders.progressive(ramp, "png")), "" + type);
      GreyImage jpeg = decode(Encoders.progressive(ramp, "jpeg"));
      assertEquals(decode(Ramp.encode(ramp, "jpeg")), jpeg, "" + type);
    }
  }

  @Test
  void decodesSixteenBitsWithAlpha() throws IOException {
    byte[] grey =
        Encoders.png(
            Encoders.header(2, 1, 16, 4), Encoders.pixels(0, 9, 9, 255, 255, 9, 9, 128, 0));
    assertArrayEquals(new byte[] {9, (byte) 132}, decode(grey).pixels());
    byte[] colour =
        Encoders.png(
            Encoders.header(1, 1, 16, 6), Encoders.pixels(0, 255, 255, 0, 0, 0, 0, 255, 255));
    assertArrayEquals(new byte[] {76}, decode(colour).pixels());
  }

  /** Of 65,536 greys the nearest of 256: 257 times a grey and up to 128 more or less. */
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 0",
    "128, 0",
    "129, 1",
    "257, 1",
    "385, 1",
    "386, 2",
    "256, 1",
    "32767, 127",
    "32768, 128",
    "65278, 254",
    "65406, 254",
    "65407, 255",
    "65534, 255",
    "65535, 255"
  })
  void sixteenBitsAreRoundedToTheNearestOfEight(int sample, int grey) throws IOException {
    int high = sample >> 8;
    int low = sample & 255;
    byte[] plain = Encoders.png(Encoders.header(1, 1, 16, 0), Encoders.pixels(0, high, low));
    assertArrayEquals(new byte[] {(byte) grey}, decode(plain).pixels());
    byte[] colour =
        Encoders.png(
            Encoders.header(1, 1, 16, 2), Encoders.pixels(0, high, low, high, low, high, low));
    assertArrayEquals(new byte[] {(byte) grey}, decode(colour).pixels());
  }

  @Test
  void whatDoesNotConcernThePixelsIsIgnored() throws IOException {
    byte[] png =
        Encoders.png(
            Encoders.header(1, 1, 8, 0),
            Encoders.chunk("iCCP", "no profile".getBytes(StandardCharsets.US_ASCII)),
            Encoders.chunk("acTL", (byte) 2),
            Encoders.pixels(0, 7),
            Encoders.chunk("fdAT", (byte) 1));
    assertArrayEquals(new byte[] {7}, decode(png).pixels());
    byte[] jpeg = Ramp.file(BufferedImage.TYPE_INT_RGB, "jpeg");
    assertEquals(decode(jpeg), decode(Arrays.copyOf(jpeg, 2 * jpeg.length)));
  }

  /** The JDK's reader would apply a profile of RGB, and refuse one for other colours. */
  @Test
  void coloursAreThoseInTheFileWhateverItsProfile() throws IOException {
    byte[] jpeg = Ramp.file(BufferedImage.TYPE_INT_RGB, "jpeg");
    byte[] name = {'I', 'C', 'C', '_', 'P', 'R', 'O', 'F', 'I', 'L', 'E', 0, 1, 1};
    for (byte[] profile :
        List.of(
            ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData(),
            ICC_Profile.getInstance(ColorSpace.CS_CIEXYZ).getData(),
            new byte[200])) {
      assertEquals(decode(jpeg), decode(Encoders.withSegment(jpeg, 0xe2, name, profile)));
      byte[] inks = Encoders.withSegment(cmyk(), 0xe2, name, profile);
      assertEquals(decode(withAdobe(cmyk())), decode(withAdobe(inks)));
    }
  }

  /** A JPEG in printers' colours: white on the left, black on the right if 255 is no ink. */
  private static byte[] cmyk() throws IOException {
    WritableRaster inks = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 32, 8, 4, null);
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 32; x++) {
        inks.setPixel(x, y, new int[] {255, 255, 255, x < 16 ? 255 : 0});
      }
    }
    return Encoders.jpeg(inks);
  }

  private static byte[] withAdobe(byte[] jpeg) {
    byte[] noInkIs255 = {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0};
    return Encoders.withSegment(jpeg, 0xee, noInkIs255);
  }

  @Test
  void convertsPrintersColoursIfItIsSureOfTheirMeaning() throws IOException {
    GreyImage image = decode(withAdobe(cmyk()));
    assertEquals(255, image.pixels()[4 * 32 + 4] & 255, 3);
    assertEquals(0, image.pixels()[4 * 32 + 28] & 255, 3);
    String refusal = assertThrows(DataException.class, () -> decode(cmyk())).getMessage();
    assertEquals(
        "x.png: damaged or unsupported JPEG: four colours of unknown meaning; convert it to RGB or"
            + " grey",
        refusal);
  }
}
