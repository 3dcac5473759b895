package lanewise.model;

import java.util.List;
import java.util.Locale;
import lanewise.table.Column;
import lanewise.table.Encoding;
import lanewise.table.Target;

/**
 * Writes an {@link Encoding} as JSON, the metadata entry {@code table} of a model; {@link
 * EncodingParser} reads it. Each number is the shortest decimal that reads back to the same float.
 */
final class EncodingJson {
  static final String HEADER = "header";
  static final String NAMED = "named";
  static final String COLUMNS = "columns";
  static final String DROPPED = "dropped";
  static final String TARGET = "target";
  static final String MISSING = "missing";
  static final String TYPE = "type";
  static final String NUMBER = "number";
  static final String TEXT = "text";
  static final String CLASS = "class";
  static final String NAME = "name";
  static final String OFFSET = "offset";
  static final String DIVISOR = "divisor";
  static final String MEAN = "mean";
  static final String VALUES = "values";
  static final String SHARES = "shares";

  private final StringBuilder json = new StringBuilder();

  private EncodingJson() {}

  /** The text of an encoding, on one line. */
  static String text(Encoding encoding) {
    return new EncodingJson().write(encoding);
  }

  private String write(Encoding encoding) {
    json.append('{');
    strings(HEADER, encoding.header());
    name(NAMED).append(encoding.named());
    string(MISSING, encoding.missing().name().toLowerCase(Locale.ROOT));
    name(COLUMNS).append('[');
    for (Column column : encoding.columns()) {
      separate();
      write(column);
    }
    json.append(']');
    strings(DROPPED, encoding.dropped());
    name(TARGET);
    write(encoding.target());
    return json.append('}').toString();
  }

  private void write(Column column) {
    json.append('{');
    switch (column) {
      case Column.Numbers numbers -> {
        string(TYPE, NUMBER);
        string(NAME, numbers.name());
        number(OFFSET, numbers.offset());
        number(DIVISOR, numbers.divisor());
        number(MEAN, numbers.mean());
      }
      case Column.Texts texts -> {
        string(TYPE, TEXT);
        string(NAME, texts.name());
        strings(VALUES, texts.values());
        name(SHARES).append('[');
        for (float share : texts.shares()) {
          separate();
          json.append(ModelMetadata.plain(share));
        }
        json.append(']');
      }
    }
    json.append('}');
  }

  private void write(Target target) {
    json.append('{');
    switch (target) {
      case Target.Classes classes -> {
        string(TYPE, CLASS);
        string(NAME, classes.name());
        strings(VALUES, classes.values());
      }
      case Target.Value value -> {
        string(TYPE, NUMBER);
        string(NAME, value.name());
        number(OFFSET, value.offset());
        number(DIVISOR, value.divisor());
      }
    }
    json.append('}');
  }

  private StringBuilder name(String name) {
    separate();
    JsonWriter.string(json, name);
    return json.append(':');
  }

  private void string(String name, String value) {
    JsonWriter.string(name(name), value);
  }

  private void strings(String name, List<String> values) {
    JsonWriter.strings(name(name), values);
  }

  private void number(String name, float value) {
    name(name).append(ModelMetadata.plain(value));
  }

  /** Writes a comma between the parts of an object or array. */
  private void separate() {
    char last = json.charAt(json.length() - 1);
    if (last != '{' && last != '[') {
      json.append(',');
    }
  }
}
