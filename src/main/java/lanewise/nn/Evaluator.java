package lanewise.nn;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import lanewise.kernel.AlignedFloats;
import lanewise.kernel.GreyRows;
import lanewise.kernel.Kernels;
import lanewise.kernel.NonZeros;
import lanewise.parallel.Workers;

/**
 * Computes loss, accuracy and confusion matrix of a network on labelled rows.
 *
 * <p>Each block of rows is taken by the next free thread. The losses are stored per row and summed
 * at the end, in row order and in double, so the sum does not depend on threads or blocks.
 */
final class Evaluator {
  /**
   * Enough rows to reuse a weight often while it is cached, few enough to stay in the cache too.
   */
  private static final int BLOCK = 64;

  private final Kernels kernels;
  private final Workers workers;

  /** A copy of the first layer's weights, row by row. */
  private AlignedFloats weights;

  Evaluator(Kernels kernels, Workers workers) {
    this.kernels = kernels;
    this.workers = workers;
  }

  /**
   * Evaluates all rows.
   *
   * @throws IllegalArgumentException if the samples are not as wide as the network's input, have
   *     labels beyond its classes, or a block of rows is too wide for an array
   * @throws IllegalStateException if the network is being trained
   */
  Evaluation evaluate(Mlp net, Samples samples) {
    checkFit(net, samples);
    net.checkNotTraining();
    int rows = samples.rows();
    int[] predicted = new int[rows];
    double[] losses = new double[rows];
    float[] probabilities = new float[rows];
    float[] labelProbabilities = new float[rows];
    int blocks = Math.ceilDiv(rows, BLOCK);
    GreyRows grey = samples.greyRows(kernels, workers);
    if (grey != null) {
      copyWeights(net.layer(0));
    }
    AtomicInteger next = new AtomicInteger();
    workers.run(
        Math.max(1, Math.min(workers.threads(), blocks)),
        (thread, barrier) -> {
          Block block = new Block(net, grey, weights);
          for (int i = next.getAndIncrement(); i < blocks; i = next.getAndIncrement()) {
            block.evaluate(
                kernels, samples, i, losses, predicted, probabilities, labelProbabilities);
          }
        });
    int[][] confusion = new int[net.outputs()][net.outputs()];
    double loss = 0;
    for (int row = 0; row < rows; row++) {
      loss += losses[row];
      confusion[samples.label(row)][predicted[row]]++;
    }
    return new Evaluation(loss, confusion, predicted, probabilities, labelProbabilities);
  }

  private void copyWeights(Layer layer) {
    int ld = AlignedFloats.rowLength(layer.outputs());
    int size = StepBuffers.elements(layer.inputs(), ld);
    if (weights == null || weights.array().length - weights.offset() < size) {
      weights = AlignedFloats.of(size);
    }
    for (int row = 0; row < layer.inputs(); row++) {
      System.arraycopy(
          layer.parameters(),
          layer.weights() + row * layer.outputs(),
          weights.array(),
          weights.offset() + row * ld,
          layer.outputs());
    }
  }

  static void checkFit(Mlp net, Samples samples) {
    Objects.requireNonNull(samples, "samples");
    if (samples.width() != net.inputs() || samples.classes() > net.outputs()) {
      throw new IllegalArgumentException(
          "rows of width %d with %d classes do not fit a network %s"
              .formatted(samples.width(), samples.classes(), net));
    }
  }

  /**
   * The buffers of one thread: the input rows as floats or as lists of their non-zeros, and the
   * outputs of two layers.
   */
  private static final class Block {
    private final Mlp net;
    private final NonZeros lists;
    private final AlignedFloats weights;
    private final float[] x;
    private final float[][] activations;
    private final int[] labels = new int[BLOCK];
    private final int[] order = new int[BLOCK];

    Block(Mlp net, GreyRows grey, AlignedFloats weights) {
      this.net = net;
      this.weights = weights;
      this.lists = grey == null ? null : NonZeros.byRows(grey, BLOCK);
      this.x = grey == null ? new float[StepBuffers.elements(BLOCK, net.inputs())] : null;
      this.activations = new float[2][StepBuffers.elements(BLOCK, net.widestOutput())];
    }

    void evaluate(
        Kernels kernels,
        Samples samples,
        int i,
        double[] losses,
        int[] predicted,
        float[] probabilities,
        float[] labelProbabilities) {
      int from = i * BLOCK;
      int to = Math.min(samples.rows(), from + BLOCK);
      int m = to - from;
      samples.copyLabels(from, to, labels, 0);
      float[] in = activations[0];
      if (lists == null) {
        samples.copyRows(from, to, x, 0);
        net.layer(0).forward(kernels, m, 0, x, in);
      } else {
        Arrays.setAll(order, row -> from + row);
        lists.list(order, 0, m, 0, 1);
        int ld = AlignedFloats.rowLength(net.width(1));
        net.layer(0)
            .forward(kernels, lists, 0, lists.pairs(), weights.array(), weights.offset(), ld, in);
      }
      for (int layer = 1; layer < net.layers(); layer++) {
        float[] out = activations[layer % 2];
        net.layer(layer).forward(kernels, m, 0, in, out);
        in = out;
      }
      int n = net.outputs();
      kernels.argMax(m, n, in, 0, n, predicted, from);
      kernels.crossEntropy(m, n, in, 0, n, labels, 0, losses, from);
      for (int row = 0; row < m; row++) {
        probabilities[from + row] = in[row * n + predicted[from + row]];
        labelProbabilities[from + row] = in[row * n + labels[row]];
      }
    }
  }
}
