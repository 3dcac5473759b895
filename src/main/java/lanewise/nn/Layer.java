package lanewise.nn;

import lanewise.kernel.Kernels;
import lanewise.kernel.NonZeros;
import lanewise.kernel.Step;
import lanewise.kernel.Transfer;

/**
 * One dense layer: the offsets of its weights (inputs, outputs) and biases (outputs) in the
 * network's parameters, and its products. Matrices are row-major and contiguous: {@code x (m,
 * inputs)}, {@code y (m, outputs)}, {@code dz (m, outputs)}.
 */
final class Layer {
  private final int inputs;
  private final int outputs;
  private final float[] parameters;
  private final int weights;
  private final Transfer transfer;

  /**
   * Creates a layer of a network.
   *
   * @param inputs number of inputs per row
   * @param outputs number of outputs per row
   * @param parameters those of all layers of the network
   * @param weights index of its first weight
   * @param transfer what becomes of the sums; the identity in the last layer
   */
  Layer(int inputs, int outputs, float[] parameters, int weights, Transfer transfer) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.parameters = parameters;
    this.weights = weights;
    this.transfer = transfer;
  }

  int inputs() {
    return inputs;
  }

  int outputs() {
    return outputs;
  }

  float[] parameters() {
    return parameters;
  }

  /** Index of its first weight. */
  int weights() {
    return weights;
  }

  Transfer transfer() {
    return transfer;
  }

  /** Index of its first bias. */
  int biases() {
    return weights + inputs * outputs;
  }

  /** {@code y = x w + bias}, activated, for m rows from {@code fromRow} on. */
  void forward(Kernels kernels, int m, int fromRow, float[] x, float[] y) {
    forward(kernels, m, x, fromRow * inputs, y, fromRow * outputs, false);
  }

  /**
   * The same, with m rows from an index of x to m rows from an index of y.
   *
   * @param skipZeros for finite weights only: whether terms whose x is zero may be skipped
   */
  void forward(
      Kernels kernels, int m, float[] x, int xOffset, float[] y, int yOffset, boolean skipZeros) {
    kernels.forward(
        m,
        outputs,
        inputs,
        x,
        xOffset,
        inputs,
        parameters,
        weights,
        outputs,
        parameters,
        biases(),
        y,
        yOffset,
        outputs,
        transfer,
        skipZeros);
  }

  /** The same for pairs {@code fromPair} to {@code toPair - 1} of listed rows. */
  void forward(Kernels kernels, NonZeros x, int fromPair, int toPair, float[] y) {
    forward(kernels, x, fromPair, toPair, parameters, weights, outputs, y);
  }

  /** The same with a copy of the weights. */
  void forward(
      Kernels kernels,
      NonZeros x,
      int fromPair,
      int toPair,
      float[] w,
      int wOffset,
      int ldw,
      float[] y) {
    kernels.forwardSparse(
        x,
        fromPair,
        toPair,
        outputs,
        w,
        wOffset,
        ldw,
        parameters,
        biases(),
        y,
        0,
        outputs,
        transfer);
  }

  /**
   * {@code dx = dz w^T}, times the slope of the function of the layer below where its value is x,
   * for m rows from {@code fromRow} on.
   */
  void backward(
      Kernels kernels, int m, int fromRow, float[] dz, float[] x, float[] dx, Transfer below) {
    kernels.backward(
        m,
        outputs,
        inputs,
        dz,
        fromRow * outputs,
        outputs,
        parameters,
        weights,
        outputs,
        x,
        fromRow * inputs,
        inputs,
        dx,
        fromRow * inputs,
        inputs,
        below);
  }

  /** Takes a step with {@code x^T dz} for the weights of inputs {@code from} to {@code to - 1}. */
  void update(Kernels kernels, int m, float[] x, float[] dz, int from, int to, Step step) {
    kernels.update(
        m,
        outputs,
        to - from,
        x,
        from,
        inputs,
        dz,
        0,
        outputs,
        parameters,
        weights + from * outputs,
        outputs,
        step);
  }

  /** The same for pairs {@code fromPair} to {@code toPair - 1} of listed columns of x. */
  void update(Kernels kernels, NonZeros x, int fromPair, int toPair, float[] dz, Step step) {
    kernels.updateSparse(
        x, fromPair, toPair, outputs, dz, 0, outputs, parameters, weights, outputs, step);
  }

  /** Takes a step of the biases with the sum of dz's m rows. */
  void updateBiases(Kernels kernels, int m, float[] dz, Step step) {
    kernels.updateBias(m, outputs, dz, 0, outputs, parameters, biases(), step);
  }
}
