package lanewise.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads IDX, the form in which MNIST is published: a magic number, the counts (all of them
 * big-endian and 32 bits wide), then one unsigned byte a value.
 */
final class IdxReader {
  static final int IMAGES = 0x00000803;
  static final int LABELS = 0x00000801;

  /** A read asks for no more at once: the JDK copies by way of a buffer as large as the request. */
  private static final int SLICE = 1 << 16;

  /** Images seldom pack better than this, so MNIST's array is made once and never copied. */
  private static final int USUAL_GZIP_RATIO = 8;

  private final Path file;
  private final InputStream in;

  private IdxReader(Path file, InputStream in) {
    this.file = file;
    this.in = in;
  }

  /**
   * Reads a file of images and the file of their labels.
   *
   * @param limits what the rows have to fit
   */
  static Rows read(Path imageFile, Path labelFile, Rows.Limits limits) throws DataException {
    byte[] bytes = readLabels(labelFile);
    int[] labels = new int[bytes.length];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = bytes[row] & 0xff;
      if (labels[row] >= limits.classes()) {
        throw limits.beyond("%s, row %d".formatted(labelFile, row + 1), labels[row]);
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
      return reader.body(count, header.capacity(), "%d labels".formatted(count));
    } catch (IOException e) {
      throw InputFiles.unreadable(file, e);
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
      String what = "%d images of %dx%d".formatted(count, height, width);
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
      if (limits.width() != 0 && pixels != limits.width()) {
        throw reader.bad(
            "images of %dx%d, %d pixels, but the training set's have %d"
                .formatted(height, width, pixels, limits.width()));
      }
      if (count != labels.length) {
        throw reader.bad(
            "%d images, but %s has %d labels".formatted(count, labelFile, labels.length));
      }
      return new Rows(reader.body(count * pixels, header.capacity(), what), pixels, labels);
    } catch (IOException e) {
      throw InputFiles.unreadable(file, e);
    }
  }

  /** Reads the header and returns the buffer at the first of its sizes. */
  private ByteBuffer header(int magic, int sizes) throws IOException {
    byte[] bytes = new byte[4 + 4 * sizes];
    int count = in.readNBytes(bytes, 0, bytes.length);
    if (count < bytes.length) {
      throw bad("truncated: %d bytes, expected an IDX header of %d".formatted(count, bytes.length));
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
   * Reads all that follows the header. The array grows with what was really read: a header's
   * promise alone allocates nothing.
   */
  private byte[] body(long promised, int headerBytes, String what) throws IOException {
    if (promised > Rows.MAX_BYTES) {
      throw tooLarge(what);
    }
    long onDisk = InputFiles.size(file);
    boolean packed = in instanceof GzipInput;
    if (!packed && onDisk >= 0) {
      checkLength(onDisk - headerBytes, promised, what);
    }
    long likely = packed || onDisk < 0 ? Math.max(SLICE, onDisk * USUAL_GZIP_RATIO) : promised;
    byte[] bytes = new byte[(int) Math.min(promised, likely)];
    int filled = 0;
    while (filled < promised) {
      if (filled == bytes.length) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(promised, 2L * filled));
      }
      int count = in.read(bytes, filled, Math.min(SLICE, bytes.length - filled));
      if (count < 0) {
        checkLength(filled, promised, what);
      }
      filled += count;
    }
    if (in.read() >= 0) {
      throw bad("over-long: bytes follow the %d that %s take".formatted(promised, what));
    }
    return bytes;
  }

  private void checkLength(long found, long expected, String what) throws DataException {
    if (found != expected) {
      throw bad(
          "%s: %d bytes after the header, expected %d for %s"
              .formatted(found < expected ? "truncated" : "over-long", found, expected, what));
    }
  }

  private DataException tooLarge(String what) {
    return bad("%s are more than the %d bytes that can be held".formatted(what, Rows.MAX_BYTES));
  }

  private DataException bad(String what) {
    return new DataException(file + ": " + what);
  }
}
