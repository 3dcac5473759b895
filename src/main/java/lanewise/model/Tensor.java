package lanewise.model;

import java.util.Arrays;
import java.util.Objects;

/**
 * A named array of floats with a shape.
 *
 * @param name as the file has it
 * @param shape sizes of the dimensions, outermost first, each at least 0; none for a single number
 * @param data as many values as the sizes multiply to, row-major; kept, not copied
 */
public record Tensor(String name, int[] shape, float[] data) {
  /**
   * Checks that the data fills the shape.
   *
   * @throws IllegalArgumentException if it does not, or a size is negative
   */
  public Tensor {
    Objects.requireNonNull(name, "name");
    if (Arrays.stream(shape).anyMatch(size -> size < 0) || elements(shape) != data.length) {
      throw new IllegalArgumentException(
          "%d values are not a tensor of shape %s".formatted(data.length, Arrays.toString(shape)));
    }
  }

  /** The product of sizes that are at least 0; {@link Long#MAX_VALUE} for all beyond it. */
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
