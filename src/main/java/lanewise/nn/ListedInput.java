package lanewise.nn;

import lanewise.kernel.Kernels;
import lanewise.kernel.NonZeros;
import lanewise.kernel.Step;
import lanewise.parallel.Barrier;

/**
 * Products over lists of non-zeros: each thread computes some pairs of rows, then updates some
 * pairs of columns.
 */
final class ListedInput implements InputLayer {
  private final Layer layer;
  private final BatchLists lists;
  private final Kernels kernels;
  private final int threads;
  private final StepBuffers buffers;

  ListedInput(Layer layer, BatchLists lists, Kernels kernels, int threads, StepBuffers buffers) {
    this.layer = layer;
    this.lists = lists;
    this.kernels = kernels;
    this.threads = threads;
    this.buffers = buffers;
  }

  @Override
  public void prepare(int thread, int from, int m) {
    lists.list(thread, from, m);
  }

  @Override
  public void forward(int thread, int from, int m, Barrier barrier) {
    NonZeros x = lists.rows(from);
    int lo = x.pairs() * thread / threads;
    int hi = x.pairs() * (thread + 1) / threads;
    layer.forward(kernels, x, lo, hi, buffers.outputs(0));
    barrier.await(); // A pair's rows may be anywhere in the batch.
  }

  @Override
  public void update(int thread, int from, int m, Step step) {
    NonZeros x = lists.columns(from);
    int lo = x.pairAt((double) thread / threads);
    int hi = x.pairAt((thread + 1.0) / threads);
    layer.update(kernels, x, lo, hi, buffers.deltas(0), step);
    if (thread == threads - 1) {
      layer.updateBiases(kernels, m, buffers.deltas(0), step);
    }
  }
}
