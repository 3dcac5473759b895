package lanewise.model;

import static lanewise.model.EncodingJson.CLASS;
import static lanewise.model.EncodingJson.COLUMNS;
import static lanewise.model.EncodingJson.DIVISOR;
import static lanewise.model.EncodingJson.DROPPED;
import static lanewise.model.EncodingJson.HEADER;
import static lanewise.model.EncodingJson.MEAN;
import static lanewise.model.EncodingJson.MISSING;
import static lanewise.model.EncodingJson.NAME;
import static lanewise.model.EncodingJson.NAMED;
import static lanewise.model.EncodingJson.NUMBER;
import static lanewise.model.EncodingJson.OFFSET;
import static lanewise.model.EncodingJson.SHARES;
import static lanewise.model.EncodingJson.TARGET;
import static lanewise.model.EncodingJson.TEXT;
import static lanewise.model.EncodingJson.TYPE;
import static lanewise.model.EncodingJson.VALUES;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import lanewise.io.Text;
import lanewise.model.JsonReader.Kind;
import lanewise.table.Column;
import lanewise.table.Encoding;
import lanewise.table.Missing;
import lanewise.table.Target;

/** Reads what {@link EncodingJson} writes. */
final class EncodingParser {
  /** Characters of a message that may hold names of any length. */
  private static final int LONGEST = 200;

  private final JsonReader json;

  private EncodingParser(JsonReader json) {
    this.json = json;
  }

  /**
   * Parses an encoding.
   *
   * @param text the value of the metadata entry
   * @param place the entry, for messages
   * @throws ModelException if it is anything else
   */
  static Encoding parse(String text, String place) throws ModelException {
    EncodingParser parser = new EncodingParser(new JsonReader(text, place));
    Whole whole = parser.new Whole(place);
    parser.object(place, whole::read);
    parser.json.end();
    return whole.encoding();
  }

  /** Refuses an object that lacks a field, or has one that does not belong to it. */
  private static void complete(Set<String> found, String place, String... expected)
      throws ModelException {
    if (!found.equals(Set.of(expected))) {
      throw bad(place, "the fields %s, expected %s".formatted(found, List.of(expected)));
    }
  }

  /** Makes a value of parts that may not fit together. */
  private static <T> T make(String place, Supplier<T> maker) throws ModelException {
    try {
      return maker.get();
    } catch (IllegalArgumentException e) {
      throw new ModelException(place + ": " + Text.start(e.getMessage(), LONGEST), e);
    }
  }

  private static ModelException bad(String place, String what) {
    return new ModelException(place + ": " + what);
  }

  /** The fields of the object itself; those that were not found are null, false or empty. */
  private final class Whole {
    private final String place;
    private final Set<String> found = new TreeSet<>();
    private List<String> header;
    private boolean named;
    private Missing missing;
    private final List<Column> columns = new ArrayList<>();
    private List<String> dropped;
    private Target target;

    Whole(String place) {
      this.place = place;
    }

    void read(String field) throws ModelException {
      String where = "%s, %s".formatted(place, field);
      switch (field) {
        case HEADER -> header = strings(where);
        case NAMED -> named = truth(where);
        case MISSING -> missing = missing(where);
        case COLUMNS -> {
          expect(Kind.ARRAY, where, "an array of columns");
          json.array(
              () -> columns.add(part("%s %d".formatted(where, columns.size() + 1)).column()));
        }
        case DROPPED -> dropped = strings(where);
        case TARGET -> target = part(where).target();
        default -> throw bad(place, "unknown field " + Text.quote(field));
      }
      found.add(field);
    }

    private Missing missing(String where) throws ModelException {
      String text = string(where);
      for (Missing value : Missing.values()) {
        if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
          return value;
        }
      }
      throw bad(where, "%s, expected 'fail' or 'mean'".formatted(Text.quote(text)));
    }

    Encoding encoding() throws ModelException {
      complete(found, place, HEADER, NAMED, MISSING, COLUMNS, DROPPED, TARGET);
      return make(place, () -> new Encoding(header, named, columns, dropped, target, missing));
    }
  }

  private Part part(String place) throws ModelException {
    Part part = new Part(place);
    object(place, part::read);
    return part;
  }

  /** The fields of a column or of the target; those that were not found are null, 0 or empty. */
  private final class Part {
    private final String place;
    private final Set<String> found = new TreeSet<>();
    private String type;
    private String name;
    private float offset;
    private float divisor;
    private float mean;
    private List<String> values;
    private final List<Float> shares = new ArrayList<>();

    Part(String place) {
      this.place = place;
    }

    void read(String field) throws ModelException {
      String where = "%s, %s".formatted(place, field);
      switch (field) {
        case TYPE -> type = string(where);
        case NAME -> name = string(where);
        case OFFSET -> offset = number(where);
        case DIVISOR -> divisor = number(where);
        case MEAN -> mean = number(where);
        case VALUES -> values = strings(where);
        case SHARES -> {
          expect(Kind.ARRAY, where, "an array of numbers");
          json.array(() -> shares.add(number(where)));
        }
        default -> throw bad(place, "unknown field " + Text.quote(field));
      }
      found.add(field);
    }

    Column column() throws ModelException {
      if (NUMBER.equals(type)) {
        complete(found, place, TYPE, NAME, OFFSET, DIVISOR, MEAN);
        return make(place, () -> new Column.Numbers(name, offset, divisor, mean));
      }
      checkType(TEXT, NUMBER);
      complete(found, place, TYPE, NAME, VALUES, SHARES);
      return make(place, () -> new Column.Texts(name, values, shares));
    }

    Target target() throws ModelException {
      if (NUMBER.equals(type)) {
        complete(found, place, TYPE, NAME, OFFSET, DIVISOR);
        return make(place, () -> new Target.Value(name, offset, divisor));
      }
      checkType(CLASS, NUMBER);
      complete(found, place, TYPE, NAME, VALUES);
      return make(place, () -> new Target.Classes(name, values));
    }

    private void checkType(String expected, String other) throws ModelException {
      if (!expected.equals(type)) {
        String known = "'%s' or '%s'".formatted(expected, other);
        throw bad(
            place,
            type == null
                ? "no type, expected " + known
                : "type %s, expected %s".formatted(Text.quote(type), known));
      }
    }
  }

  private void object(String place, JsonReader.Member member) throws ModelException {
    expect(Kind.OBJECT, place, "an object");
    json.object(member);
  }

  private List<String> strings(String place) throws ModelException {
    expect(Kind.ARRAY, place, "an array of strings");
    List<String> strings = new ArrayList<>();
    json.array(() -> strings.add(string(place)));
    return strings;
  }

  private String string(String place) throws ModelException {
    expect(Kind.STRING, place, "a string");
    return json.string();
  }

  private boolean truth(String place) throws ModelException {
    if (json.peek() != Kind.TRUE) {
      expect(Kind.FALSE, place, "true or false");
    }
    return json.truth();
  }

  private float number(String place) throws ModelException {
    expect(Kind.NUMBER, place, "a number");
    String text = json.number();
    float number = Float.parseFloat(text);
    if (!Float.isFinite(number)) {
      throw bad(place, Text.quote(text) + " is beyond the range of float32");
    }
    return number;
  }

  private void expect(Kind expected, String place, String words) throws ModelException {
    Kind found = json.peek();
    if (found != expected) {
      throw bad(place, "expected %s, found %s".formatted(words, found));
    }
  }
}
