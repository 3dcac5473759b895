package lanewise.nn;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import lanewise.kernel.AlignedFloats;
import lanewise.kernel.GreyRows;
import lanewise.kernel.Kernels;
import lanewise.kernel.NonZeros;
import lanewise.parallel.Workers;

/**
 * Evaluates a network on rows: each block of them is taken by the next free thread, and a {@link
 * Tally} collects what their outputs say.
 */
final class Evaluator {
  /**
   * Enough rows to reuse a weight often while it is cached, few enough to stay in the cache too.
   */
  private static final int BLOCK = 64;

  private final Kernels kernels;
  private final Workers workers;
  private final ListRoom room;

  /** A copy of the first layer's weights, row by row. */
  private AlignedFloats weights;

  /** Of rows that were evaluated before. Weak, so that rows seen once do not stay in memory. */
  private final Map<GreyRows, KeptLists> seen = new WeakHashMap<>();

  /**
   * @param room for lists of rows that are evaluated again and again
   */
  Evaluator(Kernels kernels, Workers workers, ListRoom room) {
    this.kernels = kernels;
    this.workers = workers;
    this.room = room;
  }

  /**
   * Evaluates all rows.
   *
   * @throws IllegalArgumentException if the samples do not fit the network, see {@link #checkFit},
   *     or a block of rows is too wide for an array
   * @throws IllegalStateException if the network is being trained
   */
  Evaluation evaluate(Mlp net, Samples samples) {
    checkFit(net, samples);
    net.checkNotTraining();
    Tally tally = Tally.of(net, samples);
    int blocks = Math.ceilDiv(samples.rows(), BLOCK);
    GreyRows grey = samples.greyRows(kernels, workers);
    if (grey != null) {
      copyWeights(net.layer(0));
    }
    KeptLists kept = kept(grey, blocks);
    AtomicInteger next = new AtomicInteger();
    workers.run(
        Math.max(1, Math.min(workers.threads(), blocks)),
        (thread, barrier) -> {
          Block block = new Block(net, grey, kept, weights);
          for (int i = next.getAndIncrement(); i < blocks; i = next.getAndIncrement()) {
            block.evaluate(kernels, samples, i, tally);
          }
        });
    return tally.result();
  }

  /** Copying lists takes longer than it saves, unless the rows are evaluated again and again. */
  private KeptLists kept(GreyRows grey, int blocks) {
    KeptLists before = grey == null ? null : seen.putIfAbsent(grey, new KeptLists(room, blocks));
    return before == null ? new KeptLists(room, 0) : before;
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

  /**
   * Checks that a network can learn from samples or be evaluated on them.
   *
   * @throws IllegalArgumentException if they are not as wide as its input, have labels beyond its
   *     classes, another number of targets than it has outputs, or one where its task needs the
   *     other
   */
  static void checkFit(Mlp net, Samples samples) {
    Objects.requireNonNull(samples, "samples");
    boolean classifies = net.task() == Task.CLASSIFY;
    if (samples.isLabelled() != classifies) {
      throw new IllegalArgumentException(
          "rows with %s do not fit a network %s for %s"
              .formatted(
                  samples.isLabelled() ? "labels" : "targets",
                  net,
                  classifies ? "classification" : "regression"));
    }
    boolean fits =
        classifies ? samples.classes() <= net.outputs() : samples.outputs() == net.outputs();
    if (samples.width() != net.inputs() || !fits) {
      throw new IllegalArgumentException(
          "rows of width %d with %d %s do not fit a network %s"
              .formatted(
                  samples.width(),
                  classifies ? samples.classes() : samples.outputs(),
                  classifies ? "classes" : "targets",
                  net));
    }
  }

  /**
   * The buffers of one thread: the input rows as floats or as lists of their non-zeros, and the
   * outputs of two layers.
   */
  private static final class Block {
    private final Mlp net;
    private final NonZeros lists;
    private final KeptLists kept;
    private final AlignedFloats weights;
    private final float[] x;
    private final float[][] activations;
    private final int[] order = new int[BLOCK];

    Block(Mlp net, GreyRows grey, KeptLists kept, AlignedFloats weights) {
      this.net = net;
      this.kept = kept;
      this.weights = weights;
      this.lists = grey == null ? null : NonZeros.byRows(grey, BLOCK);
      this.x = grey == null ? new float[StepBuffers.elements(BLOCK, net.inputs())] : null;
      this.activations = new float[2][StepBuffers.elements(BLOCK, net.widestOutput())];
    }

    void evaluate(Kernels kernels, Samples samples, int i, Tally tally) {
      int from = i * BLOCK;
      int to = Math.min(samples.rows(), from + BLOCK);
      int m = to - from;
      float[] in = activations[0];
      if (lists == null) {
        samples.copyRows(from, to, x, 0);
        net.layer(0).forward(kernels, m, 0, x, in);
      } else {
        NonZeros rows = kept.get(i);
        if (rows == null) {
          rows = lists;
          Arrays.setAll(order, row -> from + row);
          rows.list(order, 0, m, 0, 1);
          kept.keep(i, rows);
        }
        int ld = AlignedFloats.rowLength(net.width(1));
        net.layer(0)
            .forward(kernels, rows, 0, rows.pairs(), weights.array(), weights.offset(), ld, in);
      }
      for (int layer = 1; layer < net.layers(); layer++) {
        float[] out = activations[layer % 2];
        net.layer(layer).forward(kernels, m, 0, in, out);
        in = out;
      }
      tally.add(kernels, m, in, from);
    }
  }
}
