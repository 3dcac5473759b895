package lanewise.nn;

import java.util.Objects;

/** The sizes of a network's layers, inputs first: their limits and their text form. */
final class LayerSizes {
  private LayerSizes() {}

  /**
   * Returns the number of parameters of a network.
   *
   * @throws IllegalArgumentException if a size is out of range or no array can hold them
   */
  static int parameters(int[] sizes) {
    Objects.requireNonNull(sizes, "sizes");
    if (sizes.length < 2) {
      throw new IllegalArgumentException("a network has at least an input and an output size");
    }
    long count = 0;
    for (int layer = 0; layer < sizes.length; layer++) {
      if (sizes[layer] < 1) {
        throw new IllegalArgumentException(
            "layer sizes are at least 1, not %s".formatted(describe(sizes)));
      }
      if (layer > 0) {
        count += (sizes[layer - 1] + 1L) * sizes[layer];
      }
      if (count > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "a network %s has more parameters than an array can hold (2147483647)"
                .formatted(describe(sizes)));
      }
    }
    return (int) count;
  }

  /** Such as 784-256-128-10. */
  static String describe(int[] sizes) {
    StringBuilder text = new StringBuilder();
    for (int size : sizes) {
      text.append(text.isEmpty() ? "" : "-").append(size);
    }
    return text.toString();
  }
}
