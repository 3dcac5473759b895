package lanewise.kernel;

import java.util.Random;

/** Calls kernels on guarded matrices, which also give the sizes. */
final class Calls {
  private Calls() {}

  static Transfer anyTransfer(Random random) {
    return Transfer.values()[random.nextInt(Transfer.values().length)];
  }

  static void forward(
      Kernels kernels, Guarded x, Guarded w, Guarded bias, Guarded y, Transfer transfer) {
    forward(kernels, x, w, bias, y, transfer, false);
  }

  static void forwardSkippingZeros(
      Kernels kernels, Guarded x, Guarded w, Guarded bias, Guarded y, Transfer transfer) {
    forward(kernels, x, w, bias, y, transfer, true);
  }

  private static void forward(
      Kernels kernels,
      Guarded x,
      Guarded w,
      Guarded bias,
      Guarded y,
      Transfer transfer,
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
        transfer,
        skipZeros);
  }

  static void backward(
      Kernels kernels, Guarded dz, Guarded w, Guarded y, Guarded dx, Transfer transfer) {
    kernels.backward(
        dz.rows, dz.cols, w.rows, dz.array, dz.offset, dz.ld, w.array, w.offset, w.ld, y.array,
        y.offset, y.ld, dx.array, dx.offset, dx.ld, transfer);
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
      Transfer transfer) {
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
        transfer);
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

  static boolean squaredDelta(Kernels kernels, Guarded y, Guarded t) {
    return kernels.squaredDelta(y.rows, y.cols, y.array, y.offset, y.ld, t.array, t.offset, t.ld);
  }

  static void squaredError(Kernels kernels, Guarded y, Guarded t, double[] loss, int lossOffset) {
    kernels.squaredError(
        y.rows, y.cols, y.array, y.offset, y.ld, t.array, t.offset, t.ld, loss, lossOffset);
  }

  static void argMax(Kernels kernels, Guarded z, int[] out, int outOffset) {
    kernels.argMax(z.rows, z.cols, z.array, z.offset, z.ld, out, outOffset);
  }
}
