package lanewise.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import lanewise.io.Text;

/**
 * The header of a safetensors file.
 *
 * @param metadata strings by key
 * @param tensors in the order of their bytes
 */
record SafetensorsHeader(SortedMap<String, String> metadata, List<TensorEntry> tensors) {
  /**
   * The longest header that is read or written, in bytes: enough for about 100,000 tensors, or
   * columns of a table.
   */
  static final int MAX_BYTES = 1 << 24;

  /** The longest array that every HotSpot JVM can allocate. */
  private static final int MAX_ELEMENTS = Integer.MAX_VALUE - 8;

  static final String METADATA = "__metadata__";
  static final String DTYPE = "dtype";
  static final String SHAPE = "shape";
  static final String OFFSETS = "data_offsets";
  static final String FLOAT32 = "F32";

  private static final int ALIGNMENT = 8;

  /** The order of names in the format's reference writer: by UTF-8 bytes. */
  private static final Comparator<byte[]> BYTES = Arrays::compareUnsigned;

  /** The header of tensors that are stored contiguously in the given order. */
  static SafetensorsHeader of(List<Tensor> sorted, SortedMap<String, String> metadata) {
    List<TensorEntry> entries = new ArrayList<>();
    long at = 0;
    for (Tensor tensor : sorted) {
      long end = at + (long) tensor.data().length * Float.BYTES;
      entries.add(new TensorEntry(tensor.name(), tensor.shape(), at, end));
      at = end;
    }
    return new SafetensorsHeader(metadata, entries);
  }

  /**
   * The tensors in the order of the format's reference writer: by descending alignment, which all
   * float32 tensors share, then by name.
   */
  static List<Tensor> sort(List<Tensor> tensors) {
    return tensors.stream()
        .sorted(
            Comparator.comparing(tensor -> tensor.name().getBytes(StandardCharsets.UTF_8), BYTES))
        .toList();
  }

  /** The same header with another metadata entry. */
  SafetensorsHeader with(String key, String value) {
    SortedMap<String, String> more = new TreeMap<>(metadata);
    more.put(key, value);
    return new SafetensorsHeader(more, tensors);
  }

  /**
   * The length as 8 bytes, little-endian, then the JSON, padded with spaces.
   *
   * @throws IOException if a name or value has an unpaired surrogate, which UTF-8 cannot encode
   */
  ByteBuffer bytes() throws IOException {
    ByteBuffer json = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(json()));
    int length = (json.remaining() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES + length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(length)
            .put(json);
    while (bytes.hasRemaining()) {
      bytes.put((byte) ' ');
    }
    return bytes.flip();
  }

  private StringBuilder json() {
    StringBuilder json = new StringBuilder("{");
    if (!metadata.isEmpty()) {
      JsonWriter.string(json, METADATA);
      json.append(":{");
      metadata.forEach(
          (key, value) -> {
            JsonWriter.string(json, key);
            json.append(':');
            JsonWriter.string(json, value);
            json.append(',');
          });
      json.setCharAt(json.length() - 1, '}');
      json.append(',');
    }
    for (TensorEntry tensor : tensors) {
      JsonWriter.string(json, tensor.name());
      json.append(
          ":{\"%s\":\"%s\",\"%s\":%s,\"%s\":[%d,%d]},"
              .formatted(
                  DTYPE,
                  FLOAT32,
                  SHAPE,
                  Arrays.toString(tensor.shape()).replace(" ", ""),
                  OFFSETS,
                  tensor.begin(),
                  tensor.end()));
    }
    if (json.length() > 1) {
      json.setLength(json.length() - 1); // The last comma.
    }
    return json.append('}');
  }

  /**
   * Checks that the tensors fill the file's data without gaps or overlaps.
   *
   * @param file for messages
   * @param dataBytes bytes of the file after the header
   * @throws ModelException if they do not
   */
  void checkLayout(Object file, long dataBytes) throws ModelException {
    long at = 0;
    for (TensorEntry tensor : tensors) {
      String place = "%s: tensor %s".formatted(file, Text.quote(tensor.name()));
      if (tensor.begin() > tensor.end() || tensor.end() > dataBytes) {
        throw new ModelException(
            "%s: bytes %d to %d, but the data is %s long"
                .formatted(place, tensor.begin(), tensor.end(), Text.count(dataBytes, "byte")));
      }
      if (tensor.begin() != at) {
        throw new ModelException(
            "%s: begins at byte %d, expected byte %d, without a gap or overlap"
                .formatted(place, tensor.begin(), at));
      }
      long elements = Tensor.elements(tensor.shape());
      long bytes = tensor.end() - tensor.begin();
      if (bytes % Float.BYTES != 0 || bytes / Float.BYTES != elements) {
        throw new ModelException(
            "%s: %s, expected a float32 tensor of shape %s"
                .formatted(place, Text.count(bytes, "byte"), Arrays.toString(tensor.shape())));
      }
      if (elements > MAX_ELEMENTS) {
        throw new ModelException(
            "%s: %d values, more than an array can hold (%d)"
                .formatted(place, elements, MAX_ELEMENTS));
      }
      at = tensor.end();
    }
    if (at != dataBytes) {
      throw new ModelException(
          "%s: %s of data, but its tensors end at byte %d"
              .formatted(file, Text.count(dataBytes, "byte"), at));
    }
  }
}
