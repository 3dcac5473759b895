package lanewise.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a JSON file into maps and lists; values are found by a path such as {@code test.loss}. */
public final class Json {
  private final Map<?, ?> root;

  private Json(Map<?, ?> root) {
    this.root = root;
  }

  /** A file with one object. */
  public static Json read(Path file) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(file.toFile())) {
      parser.nextToken();
      return new Json((Map<?, ?>) value(parser));
    }
  }

  /** A text with one object. */
  public static Json of(String text) {
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      parser.nextToken();
      return new Json((Map<?, ?>) value(parser));
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }

  private static Object value(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      Map<String, Object> object = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        object.put(name, value(parser));
      }
      return object;
    }
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      List<Object> array = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        array.add(value(parser));
      }
      return array;
    }
    return switch (parser.currentToken()) {
      case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
      case VALUE_NULL -> null;
      case VALUE_STRING -> parser.getText();
      default -> parser.getNumberValue();
    };
  }

  /** The value at a path, null if there is none. */
  public Object at(String path) {
    Object value = root;
    for (String name : path.split("\\.")) {
      value = value == null ? null : ((Map<?, ?>) value).get(name);
    }
    return value;
  }

  @Override
  public String toString() {
    return root.toString();
  }
}
