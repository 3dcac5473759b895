package lanewise.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {
  @ParameterizedTest
  @ValueSource(
      ints = {
        0, '\t', '\n', '\r', 0x1b, 0x7f, 0x80, 0x85, 0x9b, 0x9f, 0xad, 0x61c, 0x200b, 0x200e,
        0x200f, 0x2028, 0x2029, 0x202a, 0x202e, 0x2066, 0x2069, 0xd800, 0xdfff, 0xfeff, 0xfff9,
        0xe0041
      })
  void whatCouldMisleadIsReplaced(int codePoint) {
    String text = "a" + Character.toString(codePoint) + "b";
    assertEquals("a?b", Text.printable(text));
    assertEquals("'a?b'", Text.quote(text));
  }

  @Test
  void otherTextIsUnchanged() {
    String text = " a?'\"\\ \u00e9 \u4e94 \u05d7\u05de\u05e9 \u0645\u06cc\u200c\u062e \ud83d\ude00";
    assertEquals(text, Text.printable(text));
  }

  @Test
  void longTextIsCutBetweenCodePoints() {
    String text = "\ud83d\ude00".repeat(41);
    assertEquals("'" + text.substring(0, 80) + "...'", Text.quote(text));
  }
}
