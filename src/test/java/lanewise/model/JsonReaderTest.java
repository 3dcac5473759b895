package lanewise.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON is read strictly. Sources have single quotes for double ones. */
class JsonReaderTest {
  /** Reads any value, to the end, into a form like {@code {a:[1,'x']}}. */
  private static String read(String json) throws ModelException {
    JsonReader reader = new JsonReader(json.replace('\'', '"'), "x");
    StringBuilder read = new StringBuilder();
    value(reader, read);
    reader.end();
    return read.toString();
  }

  private static void value(JsonReader reader, StringBuilder read) throws ModelException {
    switch (reader.peek()) {
      case OBJECT -> {
        read.append('{');
        reader.object(
            name -> {
              read.append(name).append(':');
              value(reader, read);
              read.append(';');
            });
        read.append('}');
      }
      case ARRAY -> {
        read.append('[');
        reader.array(
            () -> {
              value(reader, read);
              read.append(';');
            });
        read.append(']');
      }
      case STRING -> read.append('\'').append(reader.string()).append('\'');
      case NUMBER -> read.append(reader.number());
      case TRUE, FALSE, NULL -> throw new ModelException("a literal: " + reader.peek());
    }
  }

  private static String refusal(String json) {
    return assertThrows(ModelException.class, () -> read(json)).getMessage();
  }

  @Test
  void valuesOfEachKind() throws ModelException {
    assertEquals(
        "{a:[1;'x';{};[];];:{b:'';};}",
        read(" \t\r\n{ 'a' : [ 1 , 'x' , { } , [ ] ] , '' : {'b':''} } \t\r\n"));
    assertEquals("a literal: true", refusal("true"));
    assertEquals("a literal: false", refusal("false"));
    assertEquals("a literal: null", refusal("null"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "7",
        "10",
        "-1",
        "1e3",
        "1E+3",
        "0.50e-07",
        "-12.5",
        "99999999999999999999999999"
      })
  void numbersAreReturnedAsText(String number) throws ModelException {
    assertEquals(number, read(number));
    assertEquals("[" + number + ";]", read("[" + number + "]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "01 | 0: a number with a leading zero",
        "-01 | 0: a number with a leading zero",
        "00 | 0: a number with a leading zero",
        "+1 | 0: expected a value, found '+'",
        ".5 | 0: expected a value, found '.'",
        "[1.] | 3: expected a digit, found ']'",
        "[1.e3] | 3: expected a digit, found 'e'",
        "[1e] | 3: expected a digit, found ']'",
        "[1e+] | 4: expected a digit, found ']'",
        "[-] | 2: expected a digit, found ']'",
        "--1 | 1: expected a digit, found '-'",
        "-Infinity | 1: expected a digit, found 'I'",
        "NaN | 0: expected a value, found 'N'",
        "0x1 | 1: more text after its end",
        "1f | 1: more text after its end",
        "1 2 | 2: more text after its end",
        "\u0661 | 0: expected a value, found '\u0661'",
      })
  void invalidNumbers(String json, String message) {
    assertEquals("x is not valid JSON at character " + message, refusal(json));
  }

  @Test
  void everyEscapeSequence() throws ModelException {
    assertEquals(
        "'\"\\/\b\t\n\f\r\u0000\u00e9\u20ac\ud83d\ude00A'",
        read("'\\\"\\\\\\/\\b\\t\\n\\f\\r\\u0000\\u00e9\\u20AC\\ud83d\\uDE00\\u0041'"));
    assertEquals("'\u007f\u2028\ud83d\ude00'", read("'\u007f\u2028\ud83d\ude00'"));
    assertEquals("'\ud83d\ude00'", read("'\ud83d" + "\\ude00'"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\x", "\\U0041", "\\u004", "\\u00g1", "\\u+041", "\\u\u0661000", "\\0"})
  void noOtherEscapeSequence(String escape) {
    assertEquals(
        "x is not valid JSON at character 2: an invalid escape sequence",
        refusal("'a" + escape + "'"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\ud800",
        "\\udc00",
        "\\ud83dx",
        "\\ude00\\ud83d",
        "\\ud83d\\ud83d\\ude00",
        "\\\\\\ud83d",
        "\ud83d"
      })
  void unpairedSurrogatesAreRejected(String text) {
    String message = "a string with an unpaired surrogate";
    assertEquals("x is not valid JSON at character 0: " + message, refusal("'" + text + "'"));
    assertEquals("x is not valid JSON at character 2: " + message, refusal("{ '" + text + "':1}"));
  }

  @Test
  void controlCharacters() {
    for (char c = 0; c < ' '; c++) {
      assertEquals(
          "x is not valid JSON at character 2: the control character U+%04X in a string"
              .formatted((int) c),
          refusal("'a" + c + "'"));
    }
    assertEquals("x is not valid JSON at character 0: expected a value, found '?'", refusal("\0"));
    assertEquals("x is not valid JSON at character 1: more text after its end", refusal("1\0"));
    assertEquals("x is not valid JSON at character 1: more text after its end", refusal("1\u00a0"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'a':1,'a':2} | 7: duplicate name 'a'",
        "{'a':1,'b':1, '\\u0061':2} | 14: duplicate name 'a'",
        "[{'a':{'':1,'':2}}] | 12: duplicate name ''",
        "{'a' 1} | 5: expected ':', found '1'",
        "{'a':1 'b':2} | 7: expected ',' or '}', found '\"'",
        "{'a':1,} | 7: expected a string, found '}'",
        "{a:1} | 1: expected a string, found 'a'",
        "{1:1} | 1: expected a string, found '1'",
        "[1,] | 3: expected a value, found ']'",
        "[,1] | 1: expected a value, found ','",
        "[1 2] | 3: expected ',' or ']', found '2'",
        "[1} | 2: expected ',' or ']', found '}'",
        "[1]] | 3: more text after its end",
        "{} /**/ | 3: more text after its end",
        "tru | 0: expected a value, found 't'",
        "nul | 0: expected a value, found 'n'",
      })
  void invalidObjectsAndArrays(String json, String message) {
    assertEquals("x is not valid JSON at character " + message, refusal(json));
  }

  @Test
  void theSameNameInTwoObjectsIsValid() throws ModelException {
    assertEquals("{a:{a:1;};b:{a:2;};}", read("{'a':{'a':1},'b':{'a':2}}"));
  }

  /** Every proper prefix of a text is rejected. */
  @Test
  void truncatedText() throws ModelException {
    String whole = "{'a\\u0041': [ 1 , -2.5e+7 , 'x\\n' ] , 'b' : { 'c' : {} } }";
    read(whole);
    for (int length = 0; length < whole.length(); length++) {
      assertEquals("x ends in the middle of its JSON", refusal(whole.substring(0, length)));
    }
  }

  /** A caller that expects strings never descends into arrays. */
  @Test
  void unexpectedNestingIsRejected() {
    JsonReader deep = new JsonReader("[".repeat(1_000_000), "x");
    List<String> strings = new ArrayList<>();
    String message =
        assertThrows(ModelException.class, () -> deep.array(() -> strings.add(deep.string())))
            .getMessage();
    assertEquals("x is not valid JSON at character 1: expected a string, found '['", message);
  }

  @Test
  void messagesAreOneShortLine() {
    String name = "\\n\\u2028" + "x".repeat(100_000);
    String message = refusal("{'" + name + "':1,'" + name + "':2}");
    assertTrue(message.length() < 150 && message.lines().count() == 1, message);
  }
}
