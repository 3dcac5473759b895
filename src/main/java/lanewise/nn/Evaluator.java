package lanewise.nn;

import java.util.concurrent.atomic.AtomicInteger;
import lanewise.kernel.Kernels;
import lanewise.parallel.Workers;

/**
 * Reads labelled rows with a network: loss, accuracy, confusion.
 *
 * <p>Blocks of rows go to whichever worker is free. The loss is kept a row and summed in row order
 * at the end, in double, so the figure does not depend on threads or blocks.
 */
public final class Evaluator {
  /** Enough rows to use a weight often once it is in the cache, few enough to stay there too. */
  private static final int BLOCK = 64;

  private final Kernels kernels;
  private final Workers workers;

  public Evaluator(Kernels kernels, Workers workers) {
    this.kernels = kernels;
    this.workers = workers;
  }

  /**
   * Evaluates all rows.
   *
   * @throws IllegalArgumentException if the samples are not as wide as the network's input or have
   *     labels beyond its classes
   */
  public Evaluation evaluate(Mlp net, Samples samples) {
    checkFit(net, samples);
    int rows = samples.rows();
    double[] losses = new double[rows];
    int[] read = new int[rows];
    int blocks = Math.ceilDiv(rows, BLOCK);
    AtomicInteger next = new AtomicInteger();
    workers.run(
        Math.max(1, Math.min(workers.threads(), blocks)),
        (worker, barrier) -> {
          Block block = new Block(net);
          for (int i = next.getAndIncrement(); i < blocks; i = next.getAndIncrement()) {
            int from = i * BLOCK;
            block.evaluate(kernels, samples, from, Math.min(rows, from + BLOCK), losses, read);
          }
        });
    int[][] confusion = new int[net.outputs()][net.outputs()];
    double loss = 0;
    int correct = 0;
    for (int row = 0; row < rows; row++) {
      int label = samples.label(row);
      loss += losses[row];
      confusion[label][read[row]]++;
      correct += read[row] == label ? 1 : 0;
    }
    return new Evaluation(rows, correct, loss, confusion);
  }

  static void checkFit(Mlp net, Samples samples) {
    if (samples.width() != net.inputs() || samples.classes() > net.outputs()) {
      throw new IllegalArgumentException(
          "rows of width %d with %d classes do not fit a network %s"
              .formatted(samples.width(), samples.classes(), net));
    }
  }

  /** One worker's buffers: the input rows and two layers' outputs in turn. */
  private static final class Block {
    private final Mlp net;
    private final float[] x;
    private final float[][] activations;
    private final int[] labels = new int[BLOCK];

    Block(Mlp net) {
      this.net = net;
      this.x = new float[Math.multiplyExact(BLOCK, net.inputs())];
      this.activations = new float[2][Math.multiplyExact(BLOCK, net.widestOutput())];
    }

    void evaluate(Kernels kernels, Samples samples, int from, int to, double[] losses, int[] read) {
      int m = to - from;
      samples.copyRows(from, to, x, 0);
      samples.copyLabels(from, to, labels, 0);
      float[] in = x;
      for (int layer = 0; layer < net.layers(); layer++) {
        float[] out = activations[layer % 2];
        net.forward(kernels, layer, m, in, 0, out, 0);
        in = out;
      }
      int n = net.outputs();
      kernels.argMax(m, n, in, 0, n, read, from);
      kernels.crossEntropy(m, n, in, 0, n, labels, 0, losses, from);
    }
  }
}
