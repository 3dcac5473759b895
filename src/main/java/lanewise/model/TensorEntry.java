package lanewise.model;

/** A float32 tensor as the header of a safetensors file declares it. */
final class TensorEntry {
  private final String name;
  private final int[] shape;
  private final long begin;
  private final long end;

  /**
   * Stores the values unchecked; {@link SafetensorsHeader#checkLayout} checks them.
   *
   * @param name unique in the file
   * @param shape sizes of the dimensions, outermost first, each at least 0; empty for a scalar
   * @param begin offset of the first byte from the end of the header
   * @param end offset of the byte after the last
   */
  TensorEntry(String name, int[] shape, long begin, long end) {
    this.name = name;
    this.shape = shape;
    this.begin = begin;
    this.end = end;
  }

  String name() {
    return name;
  }

  /** Not a copy. */
  int[] shape() {
    return shape;
  }

  long begin() {
    return begin;
  }

  long end() {
    return end;
  }

  /** Number of values, at most the length of an array. */
  int elements() {
    return (int) ((end - begin) / Float.BYTES);
  }
}
