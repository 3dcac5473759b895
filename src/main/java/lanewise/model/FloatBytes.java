package lanewise.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Floats as little-endian bytes, a block at a time. */
final class FloatBytes {
  /** Bytes a block: a multiple of a float's. */
  static final int BLOCK = 1 << 16;

  private FloatBytes() {}

  /** Takes blocks of bytes. */
  @FunctionalInterface
  interface Sink {
    /**
     * @param bytes all of them are to be taken before this returns
     */
    void take(ByteBuffer bytes) throws IOException;
  }

  /** Hands all values over, in order. */
  static void write(float[] values, Sink sink) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
    int perBlock = BLOCK / Float.BYTES;
    for (int at = 0; at < values.length; at += Math.min(perBlock, values.length - at)) {
      int count = Math.min(perBlock, values.length - at);
      block.clear().asFloatBuffer().put(values, at, count);
      sink.take(block.limit(count * Float.BYTES));
    }
  }
}
