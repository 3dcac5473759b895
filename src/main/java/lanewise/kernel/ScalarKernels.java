package lanewise.kernel;

import static lanewise.kernel.Fma.fma;

import java.util.Arrays;

/**
 * The scalar engine and oracle: textbook loops that can be checked by eye, never unrolled or tuned.
 * The SIMD engine must equal it in every bit.
 */
final class ScalarKernels extends Kernels {
  static final ScalarKernels INSTANCE = new ScalarKernels();

  private ScalarKernels() {}

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public boolean skipsZeros() {
    return false;
  }

  @Override
  void doForward(int m, int n, int k, Operands o, Transfer transfer, boolean skipZeros) {
    Matrix x = o.a;
    Matrix w = o.b;
    float[] y = o.c.array;
    for (int i = 0; i < m; i++) {
      int row = o.c.at(i, 0);
      Arrays.fill(y, row, row + n, 0);
      for (int p = 0; p < k; p++) {
        float xip = x.array[x.at(i, p)];
        int wRow = w.at(p, 0);
        for (int j = 0; j < n; j++) {
          y[row + j] = fma(xip, w.array[wRow + j], y[row + j]);
        }
      }
      for (int j = 0; j < n; j++) {
        y[row + j] = activated(y[row + j], o.other, j, transfer);
      }
    }
  }

  private static float activated(float sum, Matrix bias, int j, Transfer transfer) {
    float z = sum + bias.array[bias.at(0, j)];
    return switch (transfer) {
      case IDENTITY -> z;
      case RELU -> Math.max(z, 0);
      case TANH -> Tanh.tanh(z);
    };
  }

  @Override
  void doBackward(int m, int n, int k, Operands o, Transfer transfer) {
    Matrix dz = o.a;
    Matrix w = o.b;
    Matrix y = o.other;
    for (int i = 0; i < m; i++) {
      for (int p = 0; p < k; p++) {
        float sum = 0;
        for (int j = 0; j < n; j++) {
          sum = fma(dz.array[dz.at(i, j)], w.array[w.at(p, j)], sum);
        }
        float value = y.array[y.at(i, p)];
        o.c.array[o.c.at(i, p)] =
            switch (transfer) {
              case IDENTITY -> sum;
              case RELU -> value > 0 ? sum : 0;
              case TANH -> Tanh.slope(value) * sum;
            };
      }
    }
  }

  @Override
  void doUpdate(int m, int n, int k, Operands o, Step step) {
    Matrix x = o.a;
    Matrix dz = o.b;
    float[] w = o.c.array;
    float[] sum = o.floats(n);
    for (int p = 0; p < k; p++) {
      Arrays.fill(sum, 0, n, 0);
      for (int i = 0; i < m; i++) {
        float xip = x.array[x.at(i, p)];
        int dzRow = dz.at(i, 0);
        for (int j = 0; j < n; j++) {
          sum[j] = fma(xip, dz.array[dzRow + j], sum[j]);
        }
      }
      int row = o.c.at(p, 0);
      for (int j = 0; j < n; j++) {
        step.take(w, row + j, sum[j], false);
      }
    }
  }

  @Override
  void doForwardSparse(NonZeros x, int fromPair, int toPair, int n, Operands o, Transfer transfer) {
    for (int member = 2 * fromPair; member < 2 * toPair; member++) {
      int row = x.members[member];
      for (int j = 0; j < n && row >= 0; j++) {
        o.c.array[o.c.at(row, j)] = activated(sum(x, member, o.b, j), o.other, j, transfer);
      }
    }
  }

  @Override
  void doUpdateSparse(NonZeros x, int fromPair, int toPair, int n, Operands o, Step step) {
    for (int member = 2 * fromPair; member < 2 * toPair; member++) {
      int column = x.members[member];
      for (int j = 0; j < n && column >= 0; j++) {
        step.take(o.c.array, o.c.at(column, j), sum(x, member, o.b, j), false);
      }
    }
  }

  /** The sum over the entries of a pair, for one of its members. */
  private static float sum(NonZeros x, int member, Matrix b, int j) {
    int from = x.starts[member / 2];
    int shift = member % 2 * 8;
    float sum = 0;
    for (int e = from; e < from + x.counts[member / 2]; e++) {
      int entry = x.entries[e];
      sum = fma(Grey.unit(entry >>> shift), b.array[b.at(entry >>> 16, j)], sum);
    }
    return sum;
  }

  @Override
  void doUpdateBias(
      int m, int n, float[] dz, int dzOffset, int lddz, float[] bias, int biasOffset, Step step) {
    for (int j = 0; j < n; j++) {
      float sum = 0;
      for (int i = 0; i < m; i++) {
        sum += dz[dzOffset + i * lddz + j];
      }
      step.take(bias, biasOffset + j, sum, true);
    }
  }

  @Override
  boolean doSoftmax(int m, int n, float[] z, int zOffset, int ldz) {
    boolean finite = true;
    for (int i = 0; i < m; i++) {
      int row = zOffset + i * ldz;
      float sum = expRow(n, z, row);
      divideRow(n, z, row, sum);
      finite &= Float.isFinite(sum);
    }
    return finite;
  }

  @Override
  void doCrossEntropy(
      int m,
      int n,
      float[] z,
      int zOffset,
      int ldz,
      int[] labels,
      int labelsOffset,
      double[] loss,
      int lossOffset) {
    for (int i = 0; i < m; i++) {
      int row = zOffset + i * ldz;
      int label = row + labels[labelsOffset + i];
      double margin = z[label] - (double) max(n, z, row);
      float sum = expRow(n, z, row);
      loss[lossOffset + i] = StrictMath.log(sum) - margin;
      divideRow(n, z, row, sum);
    }
  }

  @Override
  void doExp(int count, float[] x, int xOffset, float[] y, int yOffset) {
    for (int i = 0; i < count; i++) {
      y[yOffset + i] = Exp.exp(x[xOffset + i]);
    }
  }

  /** Replaces a row by {@code exp(z - max)}; returns the sum, added in ascending order. */
  private static float expRow(int n, float[] z, int row) {
    float max = max(n, z, row);
    float sum = 0;
    for (int j = 0; j < n; j++) {
      z[row + j] = Exp.exp(z[row + j] - max);
      sum += z[row + j];
    }
    return sum;
  }

  private static void divideRow(int n, float[] z, int row, float sum) {
    for (int j = 0; j < n; j++) {
      z[row + j] /= sum;
    }
  }

  private static float max(int n, float[] z, int row) {
    float max = Float.NEGATIVE_INFINITY;
    for (int j = 0; j < n; j++) {
      max = Math.max(max, z[row + j]);
    }
    return max;
  }
}
