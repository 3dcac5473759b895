package lanewise.kernel;

/**
 * What becomes of the outputs of a network: probabilities, the losses and their deltas. Conventions
 * and the rule that keeps the bits: see {@link Kernels}.
 */
abstract sealed class LossKernels extends LayerKernels permits Kernels {
  LossKernels() {}

  /**
   * Replaces each row of logits by its softmax, {@code exp(z - max) / sum}: finite logits, however
   * large, give numbers in [0, 1].
   *
   * <p>The shift by the row's maximum: Goodfellow, Bengio, Courville, Deep Learning (2016), section
   * 4.1.
   *
   * @param m rows of z
   * @param n columns of z
   * @param z the logits (m,n), replaced by probabilities
   * @param zOffset where z begins
   * @param ldz row length of z
   * @return whether the sum of every row was finite, as it is for finite logits
   * @throws IllegalArgumentException if z does not fit into its array
   * @throws NullPointerException if z is null
   */
  public final boolean softmax(int m, int n, float[] z, int zOffset, int ldz) {
    Shapes.check("z", z, zOffset, m, n, ldz);
    return doSoftmax(m, n, z, zOffset, ldz);
  }

  /**
   * Replaces each row of logits by the output delta of softmax under cross-entropy, {@code
   * softmax(z) - target}, not divided by m; with s for smoothing, the target is {@code (1 - s)
   * onehot(label) + s / n}.
   *
   * @param m rows of z
   * @param n columns of z: the classes
   * @param z the logits (m,n), replaced by deltas
   * @param zOffset where z begins
   * @param ldz row length of z
   * @param labels the classes (m), each 0 to n - 1
   * @param labelsOffset where labels begins
   * @param smoothing at least 0, below 1
   * @return whether the loss of every row, as {@link #crossEntropy} computes it, is finite; it is
   *     for finite logits
   * @throws IllegalArgumentException if z or labels does not fit into its array, or a label is not
   *     a class
   * @throws NullPointerException if an array is null
   */
  public final boolean softmaxDelta(
      int m,
      int n,
      float[] z,
      int zOffset,
      int ldz,
      int[] labels,
      int labelsOffset,
      double smoothing) {
    Shapes.check("z", z, zOffset, m, n, ldz);
    Shapes.checkLabels(m, n, labels, labelsOffset);
    float others = (float) (smoothing / n);
    float label = (float) (smoothing / n + (1 - smoothing));
    // Logits of a row with a finite sum are finite or -Infinity: exp takes that to 0, log does not.
    boolean finite = true;
    for (int i = 0; i < m; i++) {
      finite &= Float.isFinite(z[zOffset + i * ldz + labels[labelsOffset + i]]);
    }
    finite &= doSoftmax(m, n, z, zOffset, ldz);
    for (int i = 0; i < m; i++) {
      int row = zOffset + i * ldz;
      int at = row + labels[labelsOffset + i];
      float probability = z[at];
      for (int j = 0; j < n && others > 0; j++) {
        z[row + j] -= others;
      }
      z[at] = probability - label;
    }
    return finite;
  }

  /**
   * Computes the cross-entropy of each row of logits, {@code -log(softmax(z)[label])}, in double as
   * {@code log(sum of exp(z - max)) - (z[label] - max)}: at least 0, and finite for finite logits.
   *
   * @param m rows of z
   * @param n columns of z: the classes
   * @param z the logits (m,n), replaced by probabilities, as by {@link #softmax}
   * @param zOffset where z begins
   * @param ldz row length of z
   * @param labels the classes (m), each 0 to n - 1
   * @param labelsOffset where labels begins
   * @param loss receives the losses (m), in nats
   * @param lossOffset where loss begins
   * @throws IllegalArgumentException if z, labels or loss does not fit into its array, or a label
   *     is not a class
   * @throws NullPointerException if an array is null
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
    Shapes.check("z", z, zOffset, m, n, ldz);
    Shapes.checkLabels(m, n, labels, labelsOffset);
    Shapes.check("loss", loss, lossOffset, m);
    doCrossEntropy(m, n, z, zOffset, ldz, labels, labelsOffset, loss, lossOffset);
  }

  /**
   * Replaces each row of outputs by the delta of the squared error, {@code (y - t) * (2 / n)}: the
   * gradient of what {@link #squaredError} computes. Not divided by m.
   *
   * @param m rows of y and t
   * @param n columns of y and t
   * @param y the outputs (m,n), replaced by deltas
   * @param yOffset where y begins
   * @param ldy row length of y
   * @param t the targets (m,n)
   * @param tOffset where t begins
   * @param ldt row length of t
   * @return whether every delta is finite, as it is for finite outputs and targets unless it is
   *     beyond the largest float; the errors are finite then too
   * @throws IllegalArgumentException if y or t does not fit into its array
   * @throws NullPointerException if an array is null
   */
  public final boolean squaredDelta(
      int m, int n, float[] y, int yOffset, int ldy, float[] t, int tOffset, int ldt) {
    Shapes.check("y", y, yOffset, m, n, ldy);
    Shapes.check("t", t, tOffset, m, n, ldt);
    float factor = 2f / n;
    boolean finite = true;
    for (int i = 0; i < m; i++) {
      int row = yOffset + i * ldy;
      int target = tOffset + i * ldt;
      for (int j = 0; j < n; j++) {
        y[row + j] = (y[row + j] - t[target + j]) * factor;
        finite &= Float.isFinite(y[row + j]);
      }
    }
    return finite;
  }

  /**
   * Computes the squared error of each row, the mean of {@code (y - t)^2} over its columns, in
   * double and in ascending order.
   *
   * @param m rows of y and t
   * @param n columns of y and t
   * @param y the outputs (m,n)
   * @param yOffset where y begins
   * @param ldy row length of y
   * @param t the targets (m,n)
   * @param tOffset where t begins
   * @param ldt row length of t
   * @param loss receives the errors (m), in squares of the targets' unit; NaN without columns
   * @param lossOffset where loss begins
   * @throws IllegalArgumentException if y, t or loss does not fit into its array
   * @throws NullPointerException if an array is null
   */
  public final void squaredError(
      int m,
      int n,
      float[] y,
      int yOffset,
      int ldy,
      float[] t,
      int tOffset,
      int ldt,
      double[] loss,
      int lossOffset) {
    Shapes.check("y", y, yOffset, m, n, ldy);
    Shapes.check("t", t, tOffset, m, n, ldt);
    Shapes.check("loss", loss, lossOffset, m);
    for (int i = 0; i < m; i++) {
      double sum = 0;
      for (int j = 0; j < n; j++) {
        double error = y[yOffset + i * ldy + j] - (double) t[tOffset + i * ldt + j];
        sum += error * error;
      }
      loss[lossOffset + i] = sum / n;
    }
  }

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
}
