package lanewise.model;

/**
 * A float32 tensor as the header of a safetensors file announces it.
 *
 * @param name unique in the file
 * @param shape sizes of the dimensions, outermost first, each at least 0; none for a single number
 * @param begin its first byte, counted from the end of the header
 * @param end one past its last byte
 */
public record TensorEntry(String name, int[] shape, long begin, long end) {
  /** Number of values, fewer than an array can hold. */
  public int elements() {
    return (int) ((end - begin) / Float.BYTES);
  }
}
