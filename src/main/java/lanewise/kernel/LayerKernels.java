package lanewise.kernel;

import java.util.Objects;

/**
 * The products of a layer: dense, and over the non-zeros of an input of grey bytes. Conventions and
 * the rule that keeps the bits: see {@link Kernels}.
 */
abstract sealed class LayerKernels permits LossKernels {
  LayerKernels() {}

  /**
   * Computes a layer forward: {@code y = transfer(x w + bias)}.
   *
   * @param m rows of x and y
   * @param n columns of w and y
   * @param k columns of x and rows of w: the terms of each sum
   * @param x the inputs (m,k)
   * @param xOffset where x begins
   * @param ldx row length of x
   * @param w the weights (k,n)
   * @param wOffset where w begins
   * @param ldw row length of w
   * @param bias the biases (n)
   * @param biasOffset where bias begins
   * @param y receives the activations (m,n)
   * @param yOffset where y begins
   * @param ldy row length of y
   * @param transfer what becomes of the sums
   * @param skipZeros whether terms whose x is zero may be skipped, which is faster where zeros are
   *     many or rows are few. For finite weights only: with those, it changes no bit but the sign
   *     of a zero that {@link Transfer#IDENTITY} leaves, and none of what softmax makes of that
   * @throws IllegalArgumentException if a matrix does not fit into its array
   * @throws NullPointerException if an array or transfer is null
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
      Transfer transfer,
      boolean skipZeros) {
    Objects.requireNonNull(transfer, "transfer");
    try (Operands o = Operands.ofThread()) {
      o.a.set("x", x, xOffset, m, k, ldx);
      o.b.set("w", w, wOffset, k, n, ldw);
      o.other.set("bias", bias, biasOffset, 1, n, n);
      o.c.set("y", y, yOffset, m, n, ldy);
      doForward(m, n, k, o, transfer, skipZeros);
    }
  }

  /**
   * Propagates deltas back through the weights and the function of the layer below. With {@code
   * sum} for an element of {@code dz w^T}, dx is {@code sum} where {@code y > 0}, else +0, for
   * ReLU; {@code fma(-y, y, 1) * sum} for tanh; and {@code sum} for the identity.
   *
   * @param m rows of dz, y and dx
   * @param n columns of dz and w: the terms of each sum
   * @param k rows of w, columns of y and dx
   * @param dz the deltas (m,n) of the layer
   * @param dzOffset where dz begins
   * @param lddz row length of dz
   * @param w the weights (k,n) of the layer, as the forward product used them
   * @param wOffset where w begins
   * @param ldw row length of w
   * @param y the activations (m,k) of the layer below
   * @param yOffset where y begins
   * @param ldy row length of y
   * @param dx receives the deltas (m,k) of the layer below
   * @param dxOffset where dx begins
   * @param lddx row length of dx
   * @param transfer the function of the layer below
   * @throws IllegalArgumentException if a matrix does not fit into its array
   * @throws NullPointerException if an array or transfer is null
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
      int lddx,
      Transfer transfer) {
    Objects.requireNonNull(transfer, "transfer");
    try (Operands o = Operands.ofThread()) {
      o.a.set("dz", dz, dzOffset, m, n, lddz);
      o.b.set("w", w, wOffset, k, n, ldw);
      o.other.set("y", y, yOffset, m, k, ldy);
      o.c.set("dx", dx, dxOffset, m, k, lddx);
      doBackward(m, n, k, o, transfer);
    }
  }

  /**
   * Takes a step of the weights with the gradient {@code x^T dz}, which is never stored as a whole.
   *
   * @param m rows of x and dz: the terms of each sum
   * @param n columns of dz and w
   * @param k columns of x and rows of w
   * @param x the inputs (m,k) of the layer
   * @param xOffset where x begins
   * @param ldx row length of x
   * @param dz the deltas (m,n) of the layer
   * @param dzOffset where dz begins
   * @param lddz row length of dz
   * @param w the weights (k,n), updated in place
   * @param wOffset where w begins
   * @param ldw row length of w
   * @param step what it does, with states as long as w's array
   * @throws IllegalArgumentException if a matrix does not fit into its array, or a state is shorter
   *     than w's
   * @throws NullPointerException if an array is null
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
      Step step) {
    try (Operands o = Operands.ofThread()) {
      o.a.set("x", x, xOffset, m, k, ldx);
      o.b.set("dz", dz, dzOffset, m, n, lddz);
      o.c.set("w", w, wOffset, k, n, ldw);
      Objects.requireNonNull(step, "step").check(w);
      doUpdate(m, n, k, o, step);
    }
  }

  /**
   * Takes a step of the biases with the sum of the rows of dz.
   *
   * @param m rows of dz
   * @param n columns of dz
   * @param dz the deltas (m,n) of the layer
   * @param dzOffset where dz begins
   * @param lddz row length of dz
   * @param bias the biases (n), updated in place
   * @param biasOffset where bias begins
   * @param step what it does, with states as long as the array of the parameters
   * @throws IllegalArgumentException if dz or bias does not fit into its array
   * @throws NullPointerException if an array is null
   */
  public final void updateBias(
      int m, int n, float[] dz, int dzOffset, int lddz, float[] bias, int biasOffset, Step step) {
    Shapes.check("dz", dz, dzOffset, m, n, lddz);
    Shapes.check("bias", bias, biasOffset, n);
    Objects.requireNonNull(step, "step").check(bias);
    doUpdateBias(m, n, dz, dzOffset, lddz, bias, biasOffset, step);
  }

  /**
   * Computes the input layer forward for some pairs of rows: {@code y = transfer(x w + bias)}, as
   * {@link #forward} would. For finite weights the bits are the same.
   *
   * @param x the inputs (rows,width), listed by rows
   * @param fromPair the first pair
   * @param toPair the end of the pairs, exclusive
   * @param n columns of w and y
   * @param w the weights (width,n)
   * @param wOffset where w begins
   * @param ldw row length of w
   * @param bias the biases (n)
   * @param biasOffset where bias begins
   * @param y receives the activations (rows,n) of the rows in these pairs; others stay
   * @param yOffset where y begins
   * @param ldy row length of y
   * @param transfer what becomes of the sums
   * @throws IllegalArgumentException if x has no such pairs, or a matrix does not fit into its
   *     array
   * @throws NullPointerException if x, an array or transfer is null
   */
  public final void forwardSparse(
      NonZeros x,
      int fromPair,
      int toPair,
      int n,
      float[] w,
      int wOffset,
      int ldw,
      float[] bias,
      int biasOffset,
      float[] y,
      int yOffset,
      int ldy,
      Transfer transfer) {
    Shapes.checkPairs(x, true, fromPair, toPair);
    Objects.requireNonNull(transfer, "transfer");
    try (Operands o = Operands.ofThread()) {
      o.b.set("w", w, wOffset, x.grey.width, n, ldw);
      o.other.set("bias", bias, biasOffset, 1, n, n);
      o.c.set("y", y, yOffset, x.rows, n, ldy);
      doForwardSparse(x, fromPair, toPair, n, o, transfer);
    }
  }

  /**
   * Takes a step of the input layer for some pairs of columns of x, which are rows of w, as {@link
   * #update} would. For finite deltas the bits are the same.
   *
   * @param x the inputs (rows,width), listed by columns
   * @param fromPair the first pair
   * @param toPair the end of the pairs, exclusive
   * @param n columns of dz and w
   * @param dz the deltas (rows,n) of the layer
   * @param dzOffset where dz begins
   * @param lddz row length of dz
   * @param w the weights (width,n); the rows of these pairs are updated in place
   * @param wOffset where w begins
   * @param ldw row length of w
   * @param step what it does, with states as long as the array of the parameters
   * @throws IllegalArgumentException if x has no such pairs, or a matrix does not fit into its
   *     array
   * @throws NullPointerException if x or an array is null
   */
  public final void updateSparse(
      NonZeros x,
      int fromPair,
      int toPair,
      int n,
      float[] dz,
      int dzOffset,
      int lddz,
      float[] w,
      int wOffset,
      int ldw,
      Step step) {
    Shapes.checkPairs(x, false, fromPair, toPair);
    try (Operands o = Operands.ofThread()) {
      o.b.set("dz", dz, dzOffset, x.rows, n, lddz);
      o.c.set("w", w, wOffset, x.grey.width, n, ldw);
      Objects.requireNonNull(step, "step").check(w);
      doUpdateSparse(x, fromPair, toPair, n, o, step);
    }
  }

  abstract void doForward(int m, int n, int k, Operands o, Transfer transfer, boolean skipZeros);

  abstract void doBackward(int m, int n, int k, Operands o, Transfer transfer);

  abstract void doUpdate(int m, int n, int k, Operands o, Step step);

  abstract void doUpdateBias(
      int m, int n, float[] dz, int dzOffset, int lddz, float[] bias, int biasOffset, Step step);

  abstract void doForwardSparse(
      NonZeros x, int fromPair, int toPair, int n, Operands o, Transfer transfer);

  abstract void doUpdateSparse(NonZeros x, int fromPair, int toPair, int n, Operands o, Step step);
}
