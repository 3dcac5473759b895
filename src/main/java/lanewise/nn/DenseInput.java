package lanewise.nn;

import lanewise.kernel.Kernels;
import lanewise.kernel.Step;
import lanewise.parallel.Barrier;

/**
 * Dense products: each thread computes some rows of the batch, then updates some rows of the
 * weights.
 */
final class DenseInput implements InputLayer {
  private final Layer layer;
  private final Feed feed;
  private final Kernels kernels;
  private final Shares shares;
  private final StepBuffers buffers;
  private final float[] x;

  /**
   * Allocates room for a batch of rows as floats.
   *
   * @param layer the network's first
   * @param batchSize maximum number of rows of a batch
   */
  DenseInput(
      Layer layer, Feed feed, int batchSize, Kernels kernels, Shares shares, StepBuffers buffers) {
    this.layer = layer;
    this.feed = feed;
    this.kernels = kernels;
    this.shares = shares;
    this.buffers = buffers;
    this.x = new float[StepBuffers.elements(batchSize, layer.inputs())];
  }

  @Override
  public void forward(int thread, int from, int m, Barrier barrier) {
    int lo = shares.start(thread, m);
    int hi = shares.start(thread + 1, m);
    feed.copyRows(from + lo, from + hi, x, lo * layer.inputs());
    layer.forward(kernels, hi - lo, lo, x, buffers.outputs(0));
  }

  @Override
  public void update(int thread, int from, int m, Step step) {
    int lo = shares.start(thread, layer.inputs());
    int hi = shares.start(thread + 1, layer.inputs());
    layer.update(kernels, m, x, buffers.deltas(0), lo, hi, step);
    if (thread == shares.threads() - 1) {
      layer.updateBiases(kernels, m, buffers.deltas(0), step);
    }
  }
}
