package lanewise.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes floats as little-endian bytes, block by block. */
final class FloatBytes {
  /** Bytes per block, a multiple of four. */
  static final int BLOCK = 1 << 16;

  private FloatBytes() {}

  /** Receives blocks of bytes. */
  @FunctionalInterface
  interface Sink {
    /**
     * Consumes a block.
     *
     * @param bytes reused after this returns
     */
    void take(ByteBuffer bytes) throws IOException;
  }

  /** Writes all values in order. */
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
