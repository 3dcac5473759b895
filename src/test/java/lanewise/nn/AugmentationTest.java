package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import lanewise.io.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random distortions of images. */
class AugmentationTest {
  private static final int SIDE = 28;
  private static final int PIXELS = SIDE * SIDE;
  private static final int ROWS = 500;

  private static final Augmentation SEVEN = new Augmentation(SIDE, 7);

  @Test
  void squareImagesFit() {
    for (int inputs : new int[] {64, 81, 784, 1024 * 1024}) {
      assertTrue(Augmentation.fits(inputs), "inputs " + inputs);
    }
    int[] others = {
      Integer.MIN_VALUE, -64, 0, 1, 49, 63, 65, 783, 785, 1025 * 1025, Integer.MAX_VALUE
    };
    for (int inputs : others) {
      assertFalse(Augmentation.fits(inputs), "inputs " + inputs);
    }
    assertThrows(IllegalArgumentException.class, () -> new Augmentation(7, 1));
    assertThrows(IllegalArgumentException.class, () -> new Augmentation(1025, 1));
  }

  /** Any machine gives these bits. */
  @Test
  void theBits() {
    Sha256 hash = new Sha256();
    for (int epoch = 0; epoch < 3; epoch++) {
      hash.add(distort(SEVEN, epoch, ROWS));
    }
    assertEquals("c25d6883a43bd73cd346867c206480e9e00d0dce74d16584f58ed59f2343a3eb", hash.hex());
  }

  @Test
  void neitherOrderNorThreadMatters() throws InterruptedException, ExecutionException {
    byte[] expected = distort(SEVEN, 3, ROWS);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<byte[]> backwards = threads.submit(() -> distortBackwards(SEVEN, 3));
      Future<byte[]> again = threads.submit(() -> distort(new Augmentation(SIDE, 7), 3, ROWS));
      assertArrayEquals(expected, backwards.get());
      assertArrayEquals(expected, again.get());
    }
  }

  @Test
  void epochRowAndSeedMatter() {
    byte[] image = drawing();
    byte[] one = distort(SEVEN, image, 1, 1);
    assertFalse(Arrays.equals(image, one));
    assertFalse(Arrays.equals(one, distort(SEVEN, image, 2, 1)));
    assertFalse(Arrays.equals(one, distort(SEVEN, image, 1, 2)));
    assertFalse(Arrays.equals(one, distort(SEVEN, image, 1L << 32 | 1, 1)));
    assertFalse(Arrays.equals(one, distort(new Augmentation(SIDE, 8), image, 1, 1)));
    assertFalse(Arrays.equals(distort(SEVEN, image, 2, 1), distort(SEVEN, image, 1, 2)));
  }

  @Test
  void aBlankImageStaysBlankAfterOthers() {
    Augmentation.Buffers mine = new Augmentation.Buffers(SEVEN);
    byte[] white = new byte[PIXELS];
    Arrays.fill(white, (byte) 255);
    byte[] out = new byte[PIXELS];
    for (int row = 0; row < ROWS; row++) {
      SEVEN.apply(white, 0, out, 0, 0, row, mine);
      SEVEN.apply(new byte[PIXELS], 0, out, 0, 0, row, mine);
      assertArrayEquals(new byte[PIXELS], out, "row " + row);
    }
  }

  /** The border is wide enough for every size, and the weights of four pixels have the sum 1. */
  @ParameterizedTest
  @ValueSource(ints = {8, 12, 13, 28, 101, 1024})
  void aWhiteImageStaysWhiteInTheMiddle(int side) {
    byte[] white = new byte[side * side];
    Arrays.fill(white, (byte) 255);
    byte[] out = new byte[side * side];
    int rows = Math.max(3, 1_000_000 / (side * side));
    Augmentation augmentation = new Augmentation(side, side);
    Augmentation.Buffers mine = new Augmentation.Buffers(augmentation);
    for (int row = 0; row < rows; row++) {
      augmentation.apply(white, 0, out, 0, 0, row, mine);
      // The middle of the smallest images may come from outside.
      if (side >= 12) {
        assertEquals((byte) 255, out[side / 2 * side + side / 2], "row " + row);
      }
    }
  }

  @Test
  void onlyTheImageIsReadAndWritten() {
    byte[] image = drawing();
    byte[] expected = distort(SEVEN, image, 4, 5);
    byte[] from = new byte[PIXELS + 30];
    byte[] to = new byte[PIXELS + 50];
    Arrays.fill(from, (byte) 99);
    Arrays.fill(to, (byte) 77);
    System.arraycopy(image, 0, from, 13, PIXELS);
    byte[] fromBefore = from.clone();
    Augmentation.Buffers mine = new Augmentation.Buffers(SEVEN);
    SEVEN.apply(from, 13, to, 29, 4, 5, mine);
    byte[] toExpected = new byte[to.length];
    Arrays.fill(toExpected, (byte) 77);
    System.arraycopy(expected, 0, toExpected, 29, PIXELS);
    assertArrayEquals(toExpected, to);
    assertArrayEquals(fromBefore, from);

    SEVEN.apply(image, 0, image, 0, 4, 5, mine);
    assertArrayEquals(expected, image, "in place");
  }

  /** Scales are as often above 1 as below; 1.007 is the mean of 1 / (scaleX * scaleY). */
  @Test
  void inkAndCentreAreKeptOnAverage() {
    byte[] image = drawing();
    Moments before = new Moments(image, 0);
    byte[] out = distort(SEVEN, 0, ROWS);
    double ink = 0;
    double meanX = 0;
    double meanY = 0;
    double squares = 0;
    for (int row = 0; row < ROWS; row++) {
      Moments after = new Moments(out, row * PIXELS);
      double dx = after.x - before.x;
      double dy = after.y - before.y;
      assertTrue(Math.hypot(dx, dy) < 3, "row " + row + " moves by " + dx + ", " + dy);
      ink += after.ink / before.ink / ROWS;
      meanX += dx / ROWS;
      meanY += dy / ROWS;
      squares += (dx * dx + dy * dy) / ROWS;
    }
    assertEquals(1.007, ink, 0.02);
    assertEquals(0, meanX, 0.15);
    assertEquals(0, meanY, 0.15);
    // The shift alone gives 1/3 for each axis.
    assertTrue(squares > 0.6 && squares < 1.5, "mean square " + squares);
  }

  /** Smoothing with a Gaussian of s pixels gives a correlation of exp(-d^2 / (4 s^2)). */
  @Test
  void theElasticField() {
    ElasticField field = new ElasticField(256, 1);
    assertEquals(0.8, Math.sqrt(covariance(field, 0, 0)), 0.001);
    assertTrue(field.largest() < 4 << ElasticField.FRACTION_BITS);
    for (int d : new int[] {1, 4, 8, 12}) {
      double expected = 0.64 * Math.exp(-d * d / 64.0);
      assertEquals(expected, covariance(field, d, 0), 0.08, "distance " + d);
      assertEquals(expected, covariance(field, 0, d), 0.08, "distance " + d);
    }
    assertEquals(0, mean(field), 0.001);
  }

  @Test
  void nothingIsAllocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Augmentation.Buffers mine = new Augmentation.Buffers(SEVEN);
    byte[] image = drawing();
    byte[] out = new byte[PIXELS];
    long bytes = 0;
    for (int call = 0; call < 2; call++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int row = 0; row < ROWS; row++) {
        SEVEN.apply(image, 0, out, 0, 0, row, mine);
      }
      bytes = threads.getCurrentThreadAllocatedBytes() - before;
    }
    // One object in each call would be 8,000 bytes at least.
    assertTrue(bytes < 1024, bytes + " bytes");
  }

  /** Distorts the drawing for the first rows of an epoch. */
  private static byte[] distort(Augmentation augmentation, long epoch, int rows) {
    Augmentation.Buffers mine = new Augmentation.Buffers(augmentation);
    byte[] image = drawing();
    byte[] out = new byte[rows * PIXELS];
    for (int row = 0; row < rows; row++) {
      augmentation.apply(image, 0, out, row * PIXELS, epoch, row, mine);
    }
    return out;
  }

  private static byte[] distortBackwards(Augmentation augmentation, long epoch) {
    Augmentation.Buffers mine = new Augmentation.Buffers(augmentation);
    byte[] image = drawing();
    byte[] out = new byte[ROWS * PIXELS];
    for (int row = ROWS - 1; row >= 0; row--) {
      augmentation.apply(image, 0, out, row * PIXELS, epoch + 1, row, mine);
      augmentation.apply(image, 0, out, row * PIXELS, epoch, row, mine);
    }
    return out;
  }

  private static byte[] distort(Augmentation augmentation, byte[] image, long epoch, int row) {
    byte[] out = new byte[PIXELS];
    augmentation.apply(image, 0, out, 0, epoch, row, new Augmentation.Buffers(augmentation));
    return out;
  }

  /** A 6 of grey values, off the centre, with a margin as in MNIST. */
  private static byte[] drawing() {
    byte[] image = new byte[PIXELS];
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        double ring = Math.abs(Math.sqrt((x - 14) * (x - 14) + (y - 17) * (y - 17)) - 5);
        double line = y >= 5 && y <= 17 ? Math.abs(x - 9) : 9;
        double grey = 255 * (1.8 - Math.min(ring, line));
        image[y * SIDE + x] = (byte) Math.max(0, Math.min(255, (int) grey));
      }
    }
    return image;
  }

  private static double mean(ElasticField field) {
    return Arrays.stream(field.displacements()).average().orElseThrow()
        / (1 << ElasticField.FRACTION_BITS);
  }

  /** The mean product of displacements at a distance. */
  private static double covariance(ElasticField field, int dx, int dy) {
    int[] values = field.displacements();
    int size = field.size();
    double sum = 0;
    for (int y = 0; y < size - dy; y++) {
      for (int x = 0; x < size - dx; x++) {
        sum += (double) values[y * size + x] * values[(y + dy) * size + x + dx];
      }
    }
    double one = 1 << ElasticField.FRACTION_BITS;
    return sum / ((size - dx) * (size - dy)) / (one * one);
  }

  /** The sum of an image's grey values and their centre. */
  private static final class Moments {
    final double ink;
    final double x;
    final double y;

    Moments(byte[] pixels, int offset) {
      double sum = 0;
      double sumX = 0;
      double sumY = 0;
      for (int i = 0; i < PIXELS; i++) {
        int grey = pixels[offset + i] & 255;
        sum += grey;
        sumX += grey * (i % SIDE);
        sumY += grey * (i / SIDE);
      }
      ink = sum;
      x = sumX / sum;
      y = sumY / sum;
    }
  }
}
