package lanewise.kernel;

import java.util.Objects;

/**
 * The arithmetic of a multilayer perceptron on flat row-major arrays: every product, activation and
 * update that a training step is made of, one coarse call each.
 *
 * <p>A matrix {@code a (m,k)} is an array, the index of its first element ({@code aOffset}) and its
 * row length ({@code lda >= k}): element (i, p) is {@code a[aOffset + i * lda + p]}. Any of m, n, k
 * may be 0. Outputs must not overlap inputs unless a method says so. Implementations hold no state:
 * many threads may call at once, on disjoint outputs.
 *
 * <p><b>The same bits.</b> Each output element is one chain of fused multiply-adds that starts at
 * +0 and runs in ascending order of the summed index. Implementations may go about the outputs in
 * any order and side by side, but never split or reorder a chain, so all of them give the same
 * floats bit for bit (see {@link Fma} for CPUs without the instruction).
 *
 * <p>Every method throws {@link IllegalArgumentException} with the shapes in its message, before
 * anything is modified, when an argument reaches beyond its array.
 */
public abstract sealed class Kernels permits ScalarKernels, VectorKernels {

  /** The system property that sets the vector width in floats, for measurements: 4, 8 or 16. */
  static final String LANES_PROPERTY = "lanewise.lanes";

  Kernels() {}

  /** The textbook loops: the oracle that every other implementation equals in bits. */
  public static Kernels scalar() {
    return ScalarKernels.INSTANCE;
  }

  /**
   * The SIMD engine if this JVM was started with {@code --add-modules jdk.incubator.vector} and the
   * CPU fuses multiply-adds, else the scalar one. The weights that come out are the same bits.
   */
  public static Kernels best() {
    return simdUnavailableReason() == null ? simd() : scalar();
  }

  /**
   * The SIMD engine.
   *
   * @throws IllegalStateException if it cannot run here, with {@link #simdUnavailableReason()} as
   *     its message
   */
  public static Kernels simd() {
    String why = simdUnavailableReason();
    if (why != null) {
      throw new IllegalStateException(why);
    }
    return VectorKernels.INSTANCE;
  }

  /** Why the SIMD engine cannot run in this JVM, in a sentence that says what to do; or null. */
  public static String simdUnavailableReason() {
    // By name: no class that touches the Vector API is loaded before it is known to be there.
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return "the SIMD engine needs the Vector API: start java with --add-modules"
          + " jdk.incubator.vector";
    }
    String lanes = System.getProperty(LANES_PROPERTY);
    if (lanes != null && !lanes.matches("4|8|16")) {
      return "-D%s takes 4, 8 or 16, not %s".formatted(LANES_PROPERTY, lanes);
    }
    if (!Fma.FUSED) {
      return "the SIMD engine needs a CPU that fuses multiply-adds; this one does not, so its"
          + " results differ in the last bits from other machines'";
    }
    return null;
  }

  /** The name that {@code --engine} knows: scalar or simd. */
  public abstract String name();

  /** Floats that one instruction works on: 1 for the scalar engine. */
  public abstract int lanes();

  /**
   * A layer forward: {@code y (m,n) = x (m,k) w (k,n) + bias (n)}, then ReLU if asked.
   *
   * <p>ReLU is {@code max(z, 0)} as {@link Math#max(float, float)} has it: +0 for -0, NaN for NaN.
   */
  public final void forward(
      int m,
      int n,
      int k,
      float[] x,
      int xOffset,
      int ldx,
      float[] w,
      int wOffset,
      int ldw,
      float[] bias,
      int biasOffset,
      float[] y,
      int yOffset,
      int ldy,
      boolean relu) {
    Shapes.check("x", x.length, xOffset, m, k, ldx);
    Shapes.check("w", w.length, wOffset, k, n, ldw);
    Shapes.check("bias", bias.length, biasOffset, 1, n, n);
    Shapes.check("y", y.length, yOffset, m, n, ldy);
    doForward(m, n, k, x, xOffset, ldx, w, wOffset, ldw, bias, biasOffset, y, yOffset, ldy, relu);
  }

  /**
   * Deltas down through the weights as they stand, masked by the activation: {@code dx (m,k) = dz
   * (m,n) w (k,n)^T} where {@code y (m,k) > 0}, else +0.
   *
   * @param y the activations (m,k) that the layer below put out, ReLU'd
   */
  public final void backward(
      int m,
      int n,
      int k,
      float[] dz,
      int dzOffset,
      int lddz,
      float[] w,
      int wOffset,
      int ldw,
      float[] y,
      int yOffset,
      int ldy,
      float[] dx,
      int dxOffset,
      int lddx) {
    Shapes.check("dz", dz.length, dzOffset, m, n, lddz);
    Shapes.check("w", w.length, wOffset, k, n, ldw);
    Shapes.check("y", y.length, yOffset, m, k, ldy);
    Shapes.check("dx", dx.length, dxOffset, m, k, lddx);
    doBackward(m, n, k, dz, dzOffset, lddz, w, wOffset, ldw, y, yOffset, ldy, dx, dxOffset, lddx);
  }

  /**
   * The gradient product with the step inside: {@code w (k,n) = fma(-step, x (m,k)^T dz (m,n), w)};
   * no gradient is stored.
   */
  public final void update(
      int m,
      int n,
      int k,
      float[] x,
      int xOffset,
      int ldx,
      float[] dz,
      int dzOffset,
      int lddz,
      float[] w,
      int wOffset,
      int ldw,
      float step) {
    Shapes.check("x", x.length, xOffset, m, k, ldx);
    Shapes.check("dz", dz.length, dzOffset, m, n, lddz);
    Shapes.check("w", w.length, wOffset, k, n, ldw);
    doUpdate(m, n, k, x, xOffset, ldx, dz, dzOffset, lddz, w, wOffset, ldw, step);
  }

  /** The biases' step: {@code bias (n) = fma(-step, sum over rows of dz (m,n), bias)}. */
  public final void updateBias(
      int m, int n, float[] dz, int dzOffset, int lddz, float[] bias, int biasOffset, float step) {
    Shapes.check("dz", dz.length, dzOffset, m, n, lddz);
    Shapes.check("bias", bias.length, biasOffset, 1, n, n);
    doUpdateBias(m, n, dz, dzOffset, lddz, bias, biasOffset, step);
  }

  /**
   * Softmax in place: each row of {@code z (m,n)} becomes its probabilities, {@code exp(z - max) /
   * sum}; finite logits, however large, give numbers in [0, 1].
   *
   * <p>The shift by the row's maximum: Goodfellow, Bengio, Courville, Deep Learning (2016), section
   * 4.1.
   *
   * @return whether every row's sum was finite, as it is for finite logits
   */
  public final boolean softmax(int m, int n, float[] z, int zOffset, int ldz) {
    Shapes.check("z", z.length, zOffset, m, n, ldz);
    return doSoftmax(m, n, z, zOffset, ldz);
  }

  /**
   * The output delta of softmax under cross-entropy, in place: {@code z (m,n)} becomes {@code
   * softmax(z) - onehot(labels)}, not divided by m.
   *
   * @param labels the classes (m) from {@code labelsOffset} on, each 0 to n - 1
   * @return whether every row's loss is finite, as it is for finite logits
   */
  public final boolean softmaxDelta(
      int m, int n, float[] z, int zOffset, int ldz, int[] labels, int labelsOffset) {
    Shapes.check("z", z.length, zOffset, m, n, ldz);
    Shapes.checkLabels(m, n, labels, labelsOffset);
    boolean finite = doSoftmax(m, n, z, zOffset, ldz);
    for (int i = 0; i < m; i++) {
      z[zOffset + i * ldz + labels[labelsOffset + i]] -= 1;
    }
    return finite;
  }

  /**
   * The cross-entropy of each row of logits, {@code -log(softmax(z)[label])} in double: {@code
   * log(sum of exp(z - max)) - (z[label] - max)}, at least 0 and finite for finite logits. The
   * logits are lost: {@code z} is scratch.
   *
   * @param labels the classes (m) from {@code labelsOffset} on, each 0 to n - 1
   * @param loss receives m values from {@code lossOffset} on
   */
  public final void crossEntropy(
      int m,
      int n,
      float[] z,
      int zOffset,
      int ldz,
      int[] labels,
      int labelsOffset,
      double[] loss,
      int lossOffset) {
    Shapes.check("z", z.length, zOffset, m, n, ldz);
    Shapes.checkLabels(m, n, labels, labelsOffset);
    Shapes.check("loss", loss.length, lossOffset, 1, m, m);
    doCrossEntropy(m, n, z, zOffset, ldz, labels, labelsOffset, loss, lossOffset);
  }

  /**
   * The class of the max value in each row of {@code z (m,n)}, the first of equals; NaN never wins
   * against a number, and 0 stands for a row without any.
   *
   * @param out receives m classes from {@code outOffset} on
   */
  public final void argMax(
      int m, int n, float[] z, int zOffset, int ldz, int[] out, int outOffset) {
    Shapes.check("z", z.length, zOffset, m, n, ldz);
    Shapes.check("out", out.length, outOffset, 1, m, m);
    for (int i = 0; i < m; i++) {
      int row = zOffset + i * ldz;
      int best = 0;
      float max = Float.NEGATIVE_INFINITY;
      for (int j = 0; j < n; j++) {
        if (z[row + j] > max) {
          max = z[row + j];
          best = j;
        }
      }
      out[outOffset + i] = best;
    }
  }

  /** {@code y[i] = exp(x[i])}, i below count, as {@link Exp#exp}; y may be x. */
  public final void exp(int count, float[] x, int xOffset, float[] y, int yOffset) {
    Shapes.check("x", x.length, xOffset, 1, count, count);
    Shapes.check("y", y.length, yOffset, 1, count, count);
    doExp(count, x, xOffset, y, yOffset);
  }

  /** Whether lists of non-zeros pay with these kernels; the scalar engine keeps to dense loops. */
  public abstract boolean skipsZeros();

  /**
   * The input layer forward over lists, for groups {@code fromGroup} to {@code toGroup - 1} of x:
   * the rows of those groups in {@code y (rows,n) = x (rows,width) w (width,n) + bias (n)}, then
   * ReLU if asked. The same bits as {@link #forward} for finite weights.
   */
  public final void forwardSparse(
      SparseRows x,
      int fromGroup,
      int toGroup,
      int n,
      float[] w,
      int wOffset,
      int ldw,
      float[] bias,
      int biasOffset,
      float[] y,
      int yOffset,
      int ldy,
      boolean relu) {
    Objects.checkFromToIndex(fromGroup, toGroup, x.groups());
    Shapes.check("w", w.length, wOffset, x.width, n, ldw);
    Shapes.check("bias", bias.length, biasOffset, 1, n, n);
    Shapes.check("y", y.length, yOffset, x.rows, n, ldy);
    doForwardSparse(
        x, fromGroup, toGroup, n, w, wOffset, ldw, bias, biasOffset, y, yOffset, ldy, relu);
  }

  /**
   * The input layer's gradient product with the step inside, for strips {@code fromStrip} to {@code
   * toStrip - 1} of x: those rows of {@code w (width,n) = fma(-step, x (rows,width)^T dz (rows,n),
   * w)}. The same bits as {@link #update} for finite deltas.
   */
  public final void updateSparse(
      SparseColumns x,
      int fromStrip,
      int toStrip,
      int n,
      float[] dz,
      int dzOffset,
      int lddz,
      float[] w,
      int wOffset,
      int ldw,
      float step) {
    Objects.checkFromToIndex(fromStrip, toStrip, x.strips());
    Shapes.check("dz", dz.length, dzOffset, x.rows, n, lddz);
    Shapes.check("w", w.length, wOffset, x.width, n, ldw);
    doUpdateSparse(x, fromStrip, toStrip, n, dz, dzOffset, lddz, w, wOffset, ldw, step);
  }

  abstract void doForwardSparse(
      SparseRows x,
      int fromGroup,
      int toGroup,
      int n,
      float[] w,
      int wOffset,
      int ldw,
      float[] bias,
      int biasOffset,
      float[] y,
      int yOffset,
      int ldy,
      boolean relu);

  abstract void doUpdateSparse(
      SparseColumns x,
      int fromStrip,
      int toStrip,
      int n,
      float[] dz,
      int dzOffset,
      int lddz,
      float[] w,
      int wOffset,
      int ldw,
      float step);

  abstract void doForward(
      int m,
      int n,
      int k,
      float[] x,
      int xOffset,
      int ldx,
      float[] w,
      int wOffset,
      int ldw,
      float[] bias,
      int biasOffset,
      float[] y,
      int yOffset,
      int ldy,
      boolean relu);

  abstract void doBackward(
      int m,
      int n,
      int k,
      float[] dz,
      int dzOffset,
      int lddz,
      float[] w,
      int wOffset,
      int ldw,
      float[] y,
      int yOffset,
      int ldy,
      float[] dx,
      int dxOffset,
      int lddx);

  abstract void doUpdate(
      int m,
      int n,
      int k,
      float[] x,
      int xOffset,
      int ldx,
      float[] dz,
      int dzOffset,
      int lddz,
      float[] w,
      int wOffset,
      int ldw,
      float step);

  abstract void doUpdateBias(
      int m, int n, float[] dz, int dzOffset, int lddz, float[] bias, int biasOffset, float step);

  abstract boolean doSoftmax(int m, int n, float[] z, int zOffset, int ldz);

  abstract void doCrossEntropy(
      int m,
      int n,
      float[] z,
      int zOffset,
      int ldz,
      int[] labels,
      int labelsOffset,
      double[] loss,
      int lossOffset);

  abstract void doExp(int count, float[] x, int xOffset, float[] y, int yOffset);
}
