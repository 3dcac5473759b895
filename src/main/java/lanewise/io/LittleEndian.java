package lanewise.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Converts between float32 values and their little-endian bytes. */
public final class LittleEndian {
  /** The size of a full block in bytes, a multiple of a float's. */
  public static final int BLOCK_BYTES = 1 << 16;

  private LittleEndian() {}

  /**
   * Receives the bytes, block by block.
   *
   * @param <E> what it throws; {@link RuntimeException} if it throws nothing checked
   */
  @FunctionalInterface
  public interface Sink<E extends Exception> {
    /**
     * Takes one block.
     *
     * @param block backed by an array that is reused for the next block: consume all remaining
     *     bytes before returning
     * @throws E if the block cannot be taken, which ends the conversion
     */
    void accept(ByteBuffer block) throws E;
  }

  /**
   * Writes floats to a sink without ever holding all of their bytes.
   *
   * @param values written in order
   * @param sink called once per {@link #BLOCK_BYTES} bytes or less; never for no values
   * @param <E> what the sink throws
   * @throws E if the sink does
   */
  public static <E extends Exception> void write(float[] values, Sink<E> sink) throws E {
    ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    int perBlock = BLOCK_BYTES / Float.BYTES;
    int count;
    for (int offset = 0; offset < values.length; offset += count) {
      count = Math.min(perBlock, values.length - offset);
      block.clear().asFloatBuffer().put(values, offset, count);
      sink.accept(block.limit(count * Float.BYTES));
    }
  }

  /**
   * Converts floats to bytes.
   *
   * @param values fewer than 2<sup>29</sup>
   * @return four bytes per value
   */
  public static byte[] bytes(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  /**
   * Converts bytes to floats.
   *
   * @param bytes four per value
   * @return the values
   * @throws IllegalArgumentException if the number of bytes is not a multiple of four
   */
  public static float[] floats(byte[] bytes) {
    if (bytes.length % Float.BYTES != 0) {
      throw new IllegalArgumentException(bytes.length + " bytes are not a whole number of floats");
    }
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}
