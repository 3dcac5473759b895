package lanewise.nn;

import java.util.concurrent.atomic.AtomicInteger;
import lanewise.kernel.Kernels;
import lanewise.kernel.SparseRows;
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

  /** Blocks of these sizes do as well, if the training has lists of them. */
  private static final int LEAST = 32;

  private static final int MOST = 256;

  private final Kernels kernels;
  private final Workers workers;

  public Evaluator(Kernels kernels, Workers workers) {
    this.kernels = kernels;
    this.workers = workers;
  }

  /**
   * Evaluates all rows.
   *
   * @throws IllegalArgumentException if the samples are not as wide as the network's input, have
   *     labels beyond its classes, or a block of rows is too wide for an array
   */
  public Evaluation evaluate(Mlp net, Samples samples) {
    return evaluate(net, samples, new int[samples.rows()]);
  }

  /**
   * Evaluates all rows and tells how each was read.
   *
   * @param read (rows), receives the most probable class of each row
   * @throws IllegalArgumentException also if {@code read} is not as long as there are rows
   */
  public Evaluation evaluate(Mlp net, Samples samples, int[] read) {
    checkFit(net, samples);
    int rows = samples.rows();
    if (read.length != rows) {
      throw new IllegalArgumentException(
          "%d places for the classes of %d rows".formatted(read.length, rows));
    }
    double[] losses = new double[rows];
    int size = samples.blockRows(LEAST, MOST, BLOCK);
    int blocks = Math.ceilDiv(rows, size);
    SparseRows[] lists = samples.sparseRows(size, kernels, workers);
    AtomicInteger next = new AtomicInteger();
    workers.run(
        Math.max(1, Math.min(workers.threads(), blocks)),
        (worker, barrier) -> {
          Block block = new Block(net, size, lists);
          for (int i = next.getAndIncrement(); i < blocks; i = next.getAndIncrement()) {
            block.evaluate(kernels, samples, i, losses, read);
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

  /** One worker's buffers: the input rows, if no lists stand for them, and two layers' outputs. */
  private static final class Block {
    private final Mlp net;
    private final SparseRows[] lists;
    private final float[] x;
    private final float[][] activations;
    private final int[] labels;
    private final int size;

    Block(Mlp net, int size, SparseRows[] lists) {
      this.net = net;
      this.size = size;
      this.labels = new int[size];
      this.lists = lists;
      this.x = lists == null ? new float[Trainer.elements(size, net.inputs())] : null;
      this.activations = new float[2][Trainer.elements(size, net.widestOutput())];
    }

    void evaluate(Kernels kernels, Samples samples, int i, double[] losses, int[] read) {
      int from = i * size;
      int to = Math.min(samples.rows(), from + size);
      int m = to - from;
      samples.copyLabels(from, to, labels, 0);
      float[] in = activations[0];
      if (lists == null) {
        samples.copyRows(from, to, x, 0);
        net.forward(kernels, 0, m, x, 0, in, 0);
      } else {
        SparseRows list = lists[i];
        net.forwardInput(kernels, list, 0, list.groups(), in);
      }
      for (int layer = 1; layer < net.layers(); layer++) {
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
