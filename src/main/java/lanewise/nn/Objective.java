package lanewise.nn;

import lanewise.kernel.Kernels;

/**
 * What a network learns to make small: gives the gradient of the loss with respect to what its last
 * layer computes. Threads may use it at once, for different rows of a batch.
 */
abstract sealed class Objective {
  final Samples samples;
  final Feed feed;
  final Kernels kernels;
  final int outputs;

  private Objective(Mlp net, Samples samples, Feed feed, Kernels kernels) {
    this.samples = samples;
    this.feed = feed;
    this.kernels = kernels;
    this.outputs = net.outputs();
  }

  /** Creates the objective of a network's task. */
  static Objective of(
      TrainerSettings settings, Samples samples, Feed feed, int batchSize, Kernels kernels) {
    return switch (settings.net().task()) {
      case CLASSIFY -> new CrossEntropy(settings, samples, feed, batchSize, kernels);
      case REGRESS -> new SquaredError(settings, samples, feed, batchSize, kernels);
    };
  }

  /**
   * Replaces what the last layer computed for rows lo to hi - 1 of a batch by its deltas.
   *
   * @param from where the batch begins in the epoch
   * @param last (batch size, outputs)
   * @return whether the losses are finite and, of a regression, the deltas
   */
  abstract boolean deltas(int from, int lo, int hi, float[] last);

  private static final class CrossEntropy extends Objective {
    private final double smoothing;

    /** For each class; empty for 1. */
    private final float[] weights;

    private final int[] labels;

    CrossEntropy(
        TrainerSettings settings, Samples samples, Feed feed, int batchSize, Kernels kernels) {
      super(settings.net(), samples, feed, kernels);
      smoothing = settings.labelSmoothing();
      weights = new float[settings.classWeights().size()];
      for (int label = 0; label < weights.length; label++) {
        weights[label] = settings.classWeights().get(label).floatValue();
      }
      labels = new int[batchSize];
    }

    @Override
    boolean deltas(int from, int lo, int hi, float[] last) {
      for (int i = lo; i < hi; i++) {
        labels[i] = samples.label(feed.row(from + i));
      }
      int n = outputs;
      boolean finite = kernels.softmaxDelta(hi - lo, n, last, lo * n, n, labels, lo, smoothing);
      for (int i = lo; i < hi && weights.length > 0; i++) {
        float weight = weights[labels[i]];
        for (int at = i * n; at < (i + 1) * n; at++) {
          last[at] *= weight;
        }
      }
      return finite;
    }
  }

  private static final class SquaredError extends Objective {
    private final float[] targets;

    SquaredError(
        TrainerSettings settings, Samples samples, Feed feed, int batchSize, Kernels kernels) {
      super(settings.net(), samples, feed, kernels);
      targets = new float[StepBuffers.elements(batchSize, outputs)];
    }

    @Override
    boolean deltas(int from, int lo, int hi, float[] last) {
      int n = outputs;
      for (int i = lo; i < hi; i++) {
        System.arraycopy(samples.targets(), feed.row(from + i) * n, targets, i * n, n);
      }
      return kernels.squaredDelta(hi - lo, n, last, lo * n, n, targets, lo * n, n);
    }
  }
}
