package lanewise.model;

import java.util.List;

/** Writes the strings of a JSON text (RFC 8259) with only the escapes that JSON requires. */
final class JsonWriter {
  private JsonWriter() {}

  /**
   * Appends a string in quotes.
   *
   * @param text valid UTF-16, which the caller checks when it encodes the result
   */
  static void string(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\b' -> out.append("\\b");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\f' -> out.append("\\f");
        case '\r' -> out.append("\\r");
        default -> {
          if (c < ' ') {
            out.append("\\u%04X".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /**
   * Appends an array of strings.
   *
   * @param texts see {@link #string}
   */
  static void strings(StringBuilder out, List<String> texts) {
    out.append('[');
    for (int i = 0; i < texts.size(); i++) {
      out.append(i > 0 ? "," : "");
      string(out, texts.get(i));
    }
    out.append(']');
  }
}
