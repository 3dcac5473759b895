package lanewise.bench.walk;

import java.util.Arrays;

/** The steps without the Vector API: x (m,k), w (k,n), bias (n), y (m,n), row-major and dense. */
final class Loops {
  private Loops() {}

  /** The definition: one sum per output, down a column of w. */
  static void textbook(int m, int n, int k, float[] x, float[] w, float[] bias, float[] y) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        float sum = 0;
        for (int p = 0; p < k; p++) {
          sum = Math.fma(x[i * k + p], w[p * n + j], sum);
        }
        y[i * n + j] = Math.max(sum + bias[j], 0);
      }
    }
  }

  /** The same terms with the two inner loops exchanged: along the rows of w and y. */
  static void rowsOfW(int m, int n, int k, float[] x, float[] w, float[] bias, float[] y) {
    Arrays.fill(y, 0);
    for (int i = 0; i < m; i++) {
      for (int p = 0; p < k; p++) {
        float xip = x[i * k + p];
        for (int j = 0; j < n; j++) {
          y[i * n + j] = Math.fma(xip, w[p * n + j], y[i * n + j]);
        }
      }
      for (int j = 0; j < n; j++) {
        y[i * n + j] = Math.max(y[i * n + j] + bias[j], 0);
      }
    }
  }
}
