package lanewise.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** SHA-256 of known messages: FIPS 180-2, appendix B. */
class Sha256Test {
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void knownMessages() {
    assertEquals(
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", new Sha256().hex());
    assertEquals(ABC, new Sha256().add(ascii("abc")).hex());
    assertArrayEquals(HexFormat.of().parseHex(ABC), new Sha256().add(ascii("abc")).digest());
  }

  @Test
  void addsOnlyTheRemainingBytesOfABuffer() {
    ByteBuffer bytes = ByteBuffer.wrap(ascii("-bc-"), 1, 2);
    assertEquals(ABC, new Sha256().add(ascii("a")).add(bytes).hex());
    assertEquals(0, bytes.remaining());
  }
}
