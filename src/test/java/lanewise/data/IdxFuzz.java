package lanewise.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import lanewise.fuzz.Refusal;
import lanewise.fuzz.Scratch;

/**
 * Fuzz target: an IDX file of labels and one of images. The first byte of the input is the length
 * of the labels' file.
 */
public final class IdxFuzz {
  private static final Path DIRECTORY = Scratch.directory();

  private IdxFuzz() {}

  /** Called by Jazzer and by the replay of its findings. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    int cut = input.length == 0 ? 0 : Math.min(input.length, 1 + (input[0] & 0xff));
    byte[] labels = Arrays.copyOfRange(input, Math.min(1, cut), cut);
    byte[] images = Arrays.copyOfRange(input, cut, input.length);
    Path labelFile = Files.write(DIRECTORY.resolve("labels"), labels);
    Path imageFile = Files.write(DIRECTORY.resolve("images"), images);
    Rows rows;
    try {
      rows = IdxReader.read(imageFile, labelFile, Rows.Limits.NONE);
    } catch (DataException e) {
      Refusal.check(e);
      if (isPlain(labels) && isPlain(images) && isValid(labels, images)) {
        throw new AssertionError("refused what is right", e);
      }
      return;
    }
    if (isPlain(labels) && isPlain(images)) {
      assertEquals(true, isValid(labels, images), "accepted what is wrong");
      assertArrayEquals(Arrays.copyOfRange(images, 16, images.length), rows.pixels());
      assertEquals((images.length - 16) / rows.labels().length, rows.width());
      for (int row = 0; row < rows.labels().length; row++) {
        assertEquals(labels[8 + row] & 0xff, rows.labels()[row]);
      }
    }
  }

  private static boolean isPlain(byte[] file) {
    return file.length < 2 || (file[0] & 0xff) != GzipInput.ID1 || (file[1] & 0xff) != 0x8b;
  }

  /** An independent reader, written from the description of the format. */
  private static boolean isValid(byte[] labels, byte[] images) {
    if (labels.length < 9 || images.length < 17) {
      return false;
    }
    ByteBuffer l = ByteBuffer.wrap(labels);
    ByteBuffer i = ByteBuffer.wrap(images);
    int count = l.getInt(4);
    int height = i.getInt(8);
    int width = i.getInt(12);
    return l.getInt(0) == 0x801
        && i.getInt(0) == 0x803
        && count == labels.length - 8
        && count == i.getInt(4)
        && height > 0
        && width > 0
        && Math.multiplyFull(height, width) == (images.length - 16L) / count
        && (images.length - 16) % count == 0;
  }
}
