package lanewise.model;

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
import lanewise.io.Text;
import lanewise.model.JsonReader.Kind;

/**
 * Reads the JSON of a safetensors header and rejects everything that the format does not define.
 */
final class HeaderParser {
  /** Digits of {@link Long#MAX_VALUE}. */
  private static final int MAX_DIGITS = 19;

  /** NumPy's limit before version 2. */
  private static final int MAX_DIMENSIONS = 32;

  private final Object file;
  private final JsonReader json;
  private final SortedMap<String, String> metadata = new TreeMap<>();
  private final List<TensorEntry> tensors = new ArrayList<>();

  private HeaderParser(Object file, JsonReader json) {
    this.file = file;
    this.json = json;
  }

  /**
   * Reads a header; its tensors are not yet checked against the data.
   *
   * @param utf8 the JSON with its padding
   * @param file for messages
   * @throws ModelException if it is not a valid header
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
    return new HeaderParser(file, new JsonReader(text, file + ": header")).header();
  }

  private SafetensorsHeader header() throws ModelException {
    json.object(
        name -> {
          expect(Kind.OBJECT, name, "an object");
          if (name.equals(SafetensorsHeader.METADATA)) {
            json.object(this::readMetadata);
          } else {
            readTensor(name);
          }
        });
    json.end();
    tensors.sort(Comparator.comparingLong(TensorEntry::begin).thenComparing(TensorEntry::end));
    return new SafetensorsHeader(metadata, tensors);
  }

  private void readMetadata(String key) throws ModelException {
    expect(Kind.STRING, key, "a string");
    metadata.put(key, json.string());
  }

  private void readTensor(String name) throws ModelException {
    Fields fields = new Fields(name);
    json.object(fields::read);
    tensors.add(fields.entry());
  }

  /** The fields of one tensor, null until they have been read. */
  private final class Fields {
    private final String name;
    private String type;
    private long[] shape;
    private long[] offsets;

    Fields(String name) {
      this.name = name;
    }

    void read(String field) throws ModelException {
      switch (field) {
        case SafetensorsHeader.DTYPE -> readType();
        case SafetensorsHeader.SHAPE -> shape = numbers(name, MAX_DIMENSIONS, Integer.MAX_VALUE);
        case SafetensorsHeader.OFFSETS -> offsets = numbers(name, 2, Long.MAX_VALUE);
        default -> throw bad(name, "unknown field " + Text.quote(field));
      }
    }

    private void readType() throws ModelException {
      expect(Kind.STRING, name, "a dtype");
      type = json.string();
      if (!type.equals(SafetensorsHeader.FLOAT32)) {
        throw bad(name, "dtype %s, expected F32 (float32)".formatted(Text.quote(type)));
      }
    }

    TensorEntry entry() throws ModelException {
      if (type == null || shape == null || offsets == null) {
        throw bad(name, "expected dtype, shape and data_offsets");
      }
      if (offsets.length != 2) {
        throw bad(
            name,
            "data_offsets has %s, expected 2".formatted(Text.count(offsets.length, "number")));
      }
      int[] sizes = Arrays.stream(shape).mapToInt(Math::toIntExact).toArray();
      return new TensorEntry(name, sizes, offsets[0], offsets[1]);
    }
  }

  private long[] numbers(String name, int maxCount, long max) throws ModelException {
    expect(Kind.ARRAY, name, "an array of whole numbers");
    List<Long> numbers = new ArrayList<>();
    json.array(
        () -> {
          expect(Kind.NUMBER, name, "a whole number");
          if (numbers.size() == maxCount) {
            throw bad(name, "an array of more than %d numbers".formatted(maxCount));
          }
          numbers.add(number(name, json.number(), max));
        });
    return numbers.stream().mapToLong(Long::longValue).toArray();
  }

  private long number(String name, String digits, long max) throws ModelException {
    if (digits.length() <= MAX_DIGITS && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      long number = Long.parseUnsignedLong(digits); // Some numbers of 19 digits exceed a long.
      if (number >= 0 && number <= max) {
        return number;
      }
    }
    throw bad(name, "%s is not a whole number from 0 to %d".formatted(Text.quote(digits), max));
  }

  private void expect(Kind expected, String name, String words) throws ModelException {
    Kind found = json.peek();
    if (found != expected) {
      throw bad(name, "expected %s, found %s".formatted(words, found));
    }
  }

  private ModelException bad(String name, String what) {
    return new ModelException("%s: header, %s: %s".formatted(file, Text.quote(name), what));
  }
}
