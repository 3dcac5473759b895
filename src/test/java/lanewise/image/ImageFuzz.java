package lanewise.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.util.Optional;
import lanewise.data.DataException;
import lanewise.fuzz.Refusal;

/** Fuzz target: a PNG, JPEG or BMP file, and what becomes of it. */
public final class ImageFuzz {
  private static final int BOX = 20;

  private ImageFuzz() {}

  /** Jazzer calls this; so does the replay of what it found. */
  public static void fuzzerTestOneInput(byte[] input) {
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

  /** Full ink somewhere, nothing beyond a box of 20 x 20, its longer side filled. */
  private static void check(byte[] digit) {
    int side = Preprocessing.SIDE;
    assertEquals(side * side, digit.length);
    int most = 0;
    int left = side;
    int right = -1;
    int top = side;
    int bottom = -1;
    for (int at = 0; at < digit.length; at++) {
      int ink = digit[at] & 255;
      most = Math.max(most, ink);
      if (ink > 0) {
        left = Math.min(left, at % side);
        right = Math.max(right, at % side);
        top = Math.min(top, at / side);
        bottom = at / side;
      }
    }
    assertEquals(255, most);
    assertTrue(right - left < BOX && bottom - top < BOX);
  }
}
