package lanewise.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import lanewise.data.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Refuses in one line what is not the picture that was written. */
class ImageRefusalTest {
  private static GreyImage decode(byte[] file) throws IOException {
    return ImageDecoder.read(new ByteArrayInputStream(file), "x.png");
  }

  private static void assertRefused(String message, byte[] file) {
    String found = assertThrows(DataException.class, () -> decode(file)).getMessage();
    assertTrue(found.startsWith("x.png: " + message), found);
    assertEquals(1, found.lines().count());
  }

  @Test
  void rejectsFilesThatAreNotImages() {
    assertRefused("not a PNG, JPEG or BMP image: it begins with 0a", new byte[] {10});
    assertRefused(
        "damaged or unsupported PNG: ", new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
    assertRefused("damaged or unsupported JPEG: ", new byte[] {-1, (byte) 0xd8, -1, 0});
    assertRefused("damaged or unsupported BMP: ", new byte[] {'B', 'M', 0});
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "bmp"})
  void decodesOrRefusesDamagedFiles(String format) throws IOException {
    byte[] file = Ramp.file(BufferedImage.TYPE_INT_RGB, format);
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
    byte[] file =
        progressive
            ? Encoders.progressive(Ramp.image(BufferedImage.TYPE_INT_RGB), "jpeg")
            : Ramp.file(BufferedImage.TYPE_INT_RGB, "jpeg");
    decode(file);
    for (int length = 4; length < file.length; length++) {
      assertRefused("damaged or unsupported JPEG: ", Arrays.copyOf(file, length));
    }
  }

  @ParameterizedTest
  @CsvSource({"png, 4", "bmp, 0"})
  void refusesEveryPartOfOtherFiles(String format, int end) throws IOException {
    byte[] file = Ramp.file(BufferedImage.TYPE_INT_RGB, format);
    for (int length = 4; length < file.length - end; length++) {
      assertRefused(
          "damaged or unsupported " + format.toUpperCase(Locale.ROOT) + ": ",
          Arrays.copyOf(file, length));
    }
  }

  @Test
  void refusesAJpegWithDamagedData() throws IOException {
    byte[] file = Ramp.file(BufferedImage.TYPE_INT_RGB, "jpeg");
    byte[] gap = Arrays.copyOf(file, file.length + 40);
    System.arraycopy(file, file.length - 2, gap, gap.length - 2, 2);
    gap[file.length - 2] = 0;
    gap[file.length - 1] = 0;
    assertRefused("damaged or unsupported JPEG: Corrupt JPEG data: ", gap);
    gap[11] = 9; // The version of JFIF: the decoder warns of it, then of nothing more.
    assertRefused("damaged or unsupported JPEG: Warning: unknown JFIF revision number 9.", gap);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GIF89a | GIF",
        "RIFF1234WEBPVP8 | WebP",
        "II*\0rest | TIFF",
        "MM\0*rest | TIFF",
        "1234ftypheic | HEIC",
        "1234ftypmif1 | HEIC",
        "1234ftypavif | AVIF",
        "%PDF-1.7 | PDF",
      })
  void namesTheFormatsThatPeopleTry(String start, String format) {
    assertRefused(
        "its format is " + format + ", expected PNG, JPEG or BMP",
        start.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void refusesEveryChangedBitOfAPng() throws IOException {
    byte[] file =
        Encoders.png(
            Encoders.header(2, 1, 8, 3),
            Encoders.chunk("PLTE", new byte[] {0, 0, 0, 90, 90, 90}),
            Encoders.chunk("tRNS", new byte[] {10, 20}),
            Encoders.pixels(0, 0, 1));
    decode(file);
    for (int bit = 8 * 8; bit < 8 * (file.length - 12); bit++) {
      byte[] bad = file.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      assertThrows(DataException.class, () -> decode(bad), "bit " + bit);
    }
    file[file.length - 13] ^= 1;
    assertRefused("damaged or unsupported PNG: chunk 'IDAT' has a wrong checksum", file);
  }

  /** The JDK's reader would make other pixels transparent, or none. */
  @Test
  void refusesATransparentLevelOfFewBits() throws IOException {
    byte[] header = Encoders.header(2, 1, 4, 0);
    byte[] pixels = Encoders.pixels(0, 0x0f);
    decode(Encoders.png(header, Encoders.chunk("tRNS", (byte) 0, (byte) 0), pixels));
    assertRefused(
        "damaged or unsupported PNG: grey of 4 bits with a transparent level; save it with 8 bits",
        Encoders.png(header, Encoders.chunk("tRNS", (byte) 0, (byte) 15), pixels));
  }

  /** The JDK's reader would cut it to the size in the header of the BMP, or add black. */
  @Test
  void refusesAnImageInABmp() throws IOException {
    byte[] jpeg = Ramp.file(BufferedImage.TYPE_INT_RGB, "jpeg");
    ByteBuffer file = ByteBuffer.allocate(54 + jpeg.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 'B').put((byte) 'M').putInt(file.capacity()).putInt(0).putInt(54);
    file.putInt(40).putInt(5).putInt(5).putShort((short) 1).putShort((short) 0).putInt(4);
    file.putInt(jpeg.length).position(54).put(jpeg);
    assertRefused("damaged or unsupported BMP: it contains a JPEG file", file.array());
  }

  /** Each scan takes time for every pixel, and none of them needs more than a few bytes. */
  @Test
  void refusesAJpegOfTooManyScans() throws IOException {
    BufferedImage ramp = Ramp.image(BufferedImage.TYPE_INT_RGB);
    byte[] file = Encoders.progressive(ramp, "jpeg");
    int last = file.length - 2;
    while (file[last] != -1 || file[last + 1] != (byte) 0xda) {
      last--;
    }
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    many.write(file, 0, last);
    for (int i = 0; i < JpegSegments.MAX_SCANS; i++) {
      many.write(0); // The reader skips this, too.
      many.write(file, last, file.length - 2 - last);
    }
    String refusal =
        assertThrows(DataException.class, () -> decode(many.toByteArray())).getMessage();
    assertTrue(refusal.endsWith(" scans, expected at most 100"), refusal);
  }

  @Test
  void refusesADecompressionBombByItsHeader() {
    assertRefused(
        "50000 x 50000 pixels, expected at most 64 million",
        Encoders.png(Encoders.header(50_000, 50_000, 8, 6)));
  }
}
