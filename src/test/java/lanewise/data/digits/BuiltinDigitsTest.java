package lanewise.data.digits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import lanewise.io.Sha256;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BuiltinDigitsTest {
  private static final int PIXELS = BuiltinDigits.SIDE * BuiltinDigits.SIDE;
  private static final int ROWS = 10_000;
  private static final long SEED = 42;

  private static final byte[] pixels = new byte[ROWS * PIXELS];
  private static final int[] labels = new int[ROWS];

  @BeforeAll
  static void draw() {
    BuiltinDigits.draw(SEED, 0, ROWS, pixels, labels, 0);
  }

  @Test
  void everyMachineDrawsTheSameBits() {
    Sha256 hash = new Sha256().add(ByteBuffer.wrap(pixels, 0, 1000 * PIXELS));
    for (int i = 0; i < 1000; i++) {
      hash.add(new byte[] {(byte) labels[i]});
    }
    assertEquals("08057cd515ac78c3b73d9f15e742ba8d585bbe1ebfbaea4c627645ce6e888885", hash.hex());
  }

  @Test
  void rowsDoNotDependOnTheRangeTheyAreDrawnIn() {
    byte[] splitPixels = new byte[300 * PIXELS];
    int[] splitLabels = new int[300];
    int[] bounds = {0, 1, 1, 117, 300};
    for (int i = bounds.length - 1; i > 0; i--) {
      int from = bounds[i - 1];
      BuiltinDigits.draw(SEED, 500 + from, 500 + bounds[i], splitPixels, splitLabels, from);
    }
    assertArrayEquals(Arrays.copyOfRange(pixels, 500 * PIXELS, 800 * PIXELS), splitPixels);
    assertArrayEquals(Arrays.copyOfRange(labels, 500, 800), splitLabels);
  }

  @Test
  void writesOnlyItsOwnRowsButAllOfTheirPixels() {
    byte[] target = new byte[4 * PIXELS];
    int[] targetLabels = new int[4];
    Arrays.fill(target, (byte) 77);
    Arrays.fill(targetLabels, 77);
    BuiltinDigits.draw(SEED, 3, 5, target, targetLabels, 1);

    byte[] expected = new byte[4 * PIXELS];
    Arrays.fill(expected, (byte) 77);
    System.arraycopy(pixels, 3 * PIXELS, expected, PIXELS, 2 * PIXELS);
    assertArrayEquals(expected, target);
    assertArrayEquals(new int[] {77, labels[3], labels[4], 77}, targetLabels);
  }

  @Test
  void theSequenceReachesTheLastInt() {
    byte[] target = new byte[PIXELS];
    int[] label = new int[1];
    BuiltinDigits.draw(SEED, Integer.MAX_VALUE - 1, Integer.MAX_VALUE, target, label, 0);
    assertTrue(nonZero(target) > 0);
  }

  @Test
  void anotherSeedDrawsOtherDigits() {
    for (long seed : new long[] {0, 41, 43, -SEED, SEED << 32}) {
      byte[] otherPixels = new byte[100 * PIXELS];
      int[] otherLabels = new int[100];
      BuiltinDigits.draw(seed, 0, 100, otherPixels, otherLabels, 0);
      assertFalse(Arrays.equals(Arrays.copyOf(labels, 100), otherLabels), "seed " + seed);
      for (int row = 0; row < 100; row++) {
        assertFalse(
            Arrays.equals(
                pixels,
                row * PIXELS,
                (row + 1) * PIXELS,
                otherPixels,
                row * PIXELS,
                (row + 1) * PIXELS),
            "seed " + seed + " row " + row);
      }
    }
  }

  @Test
  void eachDigitIsAboutATenthOfTheRows() {
    int[] count = new int[10];
    for (int label : labels) {
      count[label]++;
    }
    for (int digit = 0; digit < 10; digit++) {
      // Five standard deviations of a binomial count: sqrt(10000 * 0.1 * 0.9) = 30.
      assertEquals(ROWS / 10, count[digit], 150, "digit " + digit);
    }
  }

  @Test
  void theShareOfNonZeroPixelsIsMnistsWithinAFifth() {
    double share = (double) nonZero(pixels) / pixels.length;
    assertTrue(share > 0.153 && share < 0.229, "share " + share);
  }

  @Test
  void everyPictureIsCentredByMass() {
    for (int row = 0; row < ROWS; row++) {
      double mass = 0;
      double momentX = 0;
      double momentY = 0;
      for (int i = 0; i < PIXELS; i++) {
        int grey = grey(row, i);
        mass += grey;
        momentX += grey * (i % BuiltinDigits.SIDE);
        momentY += grey * (i / BuiltinDigits.SIDE);
      }
      assertEquals(14, momentX / mass, 1.0, "row " + row);
      assertEquals(14, momentY / mass, 1.0, "row " + row);
    }
  }

  @Test
  void theInkFillsTwentyPixelsOnItsLongerSide() {
    for (int row = 0; row < ROWS; row++) {
      int left = BuiltinDigits.SIDE;
      int right = -1;
      int top = BuiltinDigits.SIDE;
      int bottom = -1;
      for (int i = 0; i < PIXELS; i++) {
        if (grey(row, i) > 0) {
          left = Math.min(left, i % BuiltinDigits.SIDE);
          right = Math.max(right, i % BuiltinDigits.SIDE);
          top = Math.min(top, i / BuiltinDigits.SIDE);
          bottom = Math.max(bottom, i / BuiltinDigits.SIDE);
        }
      }
      int longer = Math.max(right - left, bottom - top) + 1;
      // A faint tip may round to black, and so shorten the ink at either end.
      assertTrue(longer >= 18 && longer <= 20, "row " + row + ": " + longer + " pixels");
    }
  }

  @Test
  void fewPicturesTouchTheBorderAsFewOfMnistsDo() {
    int touching = 0;
    for (int row = 0; row < ROWS; row++) {
      boolean touches = false;
      for (int i = 0; i < BuiltinDigits.SIDE; i++) {
        int last = BuiltinDigits.SIDE - 1;
        touches |= grey(row, i) + grey(row, last * BuiltinDigits.SIDE + i) > 0;
        touches |= grey(row, i * BuiltinDigits.SIDE) + grey(row, i * BuiltinDigits.SIDE + last) > 0;
      }
      touching += touches ? 1 : 0;
    }
    // Of MNIST's first 20,000 pictures, 1.2 % have ink in the outermost rows and columns.
    assertTrue(touching < 0.03 * ROWS, touching + " of " + ROWS);
  }

  @Test
  void rejectsInvalidRanges() {
    assertRefused(-1, 0, 1, 1, 0);
    assertRefused(2, 1, 1, 1, 0);
    assertRefused(0, Integer.MIN_VALUE, 1, 1, 0);
  }

  @Test
  void rejectsArraysThatAreTooShort() {
    assertRefused(0, 2, 1, 2, 0);
    assertRefused(0, 2, 2, 1, 0);
    assertRefused(0, 2, 2, 2, 1);
    assertRefused(0, 1, 1, 1, -1);
    assertRefused(0, 1, 1, 1, Integer.MAX_VALUE);
    assertRefused(0, Integer.MAX_VALUE, 1, 1, Integer.MAX_VALUE);
  }

  private static void assertRefused(int from, int to, int pixelRows, int labelRows, int atRow) {
    byte[] target = new byte[pixelRows * PIXELS];
    int[] targetLabels = new int[labelRows];
    assertThrows(
        IllegalArgumentException.class,
        () -> BuiltinDigits.draw(SEED, from, to, target, targetLabels, atRow));
  }

  private static int grey(int row, int pixel) {
    return pixels[row * PIXELS + pixel] & 0xFF;
  }

  private static int nonZero(byte[] greys) {
    int count = 0;
    for (byte grey : greys) {
      count += grey != 0 ? 1 : 0;
    }
    return count;
  }
}
