package lanewise.nn;

import java.util.Arrays;

/** Layer sizes in text form. */
final class Shape {
  private Shape() {}

  /** 784-256-128-10. */
  static int[] of(String shape) {
    return Arrays.stream(shape.split("-")).mapToInt(Integer::parseInt).toArray();
  }
}
