package lanewise.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import lanewise.data.digits.BuiltinDigits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests each step on images whose result can be worked out by hand. */
class PreprocessingTest {
  private static final int SIDE = Preprocessing.SIDE;

  /** Returns an image of one grey level with a rectangle of another. */
  private static GreyImage rectangle(
      int width, int height, int paper, int ink, int x, int y, int w, int h) {
    byte[] pixels = new byte[width * height];
    Arrays.fill(pixels, (byte) paper);
    fill(pixels, width, x, y, w, h, ink);
    return new GreyImage(width, height, pixels);
  }

  private static void fill(byte[] pixels, int width, int x, int y, int w, int h, int grey) {
    for (int row = y; row < y + h; row++) {
      Arrays.fill(pixels, row * width + x, row * width + x + w, (byte) grey);
    }
  }

  private static byte[] expected(int x, int y, int w, int h) {
    return rectangle(SIDE, SIDE, 0, 255, x, y, w, h).pixels();
  }

  private static byte[] toMnist(GreyImage image) {
    return Preprocessing.toMnist(image).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    // Longer side 20, centre of mass on pixel 14: columns 14 - 9.5 to 14 + 9.5, half up.
    "100, 80, 40, 40, 5, 5, 20, 20",
    "100, 80, 20, 40, 10, 5, 10, 20",
    "100, 80, 40, 10, 5, 12, 20, 5",
    "100, 80, 3, 60, 14, 5, 1, 20", // A side of one pixel is placed on pixel 14.
    "100, 80, 60, 1, 5, 14, 20, 1", // A third of a pixel becomes one.
    "3, 3, 1, 1, 5, 5, 20, 20", // A single pixel is enlarged.
  })
  void scalesAndCentresARectangle(
      int width, int height, int w, int h, int left, int top, int fitW, int fitH) {
    GreyImage image = rectangle(width, height, 255, 0, (width - w) / 2, (height - h) / 3, w, h);
    assertArrayEquals(expected(left, top, fitW, fitH), toMnist(image));
  }

  @ParameterizedTest
  @CsvSource({"0, 255", "255, 0", "0, 24", "100, 200", "100, 30", "200, 60", "231, 255"})
  void normalisesPolarityAndContrast(int paper, int ink) {
    byte[] found = toMnist(rectangle(50, 50, paper, ink, 7, 8, 20, 20));
    assertArrayEquals(expected(5, 5, 20, 20), found);
  }

  /**
   * Two blocks on grey 100, of the same size but not the same shape: upright and lighter, flat and
   * darker.
   */
  private static GreyImage twoBlocks(int darker, int lighter) {
    GreyImage image = rectangle(50, 50, 100, 100 + lighter, 30, 10, 10, 20);
    fill(image.pixels(), 50, 5, 10, 20, 10, 100 - darker);
    return image;
  }

  @Test
  void asMuchDarkAsLightInkIsLight() {
    byte[] light = expected(10, 5, 10, 20);
    byte[] dark = expected(5, 10, 20, 10);
    assertArrayEquals(light, toMnist(twoBlocks(60, 60)));
    assertArrayEquals(light, toMnist(twoBlocks(60, 61)));
    assertArrayEquals(dark, toMnist(twoBlocks(61, 60)));
  }

  /** Half of the 76 border pixels are dark: that is the background. */
  @Test
  void theMedianOfTheBorderIsTheLowerOfTheTwoInTheMiddle() {
    GreyImage image = rectangle(20, 20, 40, 240, 0, 10, 20, 10);
    fill(image.pixels(), 20, 5, 4, 5, 6, 240);
    byte[] light = expected(5, 11, 20, 10);
    fill(light, SIDE, 10, 5, 5, 6, 255);
    assertArrayEquals(light, toMnist(image));
    image.pixels()[9 * 20] = (byte) 240; // The 39th light pixel.
    byte[] dark = expected(4, 10, 20, 10);
    fill(dark, SIDE, 9, 14, 5, 6, 0);
    dark[19 * SIDE + 4] = 0;
    assertArrayEquals(dark, toMnist(image));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "255, 255", "100, 123", "100, 77"})
  void tooLittleContrastIsBlank(int paper, int ink) {
    assertTrue(Preprocessing.toMnist(rectangle(50, 50, paper, ink, 7, 8, 20, 20)).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 40", "40, 1", "2, 2"})
  void anImageOfOneColourIsBlankHoweverNarrow(int width, int height) {
    byte[] pixels = new byte[width * height];
    assertTrue(Preprocessing.toMnist(new GreyImage(width, height, pixels)).isEmpty());
  }

  @Test
  void inkThatTouchesTheBorderDoesNotMakeItTheBackground() {
    byte[] found = toMnist(rectangle(30, 30, 255, 0, 0, 0, 14, 28)); // 42 of 116 border pixels.
    assertArrayEquals(expected(10, 5, 10, 20), found);
  }

  @Test
  void faintMarksAreIgnored() {
    GreyImage image = rectangle(50, 50, 250, 10, 15, 15, 20, 20);
    image.pixels()[3] = (byte) (250 - 39); // A sixth of 240 is 40.
    assertArrayEquals(expected(5, 5, 20, 20), toMnist(image));
    image.pixels()[3] = (byte) (250 - 40);
    assertTrue(!Arrays.equals(expected(5, 5, 20, 20), toMnist(image)));
  }

  @Test
  void averagesTheSourcePixelsOfATargetPixel() {
    // 40 x 40 halves exactly: a 2 x 2 block of ink 200, 100, 60, 40 becomes 100, stretched to 255.
    byte[] pixels = new byte[60 * 60];
    int[] block = {200, 100, 60, 40};
    for (int y = 0; y < 40; y++) {
      for (int x = 0; x < 40; x++) {
        pixels[(10 + y) * 60 + 10 + x] = (byte) block[2 * (y % 2) + x % 2];
      }
    }
    pixels[10 * 60 + 10] = 0; // The first block: 0, 100, 60, 40, half of the others.
    byte[] expected = expected(4, 4, 20, 20); // Its centre of mass is slightly beyond 9.5.
    expected[4 * SIDE + 4] = (byte) 128;
    assertArrayEquals(expected, toMnist(new GreyImage(60, 60, pixels)));
  }

  @Test
  void weightsFractionsOfAPixelByTheirArea() {
    // 30 columns onto 20: a target pixel is one and a half source columns, of which stripes light
    // two thirds.
    byte[] pixels = new byte[40 * 40];
    for (int y = 0; y < 30; y++) {
      for (int x = 0; x < 30; x++) {
        boolean lit = x % 3 != 1 || y == 0;
        pixels[(5 + y) * 40 + 5 + x] = (byte) (lit ? 240 : 0);
      }
    }
    byte[] found = toMnist(new GreyImage(40, 40, pixels));
    // Row 0 is one lit row and half a row of stripes: (1 + 0.5 * 2/3) / 1.5 = 8/9, others 2/3.
    assertEquals(255, found[5 * SIDE + 5] & 255);
    assertEquals(Math.round(255 * (2.0 / 3) / (8.0 / 9)), found[6 * SIDE + 5] & 255);
    assertEquals(Math.round(255 * (2.0 / 3) / (8.0 / 9)), found[6 * SIDE + 6] & 255);
  }

  @Test
  void thinStrokesGetFullInk() {
    byte[] found = toMnist(rectangle(900, 900, 255, 0, 450, 100, 5, 700));
    assertArrayEquals(expected(14, 5, 1, 20), found);
  }

  @Test
  void centresByMassAndClampsToTheImage() {
    // A bar on the left, two of 20 columns wide, and a line of one row to its right.
    byte[] pixels = rectangle(40, 40, 0, 255, 10, 10, 2, 20).pixels();
    Arrays.fill(pixels, 12 + 29 * 40, 30 + 29 * 40, (byte) 255);
    byte[] found = toMnist(new GreyImage(40, 40, pixels));
    // Centre of mass in x: (20 * (0 + 1) + sum of 2..19) / 58 = 3.6; 14.5 - 3.6 would start at 10,
    // but a width of 20 ends at 28 at most: 8.
    assertEquals(255, found[20 * SIDE + 8] & 255);
    assertEquals(0, found[20 * SIDE + 7]);
    assertEquals(255, lit(found, 27));
  }

  private static int lit(byte[] digit, int column) {
    int max = 0;
    for (int y = 0; y < SIDE; y++) {
      max = Math.max(max, digit[y * SIDE + column] & 255);
    }
    return max;
  }

  @Test
  void leavesNormalisedDigitsUnchanged() {
    byte[] pixels = new byte[784 * 50];
    BuiltinDigits.draw(3, 0, 50, pixels, new int[50], 0);
    int same = 0;
    for (int row = 0; row < 50; row++) {
      byte[] digit = Arrays.copyOfRange(pixels, row * 784, (row + 1) * 784);
      for (int i = 0; i < 784; i++) { // Drop the faint edge that the threshold removes.
        digit[i] = (digit[i] & 255) < 43 ? 0 : digit[i];
      }
      same += Arrays.equals(digit, toMnist(new GreyImage(28, 28, digit))) ? 1 : 0;
    }
    assertTrue(same >= 25, same + " of 50");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void invertingTheImageChangesNothing(int seed) {
    Random random = new Random(seed);
    int width = 20 + random.nextInt(60);
    int height = 20 + random.nextInt(60);
    byte[] pixels = new byte[width * height];
    Arrays.fill(pixels, (byte) 30);
    for (int i = 0; i < 200; i++) {
      int pixel = (3 + random.nextInt(height - 6)) * width + 3 + random.nextInt(width - 6);
      pixels[pixel] = (byte) (100 + random.nextInt(156));
    }
    byte[] inverse = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      inverse[i] = (byte) (255 - pixels[i]);
    }
    assertArrayEquals(
        toMnist(new GreyImage(width, height, pixels)),
        toMnist(new GreyImage(width, height, inverse)));
  }

  @Test
  void coloursBecomeLuminanceOverWhite() {
    assertEquals(76, GreyImage.grey(255, 0, 0, 255));
    assertEquals(150, GreyImage.grey(0, 255, 0, 255));
    assertEquals(29, GreyImage.grey(0, 0, 255, 255));
    assertEquals(255, GreyImage.grey(255, 255, 255, 255));
    assertEquals(255, GreyImage.grey(0, 0, 0, 0));
    assertEquals(127, GreyImage.grey(0, 0, 0, 128));
    for (int grey = 0; grey < 256; grey++) {
      assertEquals(grey, GreyImage.grey(grey, grey, grey, 255));
    }
  }

  @Test
  void imagesAreEqualByContent() {
    GreyImage image = new GreyImage(3, 2, new byte[] {1, 2, 3, 4, 5, 6});
    GreyImage same = new GreyImage(3, 2, image.pixels().clone());
    assertEquals(image, same);
    assertEquals(image.hashCode(), same.hashCode());
    assertNotEquals(image, new GreyImage(2, 3, image.pixels()));
    same.pixels()[5]++;
    assertNotEquals(image, same);
    assertEquals("3 x 2 pixels", image.toString());
  }

  @Test
  void refusesAShapeThatDoesNotMatchThePixels() {
    assertThrows(NullPointerException.class, () -> new GreyImage(1, 1, null));
    assertThrows(IllegalArgumentException.class, () -> new GreyImage(2, 3, new byte[5]));
    assertThrows(IllegalArgumentException.class, () -> new GreyImage(0, 3, new byte[0]));
    assertThrows(IllegalArgumentException.class, () -> new GreyImage(65536, 65536, new byte[0]));
  }
}
