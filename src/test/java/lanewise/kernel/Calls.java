package lanewise.kernel;

/** Calls kernels on guarded matrices, which also give the sizes. */
final class Calls {
  private Calls() {}

  static void forward(
      Kernels kernels, Guarded x, Guarded w, Guarded bias, Guarded y, boolean relu) {
    forward(kernels, x, w, bias, y, relu, false);
  }

  static void forwardSkippingZeros(
      Kernels kernels, Guarded x, Guarded w, Guarded bias, Guarded y, boolean relu) {
    forward(kernels, x, w, bias, y, relu, true);
  }

  private static void forward(
      Kernels kernels,
      Guarded x,
      Guarded w,
      Guarded bias,
      Guarded y,
      boolean relu,
      boolean skipZeros) {
    kernels.forward(
        x.rows,
        w.cols,
        x.cols,
        x.array,
        x.offset,
        x.ld,
        w.array,
        w.offset,
        w.ld,
        bias.array,
        bias.offset,
        y.array,
        y.offset,
        y.ld,
        relu,
        skipZeros);
  }

  static void backward(Kernels kernels, Guarded dz, Guarded w, Guarded y, Guarded dx) {
    kernels.backward(
        dz.rows, dz.cols, w.rows, dz.array, dz.offset, dz.ld, w.array, w.offset, w.ld, y.array,
        y.offset, y.ld, dx.array, dx.offset, dx.ld);
  }

  static void update(Kernels kernels, Guarded x, Guarded dz, Guarded w, Step step) {
    kernels.update(
        x.rows, dz.cols, x.cols, x.array, x.offset, x.ld, dz.array, dz.offset, dz.ld, w.array,
        w.offset, w.ld, step);
  }

  static void forwardSparse(
      Kernels kernels,
      NonZeros x,
      int fromPair,
      int toPair,
      Guarded w,
      Guarded bias,
      Guarded y,
      boolean relu) {
    kernels.forwardSparse(
        x,
        fromPair,
        toPair,
        w.cols,
        w.array,
        w.offset,
        w.ld,
        bias.array,
        bias.offset,
        y.array,
        y.offset,
        y.ld,
        relu);
  }

  static void updateSparse(
      Kernels kernels, NonZeros x, int fromPair, int toPair, Guarded dz, Guarded w, Step step) {
    kernels.updateSparse(
        x, fromPair, toPair, dz.cols, dz.array, dz.offset, dz.ld, w.array, w.offset, w.ld, step);
  }

  static void updateBias(Kernels kernels, Guarded dz, Guarded bias, Step step) {
    kernels.updateBias(dz.rows, dz.cols, dz.array, dz.offset, dz.ld, bias.array, bias.offset, step);
  }

  static boolean softmax(Kernels kernels, Guarded z) {
    return kernels.softmax(z.rows, z.cols, z.array, z.offset, z.ld);
  }

  static boolean softmaxDelta(
      Kernels kernels, Guarded z, int[] labels, int labelsOffset, double smoothing) {
    return kernels.softmaxDelta(
        z.rows, z.cols, z.array, z.offset, z.ld, labels, labelsOffset, smoothing);
  }

  static void crossEntropy(
      Kernels kernels, Guarded z, int[] labels, int labelsOffset, double[] loss, int lossOffset) {
    kernels.crossEntropy(
        z.rows, z.cols, z.array, z.offset, z.ld, labels, labelsOffset, loss, lossOffset);
  }

  static void argMax(Kernels kernels, Guarded z, int[] out, int outOffset) {
    kernels.argMax(z.rows, z.cols, z.array, z.offset, z.ld, out, outOffset);
  }
}
