package lanewise.nn;

import java.util.Random;
import lanewise.data.digits.BuiltinDigits;

/** Rows for the tests of networks. */
final class TestRows {
  private TestRows() {}

  /** Drawn digits: 784 wide, mostly zero, as MNIST's are. */
  static Samples digits(int rows) {
    byte[] pixels = new byte[rows * 784];
    int[] labels = new int[rows];
    BuiltinDigits.draw(5, 0, rows, pixels, labels, 0);
    return Samples.ofBytes(pixels, 784, labels);
  }

  /** Dense rows whose targets are smooth functions of them, with some noise. */
  static Samples numbers(long seed, int rows, int width, int outputs) {
    Random random = new Random(seed);
    float[] values = new float[rows * width];
    float[] targets = new float[rows * outputs];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < width; i++) {
        float value = (float) random.nextGaussian();
        values[row * width + i] = value;
        targets[row * outputs + i % outputs] += value * (i % 3 == 0 ? value : 1) / width;
      }
      for (int j = 0; j < outputs; j++) {
        targets[row * outputs + j] += (float) (0.1 * random.nextGaussian());
      }
    }
    return Samples.ofTargets(values, width, targets, outputs);
  }

  /** Dense rows around one random centre a class. */
  static Samples clusters(long seed, int rows, int width, int classes) {
    Random random = new Random(seed);
    float[][] centres = new float[classes][width];
    for (float[] centre : centres) {
      for (int i = 0; i < width; i++) {
        centre[i] = (float) random.nextGaussian();
      }
    }
    float[] values = new float[rows * width];
    int[] labels = new int[rows];
    for (int row = 0; row < rows; row++) {
      labels[row] = row < classes ? row : random.nextInt(classes);
      for (int i = 0; i < width; i++) {
        values[row * width + i] = centres[labels[row]][i] + (float) random.nextGaussian();
      }
    }
    return Samples.ofFloats(values, width, labels);
  }
}
