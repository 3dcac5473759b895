package lanewise.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.util.Optional;
import lanewise.data.DataException;
import lanewise.fuzz.Refusal;

/** Fuzz target: decodes and normalises a PNG, JPEG or BMP file. */
public final class ImageFuzz {
  private static final int BOX = 20;

  private ImageFuzz() {}

  /** Called by Jazzer and by the replay of its findings. */
  public static void fuzzerTestOneInput(byte[] input) {
    decode(input);
    decode(Encoders.withChecksums(input)); // Else no changed PNG would get further.
  }

  private static void decode(byte[] input) {
    GreyImage image;
    try {
      image = ImageDecoder.read(new ByteArrayInputStream(input), "image");
    } catch (DataException e) {
      Refusal.check(e);
      return;
    }
    assertTrue((long) image.width() * image.height() <= ImageDecoder.MAX_PIXELS);
    Optional<byte[]> digit = Preprocessing.toMnist(image);
    digit.ifPresent(ImageFuzz::check);
  }

  /** Checks that the maximum is full ink and that the ink fits a box of 20 x 20. */
  private static void check(byte[] digit) {
    int side = Preprocessing.SIDE;
    assertEquals(side * side, digit.length);
    int max = 0;
    int left = side;
    int right = -1;
    int top = side;
    int bottom = -1;
    for (int i = 0; i < digit.length; i++) {
      int ink = digit[i] & 255;
      max = Math.max(max, ink);
      if (ink > 0) {
        left = Math.min(left, i % side);
        right = Math.max(right, i % side);
        top = Math.min(top, i / side);
        bottom = i / side;
      }
    }
    assertEquals(255, max);
    assertTrue(right - left < BOX && bottom - top < BOX);
  }
}
