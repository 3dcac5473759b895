package lanewise.kernel;

/** The kernels on guarded matrices; sizes are taken from the matrices. */
final class Calls {
  private Calls() {}

  static void forward(
      Kernels kernels, Guarded x, Guarded w, Guarded bias, Guarded y, boolean relu) {
    kernels.forward(
        x.rows,
        w.cols,
        x.cols,
        x.array,
        x.at,
        x.ld,
        w.array,
        w.at,
        w.ld,
        bias.array,
        bias.at,
        y.array,
        y.at,
        y.ld,
        relu);
  }

  static void backward(Kernels kernels, Guarded dz, Guarded w, Guarded y, Guarded dx) {
    kernels.backward(
        dz.rows, dz.cols, w.rows, dz.array, dz.at, dz.ld, w.array, w.at, w.ld, y.array, y.at, y.ld,
        dx.array, dx.at, dx.ld);
  }

  static void update(Kernels kernels, Guarded x, Guarded dz, Guarded w, float step) {
    kernels.update(
        x.rows, dz.cols, x.cols, x.array, x.at, x.ld, dz.array, dz.at, dz.ld, w.array, w.at, w.ld,
        step);
  }

  static void forwardSparse(
      Kernels kernels,
      SparseRows x,
      int fromGroup,
      int toGroup,
      Guarded w,
      Guarded bias,
      Guarded y,
      boolean relu) {
    kernels.forwardSparse(
        x,
        fromGroup,
        toGroup,
        w.cols,
        w.array,
        w.at,
        w.ld,
        bias.array,
        bias.at,
        y.array,
        y.at,
        y.ld,
        relu);
  }

  static void updateSparse(
      Kernels kernels,
      SparseColumns x,
      int fromStrip,
      int toStrip,
      Guarded dz,
      Guarded w,
      float step) {
    kernels.updateSparse(
        x, fromStrip, toStrip, dz.cols, dz.array, dz.at, dz.ld, w.array, w.at, w.ld, step);
  }

  static void updateBias(Kernels kernels, Guarded dz, Guarded bias, float step) {
    kernels.updateBias(dz.rows, dz.cols, dz.array, dz.at, dz.ld, bias.array, bias.at, step);
  }

  static boolean softmax(Kernels kernels, Guarded z) {
    return kernels.softmax(z.rows, z.cols, z.array, z.at, z.ld);
  }

  static boolean softmaxDelta(Kernels kernels, Guarded z, int[] labels, int labelsAt) {
    return kernels.softmaxDelta(z.rows, z.cols, z.array, z.at, z.ld, labels, labelsAt);
  }

  static void crossEntropy(
      Kernels kernels, Guarded z, int[] labels, int labelsAt, double[] loss, int lossAt) {
    kernels.crossEntropy(z.rows, z.cols, z.array, z.at, z.ld, labels, labelsAt, loss, lossAt);
  }

  static void argMax(Kernels kernels, Guarded z, int[] out, int outAt) {
    kernels.argMax(z.rows, z.cols, z.array, z.at, z.ld, out, outAt);
  }
}
