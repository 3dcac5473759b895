package lanewise.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.function.Executable;

/** A data set of 3 + 2 rows of 2x2 pixels in every format, and parts for building invalid files. */
final class SmallData {
  static final byte[] TRAIN_IMAGES =
      idx(0x803, new int[] {3, 2, 2}, 0, 1, 2, 3, 255, 254, 128, 127, 9, 8, 7, 6);
  static final byte[] TRAIN_LABELS = idx(0x801, new int[] {3}, 2, 0, 1);
  static final byte[] TEST_IMAGES = idx(0x803, new int[] {2, 2, 2}, 5, 5, 5, 5, 0, 0, 0, 255);
  static final byte[] TEST_LABELS = idx(0x801, new int[] {2}, 1, 2);

  static final String TRAIN_CSV = "label,a,b,c,d\n2,0,1,2,3\n0,255,254,128,127\n1,9,8,7,6\n";
  static final String TEST_CSV = "label,a,b,c,d\n1,5,5,5,5\n2,0,0,0,255\n";

  private SmallData() {}

  static byte[] idx(int magic, int[] sizes, int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * sizes.length + values.length).putInt(magic);
    for (int size : sizes) {
      bytes.putInt(size);
    }
    for (int value : values) {
      bytes.put((byte) value);
    }
    return bytes.array();
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return packed.toByteArray();
  }

  static byte[] concat(byte[] first, byte... second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }

  static void writeIdx(Path directory) throws IOException {
    Files.write(directory.resolve("train-images-idx3-ubyte"), TRAIN_IMAGES);
    Files.write(directory.resolve("train-labels-idx1-ubyte"), TRAIN_LABELS);
    Files.write(directory.resolve("t10k-images-idx3-ubyte"), TEST_IMAGES);
    Files.write(directory.resolve("t10k-labels-idx1-ubyte"), TEST_LABELS);
  }

  static void writeCsv(Path directory) throws IOException {
    Files.writeString(directory.resolve("mnist_train.csv"), TRAIN_CSV);
    Files.writeString(directory.resolve("mnist_test.csv"), TEST_CSV);
  }

  static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /**
   * Checks that the action fails with the given line, in which {@code DIR/} stands for the
   * directory.
   */
  static void assertRefused(Path directory, String message, Executable action) {
    DataException refused = assertThrows(DataException.class, action);
    assertEquals(message, refused.getMessage().replace(directory + "/", "").replace('\\', '/'));
    assertTrue(refused.getMessage().lines().count() == 1, refused.getMessage());
  }
}
