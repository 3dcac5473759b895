package lanewise.model;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import lanewise.io.Text;

/**
 * Reads a JSON text (RFC 8259) value by value, strictly: no comments, no duplicate names in an
 * object, no unpaired surrogates, nothing after the value.
 *
 * <p>The caller reads every value itself, with the types that its format defines, so a deeply
 * nested text cannot overflow the stack.
 */
final class JsonReader {
  private static final int END = -1;

  /** What begins at the reader's position. */
  enum Kind {
    OBJECT("an object"),
    ARRAY("an array"),
    STRING("a string"),
    NUMBER("a number"),
    TRUE("true"),
    FALSE("false"),
    NULL("null");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /** Reads the value of a name. */
  @FunctionalInterface
  interface Member {
    /** Reads exactly one value. */
    void read(String name) throws ModelException;
  }

  /** Reads an element. */
  @FunctionalInterface
  interface Element {
    /** Reads exactly one value. */
    void read() throws ModelException;
  }

  private final String text;
  private final String what;
  private int position;

  /**
   * @param what names the text in messages, such as the file name
   */
  JsonReader(String text, String what) {
    this.text = text;
    this.what = what;
  }

  /**
   * Returns the kind of the next value without reading it.
   *
   * @throws ModelException if no value begins here
   */
  Kind peek() throws ModelException {
    int c = next();
    return switch (c) {
      case '{' -> Kind.OBJECT;
      case '[' -> Kind.ARRAY;
      case '"' -> Kind.STRING;
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> Kind.NUMBER;
      case 't' -> literal("true", Kind.TRUE);
      case 'f' -> literal("false", Kind.FALSE);
      case 'n' -> literal("null", Kind.NULL);
      default -> throw unexpected("a value");
    };
  }

  private Kind literal(String word, Kind kind) throws ModelException {
    if (!text.startsWith(word, position)) {
      throw unexpected("a value");
    }
    return kind;
  }

  /**
   * Reads an object.
   *
   * @param member is given each name, in order
   */
  void object(Member member) throws ModelException {
    Set<String> names = new HashSet<>();
    take('{', "'{'");
    if (takeIf('}')) {
      return;
    }
    do {
      next();
      int start = position;
      String name = string();
      if (!names.add(name)) {
        throw invalid(start, "duplicate name " + Text.quote(name));
      }
      take(':', "':'");
      member.read(name);
    } while (takeIf(','));
    take('}', "',' or '}'");
  }

  /**
   * Reads an array.
   *
   * @param element is called for each
   */
  void array(Element element) throws ModelException {
    take('[', "'['");
    if (takeIf(']')) {
      return;
    }
    do {
      element.read();
    } while (takeIf(','));
    take(']', "',' or ']'");
  }

  /** Reads a string, which is valid UTF-16. */
  String string() throws ModelException {
    next();
    int start = position;
    take('"', "a string");
    StringBuilder value = new StringBuilder();
    int c = character();
    while (c != '"') {
      value.append((char) (c == '\\' ? escaped() : c));
      c = character();
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
      throw invalid(start, "a string with an unpaired surrogate");
    }
    return value.toString();
  }

  /** Reads the next character of a string, unescaped. */
  private char character() throws ModelException {
    if (position == text.length()) {
      throw truncated();
    }
    char c = text.charAt(position);
    if (c < ' ') {
      throw invalid(position, "the control character U+%04X in a string".formatted((int) c));
    }
    position++;
    return c;
  }

  /** Reads the rest of an escape sequence, after the backslash, and returns its character. */
  private char escaped() throws ModelException {
    int start = position - 1;
    char c = character();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'f' -> '\f';
      case 'r' -> '\r';
      case 'u' -> {
        int code = 0;
        for (int digits = 0; digits < 4; digits++) {
          char digit = character();
          int value = digit < 0x80 ? Character.digit(digit, 16) : -1;
          if (value < 0) {
            throw invalid(start, "an invalid escape sequence");
          }
          code = code << 4 | value;
        }
        yield (char) code;
      }
      default -> throw invalid(start, "an invalid escape sequence");
    };
  }

  /** Reads a number and returns its text. */
  String number() throws ModelException {
    next();
    int start = position;
    if (at() == '-') {
      position++;
    }
    if (at() == '0') {
      position++;
    } else {
      digits();
    }
    if (at() == '.') {
      position++;
      digits();
    }
    if (at() == 'e' || at() == 'E') {
      position++;
      if (at() == '+' || at() == '-') {
        position++;
      }
      digits();
    }
    if (isDigit()) {
      throw invalid(start, "a number with a leading zero");
    }
    return text.substring(start, position);
  }

  private void digits() throws ModelException {
    if (!isDigit()) {
      throw unexpected("a digit");
    }
    while (isDigit()) {
      position++;
    }
  }

  private boolean isDigit() {
    return at() >= '0' && at() <= '9';
  }

  /** Reads {@code true} or {@code false}. */
  boolean truth() throws ModelException {
    Kind kind = peek();
    if (kind != Kind.TRUE && kind != Kind.FALSE) {
      throw unexpected("true or false");
    }
    position += kind.toString().length();
    return kind == Kind.TRUE;
  }

  /** Checks that only white space follows. */
  void end() throws ModelException {
    if (next() != END) {
      throw invalid(position, "more text after its end");
    }
  }

  private void take(char expected, String words) throws ModelException {
    if (!takeIf(expected)) {
      throw unexpected(words);
    }
  }

  private boolean takeIf(char expected) {
    if (next() != expected) {
      return false;
    }
    position++;
    return true;
  }

  /**
   * Skips white space and returns the character after it, without reading it; {@link #END} at the
   * end of the text.
   */
  private int next() {
    while (at() == ' ' || at() == '\t' || at() == '\n' || at() == '\r') {
      position++;
    }
    return at();
  }

  private int at() {
    return position < text.length() ? text.charAt(position) : END;
  }

  private ModelException unexpected(String expected) {
    if (at() == END) {
      return truncated();
    }
    String found = Text.quote(Character.toString(text.codePointAt(position)));
    return invalid(position, "expected %s, found %s".formatted(expected, found));
  }

  private ModelException truncated() {
    return new ModelException(what + " ends in the middle of its JSON");
  }

  private ModelException invalid(int at, String why) {
    return new ModelException("%s is not valid JSON at character %d: %s".formatted(what, at, why));
  }
}
