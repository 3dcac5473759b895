package lanewise.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lanewise.io.FileNames;
import lanewise.io.ReadErrors;
import lanewise.io.Text;

/**
 * A JSON file that holds one object. Values are found by a path such as {@code data.sha256}; a
 * value that is missing or of the wrong kind is reported in one sentence.
 */
public final class JsonObject {
  /** Far larger than any file we write, and small enough for memory. */
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
  public static JsonObject read(Path file) throws RunException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        throw new RunException(
            "%s: %s, expected a file"
                .formatted(file, attributes.isDirectory() ? "a directory" : "not a regular file"));
      }
      if (attributes.size() > MAX_BYTES) {
        throw new RunException("%s: more than %d bytes".formatted(file, MAX_BYTES));
      }
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      try (JsonParser parser = JSON.createParser(text)) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
          throw new RunException(file + ": not a JSON object");
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
    } catch (RunException e) {
      throw e;
    } catch (IOException e) {
      throw new RunException(ReadErrors.describe(file, e), e);
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
      case VALUE_TRUE:
      case VALUE_FALSE:
        return parser.getBooleanValue();
      default:
        return parser.getText();
    }
  }

  /** An object made of maps, lists, strings, numbers and booleans. */
  public static JsonObject of(Map<String, Object> root) {
    return new JsonObject(Path.of("report"), root);
  }

  /**
   * Writes the whole object into a file, completely or not at all.
   *
   * @param file in an existing directory
   * @throws IOException if it cannot be written
   */
  public void write(Path file) throws IOException {
    JsonFile.write(file, this::write);
  }

  /** Writes the whole object. */
  public void write(JsonGenerator json) throws IOException {
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

  /** Whether there is a value of any kind. */
  public boolean has(String path) {
    return find(path) != null;
  }

  /** A string. */
  public String text(String path) throws RunException {
    return value(path, String.class, "string");
  }

  /** A point in time in ISO 8601 format. */
  Instant instant(String path) throws RunException {
    try {
      return Instant.parse(text(path));
    } catch (DateTimeParseException e) {
      throw wrong(path, "time");
    }
  }

  /** A file name. */
  Path path(String path) throws RunException {
    String name = text(path);
    try {
      return FileNames.path(name);
    } catch (InvalidPathException e) {
      throw new RunException(
          "%s: %s: %s is not a file name here: %s"
              .formatted(file, path, Text.quote(name), e.getReason()),
          e);
    }
  }

  /** An integer in a range. */
  public long integer(String path, long min, long max) throws RunException {
    return integer(path, value(path, Number.class, "number"), min, max);
  }

  /** A number. */
  public double real(String path) throws RunException {
    return value(path, Number.class, "number").doubleValue();
  }

  /** A boolean. */
  boolean flag(String path) throws RunException {
    return value(path, Boolean.class, "boolean");
  }

  /**
   * One of some values, by its name in lower case.
   *
   * @param kind of the values, for people
   */
  <E extends Enum<E>> E oneOf(String path, Class<E> values, String kind) throws RunException {
    String name = text(path);
    for (E value : values.getEnumConstants()) {
      if (value.name().toLowerCase(Locale.ROOT).equals(name)) {
        return value;
      }
    }
    throw wrong(path, kind);
  }

  /** A list of numbers. */
  List<Double> reals(String path) throws RunException {
    List<Double> numbers = new ArrayList<>();
    for (Object element : value(path, List.class, "list")) {
      if (!(element instanceof Number number)) {
        throw wrong(path, "list of numbers");
      }
      numbers.add(number.doubleValue());
    }
    return numbers;
  }

  /** The names of an object's values, in the order of the file. */
  public List<String> names(String path) throws RunException {
    Map<?, ?> object = value(path, Map.class, "object");
    return object.keySet().stream().map(String::valueOf).toList();
  }

  /** A list of texts. */
  public List<String> texts(String path) throws RunException {
    List<String> texts = new ArrayList<>();
    for (Object element : value(path, List.class, "list")) {
      if (!(element instanceof String text)) {
        throw wrong(path, "list of texts");
      }
      texts.add(text);
    }
    return texts;
  }

  /** A list of integers in a range. */
  List<Integer> integers(String path, int min, int max) throws RunException {
    List<Integer> numbers = new ArrayList<>();
    for (Object element : value(path, List.class, "list")) {
      numbers.add((int) integer(path, element, min, max));
    }
    return numbers;
  }

  /** A square matrix of counts. */
  public int[][] counts(String path) throws RunException {
    List<?> rows = value(path, List.class, "list");
    int[][] counts = new int[rows.size()][rows.size()];
    for (int row = 0; row < counts.length; row++) {
      if (!(rows.get(row) instanceof List<?> columns) || columns.size() != counts.length) {
        throw wrong(path, "square matrix");
      }
      for (int column = 0; column < counts.length; column++) {
        counts[row][column] = (int) integer(path, columns.get(column), 0, Integer.MAX_VALUE);
      }
    }
    return counts;
  }

  /** Bytes in Base64. */
  byte[] bytes(String path) throws RunException {
    try {
      return Base64.getDecoder().decode(text(path));
    } catch (IllegalArgumentException e) {
      throw wrong(path, "Base64 string");
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

  private long integer(String path, Object value, long min, long max) throws RunException {
    if (value instanceof Integer || value instanceof Long) {
      long number = ((Number) value).longValue();
      if (number >= min && number <= max) {
        return number;
      }
    }
    throw wrong(path, "integer from %d to %d".formatted(min, max));
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

  /** The exception for a value that is missing or of the wrong kind. */
  RunException wrong(String path, String expected) {
    return new RunException("%s: no %s '%s'".formatted(file, expected, path));
  }
}
