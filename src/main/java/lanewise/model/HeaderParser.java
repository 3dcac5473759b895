package lanewise.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the JSON of a safetensors header, and nothing that the format does not have. */
final class HeaderParser {
  /** An object of objects of arrays. */
  private static final int MAX_DEPTH = 3;

  /** Digits of the largest offset. */
  private static final int MAX_DIGITS = 19;

  /** As many dimensions as NumPy has always had room for. */
  private static final int MAX_DIMENSIONS = 32;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_DIGITS)
                  .maxNameLength(SafetensorsHeader.MAX_BYTES)
                  .maxStringLength(SafetensorsHeader.MAX_BYTES)
                  .build())
          .build();

  private final Object file;
  private final JsonParser json;
  private final SortedMap<String, String> metadata = new TreeMap<>();
  private final List<TensorEntry> tensors = new ArrayList<>();

  private HeaderParser(Object file, JsonParser json) {
    this.file = file;
    this.json = json;
  }

  /**
   * Reads a header; its tensors are not yet checked against the data.
   *
   * @param utf8 the JSON with its padding
   * @param file for messages
   * @throws ModelException if it is no header
   */
  static SafetensorsHeader parse(byte[] utf8, Object file) throws IOException {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new ModelException(file + ": header is not UTF-8 text", e);
    }
    if (!text.startsWith("{")) {
      throw new ModelException(file + ": header does not begin with '{'; is it safetensors?");
    }
    try (JsonParser json = JSON.createParser(text)) {
      return new HeaderParser(file, json).header();
    } catch (JsonEOFException e) {
      throw new ModelException(file + ": header ends in the middle of its JSON", e);
    } catch (StreamConstraintsException e) {
      throw new ModelException(
          "%s: header is nested deeper than %d or has a number of more than %d digits"
              .formatted(file, MAX_DEPTH, MAX_DIGITS),
          e);
    } catch (JsonProcessingException e) {
      throw new ModelException(
          "%s: header is not JSON as safetensors has it%s: %s"
              .formatted(file, place(e.getLocation()), oneLine(e.getOriginalMessage())),
          e);
    }
  }

  private static String place(JsonLocation location) {
    return location == null ? "" : ", at character " + location.getCharOffset();
  }

  /** The parser's words, which may quote the header. */
  private static String oneLine(String message) {
    String line = message.replaceAll("[\\p{Cntrl}\\p{Cs}\\u2028\\u2029]+", " ");
    return line.length() > 200 ? line.substring(0, 200) + "..." : line;
  }

  private SafetensorsHeader header() throws IOException {
    json.nextToken();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = text(json.currentName(), "a tensor's name");
      expect(json.nextToken(), JsonToken.START_OBJECT, name, "an object");
      if (name.equals(SafetensorsHeader.METADATA)) {
        readMetadata();
      } else {
        readTensor(name);
      }
    }
    if (json.nextToken() != null) {
      throw bad("goes on after its end");
    }
    tensors.sort(Comparator.comparingLong(TensorEntry::begin).thenComparing(TensorEntry::end));
    return new SafetensorsHeader(metadata, tensors);
  }

  private void readMetadata() throws IOException {
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = text(json.currentName(), "a name in the metadata");
      expect(json.nextToken(), JsonToken.VALUE_STRING, key, "a string");
      metadata.put(key, text(json.getText(), ModelException.quote(key)));
    }
  }

  private void readTensor(String name) throws IOException {
    int[] shape = null;
    long[] offsets = null;
    boolean typed = false;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case SafetensorsHeader.DTYPE -> {
          readType(name);
          typed = true;
        }
        case SafetensorsHeader.SHAPE -> shape = shape(name);
        case SafetensorsHeader.OFFSETS -> offsets = numbers(name, 2, Long.MAX_VALUE);
        default -> throw bad(name, "unknown field " + ModelException.quote(field));
      }
    }
    if (!typed || shape == null || offsets == null) {
      throw bad(name, "expected dtype, shape and data_offsets");
    }
    if (offsets.length != 2) {
      throw bad(name, "data_offsets has %d numbers, expected 2".formatted(offsets.length));
    }
    tensors.add(new TensorEntry(name, shape, offsets[0], offsets[1]));
  }

  private void readType(String name) throws IOException {
    expect(json.currentToken(), JsonToken.VALUE_STRING, name, "a dtype");
    if (!json.getText().equals(SafetensorsHeader.FLOAT32)) {
      throw bad(
          name, "dtype %s, expected F32 (float32)".formatted(ModelException.quote(json.getText())));
    }
  }

  private int[] shape(String name) throws IOException {
    long[] sizes = numbers(name, MAX_DIMENSIONS, Integer.MAX_VALUE);
    return Arrays.stream(sizes).mapToInt(Math::toIntExact).toArray();
  }

  /** An array of whole numbers that are not negative. */
  private long[] numbers(String name, int most, long highest) throws IOException {
    expect(json.currentToken(), JsonToken.START_ARRAY, name, "an array of whole numbers");
    long[] numbers = new long[most];
    int count = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(json.currentToken(), JsonToken.VALUE_NUMBER_INT, name, "a whole number");
      long number = json.getLongValue();
      if (number < 0 || number > highest) {
        throw bad(name, "%d is not a number from 0 to %d".formatted(number, highest));
      }
      if (count == most) {
        throw bad(name, "an array of more than %d numbers".formatted(most));
      }
      numbers[count++] = number;
    }
    return Arrays.copyOf(numbers, count);
  }

  /** Text that can be written again: JSON may spell half a character. */
  private String text(String text, String what) throws ModelException {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw bad(what + " has half a character in it");
    }
    return text;
  }

  private void expect(JsonToken found, JsonToken expected, String name, String what)
      throws ModelException {
    if (found != expected) {
      throw bad(name, "expected %s, found %s".formatted(what, describe(found)));
    }
  }

  private static String describe(JsonToken token) {
    return switch (token) {
      case START_OBJECT, END_OBJECT -> "an object";
      case START_ARRAY, END_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT -> "a whole number";
      case VALUE_NUMBER_FLOAT -> "a fraction";
      default -> token.asString();
    };
  }

  private ModelException bad(String name, String what) {
    return bad("%s: %s".formatted(ModelException.quote(name), what));
  }

  private ModelException bad(String what) {
    return new ModelException("%s: header, %s".formatted(file, what));
  }
}
