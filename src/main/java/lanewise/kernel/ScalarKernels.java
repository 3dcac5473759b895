package lanewise.kernel;

import static lanewise.kernel.Fma.fma;

import java.util.Arrays;

/**
 * The oracle: textbook loops that can be checked by eye, never unrolled or tuned. What the other
 * engine computes must equal this in every bit.
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
  void doForwardSparse(
      SparseRows x,
      int fromGroup,
      int toGroup,
      int n,
      float[] w,
      int wAt,
      int ldw,
      float[] bias,
      int biasAt,
      float[] y,
      int yAt,
      int ldy,
      boolean relu) {
    for (int place = fromGroup * SparseRows.GROUP; place < toGroup * SparseRows.GROUP; place++) {
      if (x.order[place] < 0) {
        continue;
      }
      int group = place / SparseRows.GROUP;
      int shift = place % SparseRows.GROUP * 8;
      for (int j = 0; j < n; j++) {
        float sum = 0;
        for (int e = x.starts[group]; e < x.starts[group + 1]; e++) {
          sum = fma(Grey.unit(x.quads[e] >>> shift), w[wAt + x.columns[e] * ldw + j], sum);
        }
        float z = sum + bias[biasAt + j];
        y[yAt + x.order[place] * ldy + j] = relu ? Math.max(z, 0) : z;
      }
    }
  }

  @Override
  void doUpdateSparse(
      SparseColumns x,
      int fromStrip,
      int toStrip,
      int n,
      float[] dz,
      int dzAt,
      int lddz,
      float[] w,
      int wAt,
      int ldw,
      float step) {
    for (int place = fromStrip * SparseColumns.STRIP;
        place < toStrip * SparseColumns.STRIP;
        place++) {
      int column = x.order[place];
      if (column < 0) {
        continue;
      }
      int strip = place / SparseColumns.STRIP;
      int shift = place % SparseColumns.STRIP * 8;
      for (int j = 0; j < n; j++) {
        float sum = 0;
        for (int e = x.starts[strip]; e < x.starts[strip + 1]; e++) {
          sum = fma(Grey.unit(x.quads[e] >>> shift), dz[dzAt + x.entryRows[e] * lddz + j], sum);
        }
        int at = wAt + column * ldw + j;
        w[at] = fma(-step, sum, w[at]);
      }
    }
  }

  @Override
  void doForward(
      int m,
      int n,
      int k,
      float[] x,
      int xAt,
      int ldx,
      float[] w,
      int wAt,
      int ldw,
      float[] bias,
      int biasAt,
      float[] y,
      int yAt,
      int ldy,
      boolean relu) {
    for (int i = 0; i < m; i++) {
      int yRow = yAt + i * ldy;
      Arrays.fill(y, yRow, yRow + n, 0);
      for (int p = 0; p < k; p++) {
        float xip = x[xAt + i * ldx + p];
        int wRow = wAt + p * ldw;
        for (int j = 0; j < n; j++) {
          y[yRow + j] = fma(xip, w[wRow + j], y[yRow + j]);
        }
      }
      for (int j = 0; j < n; j++) {
        float z = y[yRow + j] + bias[biasAt + j];
        y[yRow + j] = relu ? Math.max(z, 0) : z;
      }
    }
  }

  @Override
  void doBackward(
      int m,
      int n,
      int k,
      float[] dz,
      int dzAt,
      int lddz,
      float[] w,
      int wAt,
      int ldw,
      float[] y,
      int yAt,
      int ldy,
      float[] dx,
      int dxAt,
      int lddx) {
    for (int i = 0; i < m; i++) {
      for (int p = 0; p < k; p++) {
        float sum = 0;
        for (int j = 0; j < n; j++) {
          sum = fma(dz[dzAt + i * lddz + j], w[wAt + p * ldw + j], sum);
        }
        dx[dxAt + i * lddx + p] = y[yAt + i * ldy + p] > 0 ? sum : 0;
      }
    }
  }

  @Override
  void doUpdate(
      int m,
      int n,
      int k,
      float[] x,
      int xAt,
      int ldx,
      float[] dz,
      int dzAt,
      int lddz,
      float[] w,
      int wAt,
      int ldw,
      float step) {
    float[] sum = Scratch.floats(n);
    for (int p = 0; p < k; p++) {
      Arrays.fill(sum, 0, n, 0);
      for (int i = 0; i < m; i++) {
        float xip = x[xAt + i * ldx + p];
        int dzRow = dzAt + i * lddz;
        for (int j = 0; j < n; j++) {
          sum[j] = fma(xip, dz[dzRow + j], sum[j]);
        }
      }
      int wRow = wAt + p * ldw;
      for (int j = 0; j < n; j++) {
        w[wRow + j] = fma(-step, sum[j], w[wRow + j]);
      }
    }
  }

  @Override
  void doUpdateBias(
      int m, int n, float[] dz, int dzAt, int lddz, float[] bias, int biasAt, float step) {
    for (int j = 0; j < n; j++) {
      float sum = 0;
      for (int i = 0; i < m; i++) {
        sum += dz[dzAt + i * lddz + j];
      }
      bias[biasAt + j] = fma(-step, sum, bias[biasAt + j]);
    }
  }

  @Override
  boolean doSoftmax(int m, int n, float[] z, int zAt, int ldz) {
    boolean finite = true;
    for (int i = 0; i < m; i++) {
      int row = zAt + i * ldz;
      float sum = expRow(n, z, row);
      for (int j = 0; j < n; j++) {
        z[row + j] /= sum;
      }
      finite &= Float.isFinite(sum);
    }
    return finite;
  }

  @Override
  void doCrossEntropy(
      int m,
      int n,
      float[] z,
      int zAt,
      int ldz,
      int[] labels,
      int labelsAt,
      double[] loss,
      int lossAt) {
    for (int i = 0; i < m; i++) {
      int row = zAt + i * ldz;
      int label = row + labels[labelsAt + i];
      double margin = z[label] - (double) max(n, z, row);
      loss[lossAt + i] = StrictMath.log(expRow(n, z, row)) - margin;
    }
  }

  @Override
  void doExp(int count, float[] x, int xAt, float[] y, int yAt) {
    for (int i = 0; i < count; i++) {
      y[yAt + i] = Exp.exp(x[xAt + i]);
    }
  }

  /** A row of logits becomes {@code exp(z - max)}; the sum of them, in ascending order. */
  private static float expRow(int n, float[] z, int row) {
    float max = max(n, z, row);
    float sum = 0;
    for (int j = 0; j < n; j++) {
      z[row + j] = Exp.exp(z[row + j] - max);
      sum += z[row + j];
    }
    return sum;
  }

  private static float max(int n, float[] z, int row) {
    float max = Float.NEGATIVE_INFINITY;
    for (int j = 0; j < n; j++) {
      max = Math.max(max, z[row + j]);
    }
    return max;
  }
}
