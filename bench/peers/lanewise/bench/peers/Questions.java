package lanewise.bench.peers;

import lanewise.bench.PredictBenchmark;
import lanewise.bench.Truth;
import lanewise.data.digits.BuiltinDigits;
import lanewise.nn.Mlp;
import lanewise.nn.Samples;

/**
 * What all contenders predict: the reference network's probabilities of 64 built-in digits, one by
 * one or in one batch. In both cases the same 64 rows, so that no branch predictor learns a row.
 */
final class Questions {
  /** Rows per call of {@link PredictContender#run}. */
  static final int ROWS = 64;

  /** The largest difference from Lanewise's probabilities. */
  private static final float TOLERANCE = 1e-5f;

  final Mlp net = Mlp.glorot(42, 784, 256, 128, 10);

  /** (64, 784), four in five of them zero. */
  final float[] x = new float[ROWS * net.inputs()];

  private final float[] expected;

  Questions() {
    byte[] pixels = new byte[x.length];
    int[] labels = new int[ROWS];
    BuiltinDigits.draw(1, 0, ROWS, pixels, labels, 0);
    Samples.ofBytes(pixels, net.inputs(), labels).copyRows(0, ROWS, x, 0);
    expected = PredictBenchmark.oracle(net, x, ROWS);
  }

  /** Work per row, counted as dense; a multiply-add counts as two. */
  double gflop() {
    double flop = 0;
    for (int layer = 0; layer < net.layers(); layer++) {
      flop += 2.0 * net.width(layer) * net.width(layer + 1);
    }
    return 1e-9 * flop;
  }

  /**
   * Minimum data moved per row.
   *
   * @param rows that share one pass over the parameters
   */
  double gbyte(int rows) {
    return 4e-9 * ((double) net.parameters().length / rows + net.inputs());
  }

  /**
   * Checks probabilities: Lanewise's in every bit, a peer's within 1e-5.
   *
   * @param library one of {@link PredictContender#LIBRARIES}
   * @throws lanewise.bench.WrongOutputException with the first that is wrong
   */
  void check(String library, float[] actual) {
    if (library.equals("lanewise")) {
      Truth.sameBits(library, expected, actual);
      return;
    }
    Truth.require(actual.length == expected.length, "%s: %d floats", library, actual.length);
    for (int i = 0; i < expected.length; i++) {
      Truth.require(
          Math.abs(actual[i] - expected[i]) <= TOLERANCE,
          "%s: probability %d is %s, not %s within %s",
          library,
          i,
          actual[i],
          expected[i],
          TOLERANCE);
    }
  }
}
