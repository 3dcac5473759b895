package lanewise.bench.peers;

import java.util.Random;
import lanewise.bench.Layer;
import lanewise.bench.Product;
import lanewise.bench.WrongOutputException;

/**
 * Checks a contender's output against sums in double, within the bound of rounding to float.
 *
 * <p>A chain of q multiply-adds in any order is off by at most {@code q u sum |a||b|}, u = 2^-24; a
 * factor, a bias or an initial weight adds one rounding each.
 */
final class Agreement {
  private static final double U = 0x1p-24;
  private static final int ROUNDINGS_BESIDE = 4;

  /** Cells to check: all of a small product, the first and a sample of a large one. */
  private static final int CELLS = 20_000;

  private Agreement() {}

  /**
   * Checks what a contender's first call of a product wrote.
   *
   * @param name Lanewise also applies bias, ReLU and mask
   * @param w the weights before the call
   * @throws WrongOutputException with the first cell that does not agree
   */
  static void check(String name, Product product, Layer layer, float[] w, float[] actual) {
    boolean ours = name.equals("lanewise");
    Random random = new Random(1);
    boolean all = actual.length <= CELLS;
    for (int i = 0; i < Math.min(CELLS, actual.length); i++) {
      int cell = all || i == 0 ? i : random.nextInt(actual.length);
      checkCell(name, ours, product, layer, w, cell, actual[cell]);
    }
  }

  private static void checkCell(
      String name, boolean ours, Product product, Layer l, float[] w, int cell, float actual) {
    int width = product == Product.BACKWARD ? l.k : l.n;
    int row = cell / width;
    int column = cell % width;
    int terms =
        switch (product) {
          case FORWARD -> l.k;
          case BACKWARD -> l.n;
          case UPDATE -> l.m;
        };
    double sum = 0;
    double magnitude = 0;
    for (int p = 0; p < terms; p++) {
      double term =
          switch (product) {
            case FORWARD -> (double) l.x[row * l.k + p] * w[p * l.n + column];
            case BACKWARD -> (double) l.dz[row * l.n + p] * w[column * l.n + p];
            case UPDATE -> -Layer.RATE * (double) l.x[p * l.k + row] * l.dz[p * l.n + column];
          };
      sum += term;
      magnitude += Math.abs(term);
    }
    switch (product) {
      case FORWARD -> {
        if (ours) {
          magnitude += Math.abs(l.bias[column]);
          sum = Math.max(0, sum + l.bias[column]);
        }
      }
      case BACKWARD -> {
        if (ours && !(l.x[cell] > 0)) {
          sum = 0;
          magnitude = 0;
        }
      }
      case UPDATE -> {
        // MKL starts its chains at the weight, so every rounding is relative to the size of the
        // weight.
        sum += w[cell];
        magnitude += Math.abs(w[cell]);
      }
    }
    require(name, product, cell, actual, sum, U * (terms + ROUNDINGS_BESIDE) * magnitude);
  }

  private static void require(
      String name, Product product, int cell, float actual, double expected, double bound) {
    if (!(Math.abs(actual - expected) <= bound)) {
      throw new WrongOutputException(
          "%s %s: cell %d is %s, not %s within %s"
              .formatted(name, product, cell, actual, expected, bound));
    }
  }
}
