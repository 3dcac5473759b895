package lanewise.nn;

import lanewise.kernel.Kernels;
import lanewise.kernel.SparseColumns;
import lanewise.kernel.SparseRows;
import lanewise.parallel.Barrier;

/**
 * Products over lists of non-zeros: each thread computes some groups of rows, then updates some
 * strips of columns.
 */
final class ListedInput implements InputLayer {
  private final Layer layer;
  private final SparseRows[] rows;
  private final SparseColumns[] columns;
  private final int batchSize;
  private final Kernels kernels;
  private final int threads;
  private final StepBuffers buffers;

  /**
   * Creates the layer from the lists of all batches.
   *
   * @param layer the network's first
   * @param rows one list per batch
   * @param columns one list per batch
   */
  ListedInput(
      Layer layer,
      SparseRows[] rows,
      SparseColumns[] columns,
      int batchSize,
      Kernels kernels,
      int threads,
      StepBuffers buffers) {
    this.layer = layer;
    this.rows = rows;
    this.columns = columns;
    this.batchSize = batchSize;
    this.kernels = kernels;
    this.threads = threads;
    this.buffers = buffers;
  }

  @Override
  public void forward(int thread, int from, int m, Barrier barrier) {
    SparseRows x = rows[from / batchSize];
    int lo = x.groups() * thread / threads;
    int hi = x.groups() * (thread + 1) / threads;
    layer.forward(kernels, x, lo, hi, buffers.outputs(0));
    barrier.await(); // A group's rows may be anywhere in the batch.
  }

  @Override
  public void update(int thread, int from, int m, float step) {
    SparseColumns x = columns[from / batchSize];
    int lo = x.stripAt((double) thread / threads);
    int hi = x.stripAt((thread + 1.0) / threads);
    layer.update(kernels, x, lo, hi, buffers.deltas(0), step);
    if (thread == threads - 1) {
      layer.updateBiases(kernels, m, buffers.deltas(0), step);
    }
  }
}
