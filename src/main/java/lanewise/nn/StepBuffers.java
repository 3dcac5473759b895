package lanewise.nn;

/**
 * The intermediate results of a training step: the outputs of each layer and their deltas,
 * row-major.
 */
final class StepBuffers {
  private final float[][] outputs;
  private final float[][] activations;
  private final float[][] deltas;

  /**
   * Allocates the buffers for a batch.
   *
   * @param apart whether the activations are kept apart from the outputs
   * @throws IllegalArgumentException if no array can hold a layer's outputs
   */
  StepBuffers(Mlp net, int batchSize, boolean apart) {
    int layers = net.layers();
    outputs = new float[layers][];
    activations = new float[layers][];
    deltas = new float[layers][];
    for (int layer = 0; layer < layers; layer++) {
      int size = elements(batchSize, net.width(layer + 1));
      outputs[layer] = new float[size];
      activations[layer] = apart && layer < layers - 1 ? new float[size] : outputs[layer];
      // The last layer's sums become its deltas in place.
      deltas[layer] = layer == layers - 1 ? outputs[layer] : new float[size];
    }
  }

  /**
   * Checks that arrays can hold a batch's rows and each layer's outputs.
   *
   * @throws IllegalArgumentException if one cannot
   */
  static void check(Mlp net, int batchSize) {
    for (int layer = 0; layer <= net.layers(); layer++) {
      elements(batchSize, net.width(layer));
    }
  }

  /** The outputs of a layer (batch size, width), as the next layer receives them. */
  float[] outputs(int layer) {
    return outputs[layer];
  }

  /**
   * The same as the activation left them, which gives its slope, before dropout: those left out are
   * where the slope is 0.
   */
  float[] activations(int layer) {
    return activations[layer];
  }

  /**
   * The gradient of the loss with respect to a layer's outputs before activation (batch size,
   * width).
   */
  float[] deltas(int layer) {
    return deltas[layer];
  }

  /**
   * Returns the number of elements of some rows.
   *
   * @throws IllegalArgumentException if no array can hold them
   */
  static int elements(int rows, int width) {
    if ((long) rows * width > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a batch of %d rows of width %d is more than an array can hold (2147483647)"
              .formatted(rows, width));
    }
    return rows * width;
  }
}
