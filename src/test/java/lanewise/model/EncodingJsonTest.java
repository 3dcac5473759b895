package lanewise.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import lanewise.table.Column;
import lanewise.table.Encoding;
import lanewise.table.Missing;
import lanewise.table.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Encodings as JSON. */
class EncodingJsonTest {
  private static final String PLACE = "x: metadata 'table'";

  private static final String GOOD =
      "{\"header\":[\"a\",\"b\",\"c\",\"y\"],\"named\":true,\"missing\":\"mean\",\"columns\":["
          + "{\"type\":\"number\",\"name\":\"a\",\"offset\":1.5,\"divisor\":2,\"mean\":-0},"
          + "{\"type\":\"text\",\"name\":\"b\",\"values\":[\"p\",\"q\"],\"shares\":[0.25,0.75]}],"
          + "\"dropped\":[\"c\"],"
          + "\"target\":{\"type\":\"class\",\"name\":\"y\",\"values\":[\"no\",\"yes\"]}}";

  private static Encoding parse(String text) throws ModelException {
    return EncodingParser.parse(text, PLACE);
  }

  @Test
  void theTextIsAsDocumented() throws ModelException {
    Encoding encoding =
        new Encoding(
            List.of("a", "b", "c", "y"),
            true,
            List.of(
                new Column.Numbers("a", 1.5f, 2, -0f),
                new Column.Texts("b", List.of("p", "q"), List.of(0.25f, 0.75f))),
            List.of("c"),
            new Target.Classes("y", List.of("no", "yes")),
            Missing.MEAN);
    assertEquals(GOOD, EncodingJson.text(encoding));
    assertEquals(encoding, parse(GOOD));
  }

  @Test
  void awkwardNamesAndNumbersSurviveARoundTrip() throws ModelException {
    for (Encoding encoding : List.of(SampleTables.CLASSES, SampleTables.VALUE)) {
      assertEquals(encoding, parse(EncodingJson.text(encoding)));
    }
  }

  /** Records compare floats by their bits, but for NaN. */
  @Test
  void everyFloatReadsBackToTheSameBits() throws ModelException {
    Random random = new Random(5);
    for (int i = 0; i < 2000; i++) {
      float offset = Float.intBitsToFloat(random.nextInt());
      float divisor = Math.abs(Float.intBitsToFloat(random.nextInt()));
      if (Float.isFinite(offset) && divisor > 0 && divisor <= Float.MAX_VALUE) {
        Encoding encoding =
            new Encoding(
                List.of("a", "y"),
                true,
                List.of(new Column.Numbers("a", offset, divisor, -offset)),
                List.of(),
                new Target.Value("y", offset, divisor),
                Missing.FAIL);
        assertEquals(encoding, parse(EncodingJson.text(encoding)), offset + " " + divisor);
      }
    }
  }

  @Test
  void theOrderOfFieldsAndWhiteSpaceAreFree() throws ModelException {
    String other =
        GOOD.replace(
                "\"type\":\"number\",\"name\":\"a\",", "\"name\" : \"a\",\n\"type\":\"number\",")
            .replace("\"named\":true,", "")
            .replace("]}}", "]},\"named\":true}");
    assertEquals(parse(GOOD), parse(other));
  }

  /** Replaces a part of a good text: each error says where it is. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "true | 1 | , named: expected true or false, found a number",
        "true | tru | is not valid JSON at character 36: expected a value, found 't'",
        "'mean', | 'median', | , missing: 'median', expected 'fail' or 'mean'",
        "'mean', | null, | , missing: expected a string, found null",
        "'named':true, | `` | : the fields [columns, dropped, header, missing, target], expected",
        "'named' | 'called' | : unknown field 'called'",
        "'named' | 'header' | is not valid JSON at character 28: duplicate name 'header'",
        "['a','b','c','y'] | {} | , header: expected an array of strings, found an object",
        "['a','b','c','y'] | ['a','b',1,'y'] | , header: expected a string, found a number",
        "['a','b','c','y'] | ['a','b','y'] | : column c is not in the header",
        "['a','b','c','y'] | ['a','b','c','y','a'] | : header: a twice",
        "'dropped':['c'] | 'dropped':['b'] | : names of columns: b twice",
        "1.5 | 1e99 | , columns 1, offset: '1e99' is beyond the range of float32",
        "1.5 | '1' | , columns 1, offset: expected a number, found a string",
        "1.5 | NaN | is not valid JSON at character 106: expected a value, found 'N'",
        "'divisor':2 | 'divisor':0 | , columns 1: column a: divisor 0.0 is not finite and above 0",
        "'divisor':2 | 'divisor':1e-60 | , columns 1: column a: divisor 0.0 is not finite",
        "'divisor':2 | 'divisor':-2 | , columns 1: column a: divisor -2.0 is not finite",
        "'divisor':2, | `` | , columns 1: the fields [mean, name, offset, type], expected [type,",
        "'type':'number' | 'type':'date' | , columns 1: type 'date', expected 'text' or 'number'",
        "'type':'number', | `` | , columns 1: no type, expected 'text' or 'number'",
        "'type':'number' | 'type':'text' | , columns 1: the fields [divisor, mean, name, offset,",
        "'type':'text' | 'type':'number' | , columns 2: the fields [name, shares, type, values],",
        "'mean':-0 | 'mode':-0 | , columns 1: unknown field 'mode'",
        "[0.25,0.75] | [0.25] | , columns 2: column b: 2 categories and 1 shares, expected 1 to",
        "[0.25,0.75] | [0.25,1.5] | , columns 2: column b: share 1.5, not 0 to 1",
        "[0.25,0.75] | [[]] | , columns 2, shares: expected a number, found an array",
        "['p','q'] | ['p','p'] | , columns 2: categories of column b: p twice",
        "['no','yes'] | ['no'] | , target: column y: 1 classes, not 2 to 65535",
        "'type':'class' | 'type':'text' | , target: type 'text', expected 'class' or 'number'",
        "'type':'class' | 'type':'number' | , target: the fields [name, type, values], expected",
        "]}} | ]}}} | is not valid JSON at character 276: more text after its end",
        "]}} | ]} | ends in the middle of its JSON",
      })
  void aWrongTextIsRefused(String part, String other, String message) {
    String from = part.replace('\'', '"');
    assertTrue(GOOD.contains(from), from);
    String text = GOOD.replaceFirst(Pattern.quote(from), other.replace('\'', '"'));
    String found = assertThrows(ModelException.class, () -> parse(text)).getMessage();
    assertTrue(found.replaceFirst(PLACE + " ?", "").startsWith(message), found);
  }

  @Test
  void anyOtherTextIsRefused() {
    for (String text : List.of("", "[]", "null", "{}", "x", "[".repeat(100_000))) {
      assertThrows(ModelException.class, () -> parse(text), text);
    }
    String nested = GOOD.replaceFirst("1.5", "[".repeat(100_000));
    assertThrows(ModelException.class, () -> parse(nested));
    String longName = GOOD.replace("\"c\"]", "\"" + "\\n".repeat(100_000) + "\"]");
    String message = assertThrows(ModelException.class, () -> parse(longName)).getMessage();
    assertTrue(message.length() < 300 && message.lines().count() == 1, message);
  }
}
