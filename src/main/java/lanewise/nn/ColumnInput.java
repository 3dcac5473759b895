package lanewise.nn;

import lanewise.kernel.AlignedFloats;
import lanewise.kernel.Kernels;
import lanewise.kernel.NonZeros;
import lanewise.kernel.Step;
import lanewise.parallel.Barrier;

/**
 * Products over lists of non-zeros, with the layer's outputs divided among the threads: each keeps
 * its columns of the weights in an array of its own for the whole epoch. They stay in the cache of
 * one core; in the shared array, the threads would also share a cache line in every row.
 *
 * <p>A thread computes its deltas from the rows of the second layer's weights that match its
 * columns, and then updates those rows itself; hence both layers are divided in the same way, by
 * {@link #divide}.
 */
final class ColumnInput implements InputLayer {
  private final Layer layer;
  private final Layer second;
  private final BatchLists lists;
  private final int batchSize;
  private final Kernels kernels;
  private final StepBuffers buffers;
  private final Dropout[] dropout;
  private final float[][] moments;
  private final Slice[] slices;

  /**
   * Creates the layer.
   *
   * @param layer the network's first
   * @param second the next, which must be updated by the same shares
   * @param shares from {@link #divide}
   * @param dropout of each thread
   * @param factors of each thread's steps
   * @param moments of the network's parameters
   */
  ColumnInput(
      Layer layer,
      Layer second,
      BatchLists lists,
      int batchSize,
      Kernels kernels,
      Shares shares,
      StepBuffers buffers,
      Dropout[] dropout,
      Step.Factors[] factors,
      float[][] moments) {
    this.layer = layer;
    this.second = second;
    this.lists = lists;
    this.batchSize = batchSize;
    this.kernels = kernels;
    this.buffers = buffers;
    this.dropout = dropout;
    this.moments = moments;
    this.slices = new Slice[shares.threads()];
    int[] from = new int[slices.length + 1];
    long size = 0;
    for (int thread = 0; thread < slices.length; thread++) {
      from[thread] = shares.start(thread, layer.outputs());
      from[thread + 1] = shares.start(thread + 1, layer.outputs());
      size += Slice.size(layer.inputs() + batchSize, from[thread + 1] - from[thread]);
    }
    AlignedFloats floats = AlignedFloats.of(size);
    int offset = floats.offset();
    float[][] own = new float[moments.length][];
    for (int i = 0; i < own.length; i++) {
      own[i] = AlignedFloats.of(size).array();
    }
    for (int thread = 0; thread < slices.length; thread++) {
      int width = from[thread + 1] - from[thread];
      Step step = new Step(factors[thread], own);
      slices[thread] = new Slice(from[thread], width, floats.array(), own, step, offset);
      offset += Slice.size(layer.inputs() + batchSize, width);
    }
  }

  /** Divides outputs among threads in whole vectors, so that no thread has a partial one. */
  static Shares divide(int threads, Kernels kernels) {
    return new Shares(threads, kernels.lanes(), 1);
  }

  /** Whether there is a whole vector for each thread. */
  static boolean fits(Layer layer, int threads, Kernels kernels) {
    return layer.outputs() / kernels.lanes() >= threads;
  }

  int slices() {
    return slices.length;
  }

  @Override
  public void begin(int thread) {
    slices[thread].load();
  }

  @Override
  public void end(int thread) {
    slices[thread].store();
  }

  @Override
  public void prepare(int thread, int from, int m) {
    lists.list(thread, from, m);
  }

  @Override
  public void forward(int thread, int from, int m, Barrier barrier) {
    slices[thread].forward(lists.rows(from));
    barrier.await();
  }

  @Override
  public boolean computesDeltas() {
    return true;
  }

  @Override
  public void update(int thread, int from, int m, Step step) {
    slices[thread].update(lists.columns(from), m, dropout[thread], step);
  }

  @Override
  public void endStep(Barrier barrier) {
    // The next forward product reads only this thread's own columns.
  }

  /** One thread's columns. */
  private final class Slice {
    private final int from;
    private final int width;

    /** Row length of the weights and of the deltas. */
    private final int ld;

    private final float[] floats;

    /** Of the weights, at the same indices. */
    private final float[][] ownMoments;

    private final Step step;

    /** Where the weights (inputs, width) begin. */
    private final int weights;

    /** Where the deltas (batch size, width) begin. */
    private final int deltas;

    Slice(int from, int width, float[] floats, float[][] ownMoments, Step step, int offset) {
      this.from = from;
      this.width = width;
      this.ld = AlignedFloats.rowLength(width);
      this.floats = floats;
      this.ownMoments = ownMoments;
      this.step = step;
      this.weights = offset;
      this.deltas = offset + layer.inputs() * ld;
    }

    static int size(int rows, int width) {
      return StepBuffers.elements(rows, AlignedFloats.rowLength(width));
    }

    void load() {
      load(layer.parameters(), floats);
      for (int i = 0; i < moments.length; i++) {
        load(moments[i], ownMoments[i]);
      }
    }

    private void load(float[] from, float[] own) {
      for (int row = 0; row < layer.inputs(); row++) {
        System.arraycopy(from, offset(row), own, weights + row * ld, width);
      }
    }

    void store() {
      store(floats, layer.parameters());
      for (int i = 0; i < moments.length; i++) {
        store(ownMoments[i], moments[i]);
      }
    }

    private void store(float[] own, float[] to) {
      for (int row = 0; row < layer.inputs(); row++) {
        System.arraycopy(own, weights + row * ld, to, offset(row), width);
      }
    }

    /** Index in the network's parameters of this slice's part of a row. */
    private int offset(int row) {
      return layer.weights() + row * layer.outputs() + from;
    }

    void forward(NonZeros x) {
      kernels.forwardSparse(
          x,
          0,
          x.pairs(),
          width,
          floats,
          weights,
          ld,
          layer.parameters(),
          layer.biases() + from,
          buffers.outputs(0),
          from,
          layer.outputs(),
          layer.transfer());
    }

    /**
     * @param shared step of the network's parameters, which the biases are
     */
    void update(NonZeros x, int m, Dropout dropout, Step shared) {
      kernels.backward(
          m,
          second.outputs(),
          width,
          buffers.deltas(1),
          0,
          second.outputs(),
          second.parameters(),
          second.weights() + from * second.outputs(),
          second.outputs(),
          buffers.activations(0),
          from,
          layer.outputs(),
          floats,
          deltas,
          ld,
          layer.transfer());
      dropout.scale(0, floats, deltas, deltas + m * ld);
      kernels.updateSparse(x, 0, x.pairs(), width, floats, deltas, ld, floats, weights, ld, step);
      kernels.updateBias(
          m, width, floats, deltas, ld, layer.parameters(), layer.biases() + from, shared);
    }
  }
}
