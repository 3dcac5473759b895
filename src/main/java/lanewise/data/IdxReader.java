package lanewise.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import lanewise.io.Text;

/**
 * Reads IDX, the format in which MNIST is published: a magic number and the dimensions, big-endian
 * 32-bit integers, then one unsigned byte per value.
 */
final class IdxReader {
  static final int IMAGES = 0x00000803;
  static final int LABELS = 0x00000801;

  /** Maximum size of one read: the JDK copies through a buffer as large as the request. */
  private static final int SLICE = 1 << 16;

  /** Images rarely compress better, so the array for MNIST is allocated once and never copied. */
  private static final int EXPECTED_GZIP_RATIO = 8;

  private final Path file;
  private final InputStream in;

  private IdxReader(Path file, InputStream in) {
    this.file = file;
    this.in = in;
  }

  /**
   * Reads a file of images and the file of their labels.
   *
   * @param limits what the rows must match
   */
  static Rows read(Path imageFile, Path labelFile, Rows.Limits limits) throws DataException {
    byte[] bytes = readLabels(labelFile);
    int[] labels = new int[bytes.length];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = bytes[row] & 0xff;
      if (labels[row] >= limits.classes()) {
        throw limits.labelTooLarge("%s, row %d".formatted(labelFile, row + 1), labels[row]);
      }
    }
    return readImages(imageFile, labelFile, labels, limits);
  }

  private static byte[] readLabels(Path file) throws DataException {
    try (InputStream in = InputFiles.open(file)) {
      IdxReader reader = new IdxReader(file, in);
      ByteBuffer header = reader.header(LABELS, 1);
      long count = Integer.toUnsignedLong(header.getInt());
      if (count == 0) {
        throw reader.bad("no labels");
      }
      return reader.body(count, header.capacity(), Text.count(count, "label"));
    } catch (IOException e) {
      throw DataException.of(file, e);
    }
  }

  private static Rows readImages(Path file, Path labelFile, int[] labels, Rows.Limits limits)
      throws DataException {
    try (InputStream in = InputFiles.open(file)) {
      IdxReader reader = new IdxReader(file, in);
      ByteBuffer header = reader.header(IMAGES, 3);
      long count = Integer.toUnsignedLong(header.getInt());
      long height = Integer.toUnsignedLong(header.getInt());
      long width = Integer.toUnsignedLong(header.getInt());
      String what = "%s of %dx%d".formatted(Text.count(count, "image"), height, width);
      if (count == 0) {
        throw reader.bad("no images");
      }
      if (height == 0 || width == 0) {
        throw reader.bad(what + ", expected at least one pixel each");
      }
      if (Long.compareUnsigned(height * width, Rows.MAX_BYTES) > 0) {
        throw reader.tooLarge(what);
      }
      int pixels = (int) (height * width);
      if (limits.width() != 0 && (pixels != limits.width() || width != limits.columns())) {
        throw reader.bad(
            "images of %dx%d, expected %dx%d as in %s"
                .formatted(
                    height,
                    width,
                    limits.width() / limits.columns(),
                    limits.columns(),
                    limits.source()));
      }
      if (count != labels.length) {
        throw reader.bad(
            "%s, but %s has %s"
                .formatted(
                    Text.count(count, "image"), labelFile, Text.count(labels.length, "label")));
      }
      byte[] body = reader.body(count * pixels, header.capacity(), what);
      return new Rows(body, pixels, (int) width, labels);
    } catch (IOException e) {
      throw DataException.of(file, e);
    }
  }

  /** Reads the header and returns the buffer positioned at the first dimension. */
  private ByteBuffer header(int magic, int dimensions) throws IOException {
    byte[] bytes = new byte[4 + 4 * dimensions];
    int count = in.readNBytes(bytes, 0, bytes.length);
    if (count < bytes.length) {
      throw bad(
          "truncated: %s, expected an IDX header of %d"
              .formatted(Text.count(count, "byte"), bytes.length));
    }
    ByteBuffer header = ByteBuffer.wrap(bytes);
    int found = header.getInt();
    if (found != magic) {
      throw bad(
          "magic number 0x%08x, expected 0x%08x (%s)"
              .formatted(found, magic, magic == IMAGES ? "IDX images" : "IDX labels"));
    }
    return header;
  }

  /**
   * Reads everything after the header. The array grows with the bytes read: a header's claim alone
   * allocates nothing.
   */
  private byte[] body(long expected, int headerBytes, String what) throws IOException {
    if (expected > Rows.MAX_BYTES) {
      throw tooLarge(what);
    }
    long onDisk = InputFiles.size(file);
    boolean gzipped = in instanceof GzipInput;
    if (!gzipped && onDisk >= 0) {
      checkLength(onDisk - headerBytes, expected, what);
    }
    long likely = gzipped || onDisk < 0 ? Math.max(SLICE, onDisk * EXPECTED_GZIP_RATIO) : expected;
    byte[] bytes = new byte[(int) Math.min(expected, likely)];
    int filled = 0;
    while (filled < expected) {
      if (filled == bytes.length) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(expected, 2L * filled));
      }
      int count = in.read(bytes, filled, Math.min(SLICE, bytes.length - filled));
      if (count < 0) {
        checkLength(filled, expected, what);
      }
      filled += count;
    }
    if (in.read() >= 0) {
      throw bad("over-long: more than the %d bytes of %s".formatted(expected, what));
    }
    return bytes;
  }

  private void checkLength(long found, long expected, String what) throws DataException {
    if (found != expected) {
      throw bad(
          "%s: %s after the header, expected %d for %s"
              .formatted(
                  found < expected ? "truncated" : "over-long",
                  Text.count(found, "byte"),
                  expected,
                  what));
    }
  }

  private DataException tooLarge(String what) {
    return bad("%s exceed the maximum of %d bytes".formatted(what, Rows.MAX_BYTES));
  }

  private DataException bad(String problem) {
    return new DataException(file + ": " + problem);
  }
}
