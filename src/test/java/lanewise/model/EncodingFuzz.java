package lanewise.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import lanewise.fuzz.Refusal;
import lanewise.table.Encoding;

/** Fuzz target: the metadata entry of a table. */
public final class EncodingFuzz {
  private EncodingFuzz() {}

  /** Called by Jazzer and by the replay of its findings. */
  public static void fuzzerTestOneInput(byte[] input) throws ModelException {
    Encoding read;
    try {
      read = EncodingParser.parse(new String(input, StandardCharsets.UTF_8), "x");
    } catch (ModelException e) {
      Refusal.check(e);
      return;
    }
    String text = EncodingJson.text(read);
    Encoding again = EncodingParser.parse(text, "y");
    assertEquals(read, again);
    assertEquals(text, EncodingJson.text(again));
  }
}
