package lanewise.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import lanewise.io.LittleEndian;

/**
 * A message in protobuf's wire format, limited to what ONNX needs: each field is a key, {@code
 * number << 3 | type}, then a varint (type 0) or a length and that many bytes (type 2). See
 * "Encoding" in the documentation of Protocol Buffers.
 *
 * <p>Floats are not copied before they are written, so a message may be larger than an array.
 */
final class ProtobufMessage {
  private static final int VARINT = 0;
  private static final int BYTES = 2;

  /** A run of bytes of the message. */
  private record Part(long size, Writer writer) {}

  /** Writes a part. */
  @FunctionalInterface
  private interface Writer {
    void writeTo(LittleEndian.Sink<IOException> sink) throws IOException;
  }

  private final List<Part> parts = new ArrayList<>();
  private long size;

  /** Adds an integer field; a negative value takes ten bytes. */
  ProtobufMessage number(int field, long value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    varint((long) field << 3 | VARINT, bytes);
    varint(value, bytes);
    return add(bytes.toByteArray());
  }

  /** Adds a string field. */
  ProtobufMessage text(int field, String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    return key(field, utf8.length).add(utf8);
  }

  /** Adds an embedded message with its current fields. */
  ProtobufMessage message(int field, ProtobufMessage value) {
    key(field, value.size);
    parts.addAll(value.parts);
    size += value.size;
    return this;
  }

  /** Adds a bytes field with floats in little-endian order. */
  ProtobufMessage floats(int field, float[] values) {
    long length = (long) values.length * Float.BYTES;
    key(field, length);
    parts.add(new Part(length, sink -> LittleEndian.write(values, sink)));
    size += length;
    return this;
  }

  /** Length of the message in bytes. */
  long size() {
    return size;
  }

  /** Writes the bytes in order. */
  void writeTo(LittleEndian.Sink<IOException> sink) throws IOException {
    for (Part part : parts) {
      part.writer().writeTo(sink);
    }
  }

  private ProtobufMessage key(int field, long length) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    varint((long) field << 3 | BYTES, bytes);
    varint(length, bytes);
    return add(bytes.toByteArray());
  }

  private ProtobufMessage add(byte[] bytes) {
    parts.add(new Part(bytes.length, sink -> sink.accept(ByteBuffer.wrap(bytes))));
    size += bytes.length;
    return this;
  }

  /** Seven bits a byte, the lowest first; all but the last have the highest bit set. */
  private static void varint(long value, ByteArrayOutputStream out) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
