package lanewise.model;

import java.util.Arrays;
import java.util.Objects;

/** A named array of floats with a shape. */
final class Tensor {
  private final String name;
  private final int[] shape;
  private final float[] data;

  /**
   * Checks that the data fills the shape.
   *
   * @param name as in the file
   * @param shape sizes of the dimensions, outermost first, each at least 0; empty for a scalar
   * @param data row-major; kept, not copied
   * @throws IllegalArgumentException if the sizes do not multiply to the length of the data, or one
   *     is negative
   */
  Tensor(String name, int[] shape, float[] data) {
    this.name = Objects.requireNonNull(name, "name");
    this.shape = Objects.requireNonNull(shape, "shape");
    this.data = Objects.requireNonNull(data, "data");
    if (Arrays.stream(shape).anyMatch(size -> size < 0) || elements(shape) != data.length) {
      throw new IllegalArgumentException(
          "%d values do not fill a tensor of shape %s"
              .formatted(data.length, Arrays.toString(shape)));
    }
  }

  String name() {
    return name;
  }

  /** Not a copy. */
  int[] shape() {
    return shape;
  }

  /** Not a copy. */
  float[] data() {
    return data;
  }

  /** The product of sizes that are at least 0; {@link Long#MAX_VALUE} if it would be larger. */
  static long elements(int... shape) {
    if (Arrays.stream(shape).anyMatch(size -> size == 0)) {
      return 0;
    }
    long count = 1;
    for (int size : shape) {
      count = count > Long.MAX_VALUE / size ? Long.MAX_VALUE : count * size;
    }
    return count;
  }
}
