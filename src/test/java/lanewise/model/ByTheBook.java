package lanewise.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Independent readers, written from the specifications of the formats. */
final class ByTheBook {
  private static final Pattern METADATA =
      Pattern.compile("\"__metadata__\":\\{((?:\"(?:\\\\.|[^\"])*\"[:,]?)*)\\}");
  private static final Pattern STRING = Pattern.compile("\"((?:\\\\.|[^\"])*)\"");
  private static final Pattern TENSOR =
      Pattern.compile(
          "\"([^\"]+)\":\\{\"dtype\":\"F32\",\"shape\":\\[([\\d,]*)\\],"
              + "\"data_offsets\":\\[(\\d+),(\\d+)\\]\\}");

  private ByTheBook() {}

  /** An array of a file. */
  record Array(String shape, float[] values, long begin, long end) {}

  /** The JSON text of a safetensors header, its padding included. */
  static String header(byte[] file) {
    long length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return new String(file, 8, (int) length, StandardCharsets.UTF_8);
  }

  /** The metadata of a safetensors file, as it is written: escapes are left in. */
  static Map<String, String> metadata(byte[] file) {
    Matcher all = METADATA.matcher(header(file));
    Map<String, String> metadata = new LinkedHashMap<>();
    if (all.find()) {
      List<String> strings =
          STRING.matcher(all.group(1)).results().map(found -> found.group(1)).toList();
      for (int i = 0; i < strings.size(); i += 2) {
        metadata.put(strings.get(i), strings.get(i + 1));
      }
    }
    return metadata;
  }

  /** The tensors of a safetensors file, in the order of its header. */
  static Map<String, Array> safetensors(byte[] file) {
    String header = header(file);
    int data = 8 + header.getBytes(StandardCharsets.UTF_8).length;
    Map<String, Array> arrays = new LinkedHashMap<>();
    Matcher tensor = TENSOR.matcher(header);
    while (tensor.find()) {
      long begin = Long.parseLong(tensor.group(3));
      long end = Long.parseLong(tensor.group(4));
      byte[] bytes = Arrays.copyOfRange(file, (int) (data + begin), (int) (data + end));
      arrays.put(tensor.group(1), new Array(tensor.group(2), floats(bytes), begin, end));
    }
    return arrays;
  }

  /** The arrays of an npz file, in order. */
  static Map<String, Array> npz(Path file) throws IOException {
    Map<String, Array> arrays = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        try (InputStream in = zip.getInputStream(entry)) {
          arrays.put(entry.getName(), npy(in.readAllBytes()));
        }
      }
    }
    return arrays;
  }

  private static Array npy(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    byte[] magic = new byte[8];
    bytes.get(magic);
    if (!Arrays.equals(magic, new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})) {
      throw new AssertionError("not NumPy's format 1.0: " + Arrays.toString(magic));
    }
    int length = Short.toUnsignedInt(bytes.getShort());
    int data = 10 + length;
    String header = new String(file, 10, length, StandardCharsets.US_ASCII);
    Matcher parts =
        Pattern.compile(
                "\\{'descr': '<f4', 'fortran_order': False, 'shape': \\(([^)]*)\\), \\} *\\n")
            .matcher(header);
    if (data % 64 != 0 || !parts.matches()) {
      throw new AssertionError("header of %d bytes: %s".formatted(length, header));
    }
    return new Array(
        parts.group(1), floats(Arrays.copyOfRange(file, data, file.length)), data, file.length);
  }

  private static float[] floats(byte[] bytes) {
    float[] values = new float[bytes.length / 4];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  /**
   * A protobuf message: for each field number its values, in order, a long for a varint, a {@code
   * byte[]} for what has a length.
   */
  static Map<Integer, List<Object>> protobuf(byte[] message) {
    Map<Integer, List<Object>> fields = new LinkedHashMap<>();
    ByteBuffer bytes = ByteBuffer.wrap(message);
    while (bytes.hasRemaining()) {
      long key = varint(bytes);
      Object value;
      if ((key & 7) == 0) {
        value = varint(bytes);
      } else if ((key & 7) == 2) {
        byte[] content = new byte[(int) varint(bytes)];
        bytes.get(content);
        value = content;
      } else {
        throw new AssertionError("wire type " + (key & 7));
      }
      fields.computeIfAbsent((int) (key >> 3), field -> new ArrayList<>()).add(value);
    }
    return fields;
  }

  private static long varint(ByteBuffer bytes) {
    long value = 0;
    int shift = 0;
    byte next;
    do {
      next = bytes.get();
      value |= (long) (next & 0x7f) << shift;
      shift += 7;
    } while (next < 0);
    return value;
  }

  /** Little-endian floats. */
  static float[] floatsOf(Object bytes) {
    return floats((byte[]) bytes);
  }

  /** UTF-8 texts. */
  static List<String> texts(List<Object> values) {
    return values.stream()
        .map(value -> new String((byte[]) value, StandardCharsets.UTF_8))
        .collect(Collectors.toList());
  }
}
