package lanewise.bench;

import java.util.Random;

/**
 * The oracle of the benchmarks: computes each element of a product as a chain of multiply-adds,
 * without any code of the engine, and compares bits.
 */
public final class Truth {
  /** Maximum multiply-adds per check: a tenth of a second. */
  private static final long BUDGET = 30_000_000;

  private Truth() {}

  /** Requires equal lengths and equal bits. */
  public static void sameBits(String what, float[] expected, float[] actual) {
    require(expected.length == actual.length, "%s: %d floats", what, actual.length);
    for (int i = 0; i < expected.length; i++) {
      sameBits(what, i, expected[i], actual[i]);
    }
  }

  /** Requires equal bits of one value. */
  public static void sameBits(String what, int index, float expected, float actual) {
    if (Float.floatToRawIntBits(expected) != Float.floatToRawIntBits(actual)) {
      throw new WrongOutputException(
          "%s: [%d] is %a, not %a".formatted(what, index, actual, expected));
    }
  }

  /**
   * @throws WrongOutputException with the message unless the condition holds
   */
  public static void require(boolean condition, String message, Object... values) {
    if (!condition) {
      throw new WrongOutputException(message.formatted(values));
    }
  }

  /**
   * Checks the bits of a product's output: every element, or of a large one the first and as many
   * others as time allows, always the same.
   *
   * @param w the weights before the product
   */
  public static void product(Product product, Layer layer, float[] w, float[] actual) {
    int cells = layer.cells(product);
    require(actual.length == cells, "%s: %d floats", product, actual.length);
    long max = BUDGET / layer.terms(product);
    if (cells <= max) {
      for (int cell = 0; cell < cells; cell++) {
        sameBits(product.toString(), cell, cell(product, layer, w, cell), actual[cell]);
      }
      return;
    }
    Random random = new Random(1);
    for (int i = 0; i < max; i++) {
      int cell = i == 0 ? 0 : random.nextInt(cells);
      sameBits(product.toString(), cell, cell(product, layer, w, cell), actual[cell]);
    }
  }

  private static float cell(Product product, Layer l, float[] w, int cell) {
    float sum = 0;
    switch (product) {
      case FORWARD -> {
        int i = cell / l.n;
        int j = cell % l.n;
        for (int p = 0; p < l.k; p++) {
          sum = Math.fma(l.x[i * l.k + p], w[p * l.n + j], sum);
        }
        return Math.max(sum + l.bias[j], 0);
      }
      case BACKWARD -> {
        int i = cell / l.k;
        int p = cell % l.k;
        for (int j = 0; j < l.n; j++) {
          sum = Math.fma(l.dz[i * l.n + j], w[p * l.n + j], sum);
        }
        return l.x[cell] > 0 ? sum : 0;
      }
      default -> {
        int p = cell / l.n;
        int j = cell % l.n;
        for (int i = 0; i < l.m; i++) {
          sum = Math.fma(l.x[i * l.k + p], l.dz[i * l.n + j], sum);
        }
        return Math.fma(-Layer.RATE, sum, w[cell]);
      }
    }
  }
}
