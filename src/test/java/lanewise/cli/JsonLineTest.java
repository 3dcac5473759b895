package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class JsonLineTest {
  @Test
  void anyTextIsPrintableAsciiAndReadBackAsItIs() throws IOException {
    StringBuilder all = new StringBuilder();
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      all.append(Character.isSurrogate((char) c) ? '-' : (char) c);
    }
    String text = all.append("\ud83d\ude00").toString();
    String name = text.substring(0, '\u3000');
    String line = JsonLine.of(json -> json.writeStringField(name, text));
    assertTrue(line.matches("[ -~]+"));
    try (JsonParser json = new JsonFactory().createParser(line)) {
      json.nextToken();
      json.nextToken();
      assertEquals(name, json.currentName());
      json.nextToken();
      assertEquals(text, json.getText());
    }
  }
}
