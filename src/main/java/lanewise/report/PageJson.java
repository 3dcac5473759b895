package lanewise.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.Serial;

/** JSON that is safe inside a script element: nothing in it is parsed as HTML. */
final class PageJson {
  static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .characterEscapes(new InHtml())
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  /** Escapes the characters with which HTML could end a script element or start a comment. */
  private static final class InHtml extends CharacterEscapes {
    @Serial private static final long serialVersionUID = 1;

    @Override
    public int[] getEscapeCodesForAscii() {
      int[] codes = standardAsciiEscapesForJSON();
      for (char c : "<>&".toCharArray()) {
        codes[c] = ESCAPE_STANDARD;
      }
      return codes;
    }

    @Override
    public SerializableString getEscapeSequence(int ch) {
      return null;
    }
  }

  private PageJson() {}
}
