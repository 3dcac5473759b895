package lanewise.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON file with one object. Values are found by a path such as {@code data.sha256}, and a value
 * that is missing or of another kind is said in a line.
 */
final class JsonObject {
  /** Far more than any file of ours, and no danger to memory. */
  private static final long MAX_BYTES = 16 << 20;

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Path file;
  private final Map<?, ?> root;

  private JsonObject(Path file, Map<?, ?> root) {
    this.file = file;
    this.root = root;
  }

  /**
   * Reads a file.
   *
   * @throws RunException if it is not one JSON object or cannot be read
   */
  static JsonObject read(Path file) throws RunException {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new RunException("%s: more than %d bytes".formatted(file, MAX_BYTES));
      }
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      try (JsonParser parser = JSON.createParser(text)) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
          throw new RunException(file + ": no JSON object");
        }
        Map<?, ?> root = (Map<?, ?>) value(parser);
        if (parser.nextToken() != null) {
          throw new RunException(file + ": more than one JSON object");
        }
        return new JsonObject(file, root);
      }
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new RunException("%s: not JSON, line %d".formatted(file, line), e);
    } catch (NoSuchFileException e) {
      throw new RunException(file + ": no such file", e);
    } catch (RunException e) {
      throw e;
    } catch (IOException e) {
      throw new RunException("%s: cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static Object value(JsonParser parser) throws IOException {
    switch (parser.currentToken()) {
      case START_OBJECT:
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          object.put(name, value(parser));
        }
        return object;
      case START_ARRAY:
        List<Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(value(parser));
        }
        return array;
      case VALUE_NUMBER_INT:
      case VALUE_NUMBER_FLOAT:
        return parser.getNumberValue();
      default:
        return parser.getText();
    }
  }

  /** An object of maps, lists, texts and numbers that this program made. */
  static JsonObject of(Map<String, Object> root) {
    return new JsonObject(Path.of("report"), root);
  }

  /** Writes all of it. */
  void write(JsonGenerator json) throws IOException {
    write(json, root);
  }

  private static void write(JsonGenerator json, Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Object name : map.keySet()) {
        json.writeFieldName((String) name);
        write(json, map.get(name));
      }
      json.writeEndObject();
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object element : list) {
        write(json, element);
      }
      json.writeEndArray();
    } else {
      json.writePOJO(value);
    }
  }

  /** Whether there is a value, of whatever kind. */
  boolean has(String path) {
    return find(path) != null;
  }

  /** A text. */
  String text(String path) throws RunException {
    return value(path, String.class, "text");
  }

  /** A point in time as ISO 8601 has it. */
  Instant instant(String path) throws RunException {
    try {
      return Instant.parse(text(path));
    } catch (DateTimeParseException e) {
      throw wrong(path, "time");
    }
  }

  /** A whole number from 0 to {@code most}. */
  long whole(String path, long most) throws RunException {
    return whole(path, value(path, Number.class, "number"), most);
  }

  /** A number. */
  double real(String path) throws RunException {
    return value(path, Number.class, "number").doubleValue();
  }

  /** Whole numbers from 0 to 2147483647. */
  List<Integer> wholes(String path) throws RunException {
    List<Integer> numbers = new ArrayList<>();
    for (Object element : value(path, List.class, "list")) {
      numbers.add((int) whole(path, element, Integer.MAX_VALUE));
    }
    return numbers;
  }

  /** Texts by name, in the file's order. */
  Map<String, String> texts(String path) throws RunException {
    Map<String, String> texts = new LinkedHashMap<>();
    Map<?, ?> object = value(path, Map.class, "object");
    for (Object name : object.keySet()) {
      if (!(object.get(name) instanceof String text)) {
        throw wrong(path, "object of texts");
      }
      texts.put((String) name, text);
    }
    return texts;
  }

  /** A square matrix of counts. */
  int[][] counts(String path) throws RunException {
    List<?> rows = value(path, List.class, "list");
    int[][] counts = new int[rows.size()][rows.size()];
    for (int row = 0; row < counts.length; row++) {
      if (!(rows.get(row) instanceof List<?> columns) || columns.size() != counts.length) {
        throw wrong(path, "square matrix");
      }
      for (int column = 0; column < counts.length; column++) {
        counts[row][column] = (int) whole(path, columns.get(column), Integer.MAX_VALUE);
      }
    }
    return counts;
  }

  /** Bytes, written as Base64. */
  byte[] bytes(String path) throws RunException {
    try {
      return Base64.getDecoder().decode(text(path));
    } catch (IllegalArgumentException e) {
      throw wrong(path, "Base64 text");
    }
  }

  /** The objects of a list. */
  List<JsonObject> objects(String path) throws RunException {
    List<JsonObject> objects = new ArrayList<>();
    for (Object element : value(path, List.class, "list")) {
      if (!(element instanceof Map<?, ?> map)) {
        throw wrong(path, "list of objects");
      }
      objects.add(new JsonObject(file, map));
    }
    return objects;
  }

  private long whole(String path, Object value, long most) throws RunException {
    if (value instanceof Integer || value instanceof Long) {
      long number = ((Number) value).longValue();
      if (number >= 0 && number <= most) {
        return number;
      }
    }
    throw wrong(path, "whole number from 0 to " + most);
  }

  private Object find(String path) {
    Object value = root;
    for (String name : path.split("\\.")) {
      value = value instanceof Map<?, ?> object ? object.get(name) : null;
    }
    return value;
  }

  private <T> T value(String path, Class<T> type, String kind) throws RunException {
    Object value = find(path);
    if (!type.isInstance(value)) {
      throw wrong(path, kind);
    }
    return type.cast(value);
  }

  private RunException wrong(String path, String expected) {
    return new RunException("%s: no %s '%s'".formatted(file, expected, path));
  }
}
