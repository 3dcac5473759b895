package lanewise.data;

import static lanewise.data.SmallData.concat;
import static lanewise.data.SmallData.gzip;
import static lanewise.data.SmallData.idx;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads IDX files and refuses invalid ones. */
class IdxReaderTest {
  private static final byte[] IMAGES = SmallData.TRAIN_IMAGES;
  private static final byte[] LABELS = SmallData.TRAIN_LABELS;
  private static final Rows.Limits NONE = Rows.Limits.NONE;

  @TempDir private Path directory;

  @Test
  void readsPlainAndGzippedFiles() throws IOException {
    for (boolean gzipped : new boolean[] {false, true}) {
      Rows rows = read(gzipped ? gzip(IMAGES) : IMAGES, gzipped ? gzip(LABELS) : LABELS, NONE);
      assertEquals(4, rows.width());
      assertArrayEquals(new int[] {2, 0, 1}, rows.labels());
      assertArrayEquals(Arrays.copyOfRange(IMAGES, 16, 28), rows.pixels());
    }
  }

  @Test
  void readsRowsOfAnyShapeAndLabelsUpTo255() throws IOException {
    Rows rows = read(idx(0x803, new int[] {1, 3, 5}, new int[15]), idx(0x801, one(), 255), NONE);
    assertEquals(15, rows.width());
    assertEquals(256, rows.limits().classes());
  }

  @Test
  void readsMoreThanAGzipFileUsuallyHolds() throws IOException {
    byte[] start = new byte[1000];
    new Random(1).nextBytes(start);
    byte[] image = Arrays.copyOf(start, 3_000_000);
    byte[] file = concat(idx(0x803, new int[] {3, 1000, 1000}), image);
    assertArrayEquals(image, read(gzip(file), LABELS, NONE).pixels());
  }

  static Stream<Arguments> badPairs() {
    byte[] otherTrailer = gzip(IMAGES);
    otherTrailer[otherTrailer.length - 8] ^= 1;
    return Stream.of(
        Arguments.of(new byte[0], LABELS, "i: empty file"),
        Arguments.of(IMAGES, new byte[0], "l: empty file"),
        Arguments.of(
            new byte[] {0, 0, 8}, LABELS, "i: truncated: 3 bytes, expected an IDX header of 16"),
        Arguments.of(
            IMAGES, new byte[] {0, 0}, "l: truncated: 2 bytes, expected an IDX header of 8"),
        Arguments.of(
            concat(LABELS, new byte[9]),
            LABELS,
            "i: magic number 0x00000801, expected 0x00000803 (IDX images)"),
        Arguments.of(
            IMAGES, IMAGES, "l: magic number 0x00000803, expected 0x00000801 (IDX labels)"),
        Arguments.of(
            Arrays.copyOf(IMAGES, 27),
            LABELS,
            "i: truncated: 11 bytes after the header, expected 12 for 3 images of 2x2"),
        Arguments.of(
            concat(IMAGES, (byte) 0),
            LABELS,
            "i: over-long: 13 bytes after the header, expected 12 for 3 images of 2x2"),
        Arguments.of(
            gzip(Arrays.copyOf(IMAGES, 27)),
            LABELS,
            "i: truncated: 11 bytes after the header, expected 12 for 3 images of 2x2"),
        Arguments.of(
            gzip(concat(IMAGES, (byte) 0)),
            LABELS,
            "i: over-long: more than the 12 bytes of 3 images of 2x2"),
        Arguments.of(
            IMAGES,
            Arrays.copyOf(LABELS, 10),
            "l: truncated: 2 bytes after the header, expected 3 for 3 labels"),
        Arguments.of(IMAGES, idx(0x801, new int[] {2}, 1, 2), "i: 3 images, but l has 2 labels"),
        Arguments.of(IMAGES, idx(0x801, new int[] {0}), "l: no labels"),
        Arguments.of(idx(0x803, new int[] {0, 2, 2}), LABELS, "i: no images"),
        Arguments.of(
            idx(0x803, new int[] {3, 0, 2}),
            LABELS,
            "i: 3 images of 0x2, expected at least one pixel each"),
        Arguments.of(
            idx(0x803, new int[] {3, 32768, 32768}),
            LABELS,
            "i: 3 images of 32768x32768 exceed the maximum of 2147483639 bytes"),
        Arguments.of(
            idx(0x803, new int[] {3, -1, -1}),
            LABELS,
            "i: 3 images of 4294967295x4294967295 exceed the maximum of 2147483639 bytes"),
        Arguments.of(
            IMAGES,
            idx(0x801, new int[] {-1}),
            "l: 4294967295 labels exceed the maximum of 2147483639 bytes"),
        Arguments.of(Arrays.copyOf(gzip(IMAGES), 20), LABELS, "i: invalid gzip: unexpected end"),
        Arguments.of(otherTrailer, LABELS, "i: invalid gzip: wrong checksum"),
        Arguments.of(
            concat(gzip(IMAGES), (byte) 'x'), LABELS, "i: invalid gzip: other bytes follow it"));
  }

  @ParameterizedTest
  @MethodSource("badPairs")
  void refuses(byte[] images, byte[] labels, String message) {
    SmallData.assertRefused(directory, message, () -> read(images, labels, NONE));
  }

  @Test
  void refusesATestSetThatDoesNotMatchTheTrainingSet() {
    SmallData.assertRefused(
        directory,
        "l, row 1: label 2, but the largest label of the training set is 1",
        () -> read(IMAGES, LABELS, new Rows.Limits(4, 2, 2, "the training set")));
    SmallData.assertRefused(
        directory,
        "i: images of 2x2, expected 3x3 as in the training set",
        () -> read(IMAGES, LABELS, new Rows.Limits(9, 3, 10, "the training set")));
    SmallData.assertRefused(
        directory,
        "i: images of 2x2, expected 1x4 as in the training set",
        () -> read(IMAGES, LABELS, new Rows.Limits(4, 4, 10, "the training set")));
    Rows train = assertDoesNotThrow(() -> read(IMAGES, LABELS, NONE));
    assertDoesNotThrow(() -> read(IMAGES, LABELS, train.limits()));
  }

  @Test
  void allocatesNothingForAHeadersClaim() {
    byte[] images = idx(0x803, new int[] {3, 26000, 26000});
    for (byte[] file : new byte[][] {images, gzip(images)}) {
      long before = allocated();
      SmallData.assertRefused(
          directory,
          "i: truncated: 0 bytes after the header, expected 2028000000 for 3 images of 26000x26000",
          () -> read(file, LABELS, NONE));
      assertTrue(allocated() - before < 5_000_000, "allocated " + (allocated() - before));
    }
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }

  private static int[] one() {
    return new int[] {1};
  }

  private Rows read(byte[] images, byte[] labels, Rows.Limits limits) throws IOException {
    return IdxReader.read(
        Files.write(directory.resolve("i"), images),
        Files.write(directory.resolve("l"), labels),
        limits);
  }
}
