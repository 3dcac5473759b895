package lanewise.nn;

import lanewise.kernel.Kernels;
import lanewise.parallel.Barrier;
import lanewise.parallel.Workers;

/**
 * Mini-batch gradient descent on one network and some samples, in the order of the rows: the loop
 * of an epoch and the step that it repeats.
 *
 * <p>An epoch is one job of all threads. In a step each thread takes its rows of the batch forward
 * and back; when all deltas are known, it updates its share of each layer's weights. So the threads
 * meet once or twice a step, and no sum is ever divided among them.
 */
final class Training {
  /**
   * With fewer multiply-adds per step and thread, meeting at the barrier costs more than it saves.
   */
  private static final long MIN_WORK = 200_000;

  private final Mlp net;
  private final Samples samples;
  private final int batchSize;
  private final Trainer.Mean mean;
  private final double learningRate;
  private final Kernels kernels;
  private final Workers workers;
  private final int threads;
  private final StepBuffers buffers;
  private final int[] labels;
  private final InputLayer input;

  /** How each batch's rows, and each layer's weights by rows, are divided. */
  private final Shares rowShares;

  /** The same for the second layer's weights, which the input layer may have a say in. */
  private final Shares secondShares;

  /** Whether every loss of the batch is finite. */
  private volatile boolean finite;

  /**
   * The row before which the epoch ends. A row, not a flag: a thread that is late may read it while
   * it is still in the step before, which it must finish.
   */
  private volatile int end;

  /** Written by thread 0 alone, which is the caller. */
  private boolean stopped;

  /**
   * Prepares the epochs.
   *
   * @throws IllegalArgumentException if a batch's outputs are more than an array can hold
   */
  Training(Trainer.Settings settings, Samples samples, Workers workers) {
    this.net = settings.net();
    this.samples = samples;
    this.batchSize = Math.min(settings.batchSize(), samples.rows());
    this.mean = settings.mean();
    this.learningRate = settings.learningRate();
    this.kernels = settings.engine().kernels();
    this.workers = workers;
    this.threads = usefulThreads();
    this.buffers = new StepBuffers(net, batchSize);
    this.labels = new int[batchSize];
    this.rowShares = Shares.ofRows(threads);
    BlockLists lists = samples.lists(batchSize, kernels, workers);
    Layer first = net.layer(0);
    if (lists == null) {
      secondShares = rowShares;
      input = new DenseInput(first, samples, batchSize, kernels, rowShares, buffers);
    } else if (net.layers() > 1 && ColumnInput.fits(first, threads, kernels)) {
      secondShares = ColumnInput.divide(threads, kernels);
      input =
          new ColumnInput(
              first,
              net.layer(1),
              lists.rows(),
              lists.columns(workers),
              batchSize,
              kernels,
              secondShares,
              buffers);
    } else {
      secondShares = rowShares;
      input =
          new ListedInput(
              first, lists.rows(), lists.columns(workers), batchSize, kernels, threads, buffers);
    }
  }

  InputLayer inputLayer() {
    return input;
  }

  /** Threads that a step keeps busy; a small network lets the rest sleep. */
  private int usefulThreads() {
    long work = (long) net.countParameters() * batchSize * 3;
    return (int) Math.max(1, Math.min(workers.threads(), work / MIN_WORK));
  }

  /**
   * Learns from every row once.
   *
   * @param number of the epoch, for messages
   * @return whether the epoch was completed, not ended early by the listener
   * @throws DivergedException if a batch's loss is not finite; the weights stay as they were before
   *     that batch
   */
  boolean epoch(int number, TrainingListener listener) {
    finite = true;
    end = samples.rows();
    net.beginTraining();
    try {
      workers.run(threads, (thread, barrier) -> run(thread, barrier, number, listener));
    } finally {
      net.endTraining();
    }
    return end == samples.rows();
  }

  /** Whether the listener has stopped the training, in the middle or at the end of an epoch. */
  boolean isStopped() {
    return stopped;
  }

  /** One thread's epoch. */
  private void run(int thread, Barrier barrier, int number, TrainingListener listener) {
    input.begin(thread);
    try {
      int rows = samples.rows();
      for (int from = 0; from < rows; from += batchSize) {
        int m = Math.min(batchSize, rows - from);
        input.forward(thread, from, m, barrier);
        if (!backpropagate(from, rowShares.start(thread, m), rowShares.start(thread + 1, m))) {
          finite = false;
        }
        barrier.await();
        if (from >= end) { // Asked for after the last step: this batch's losses do not matter.
          return;
        }
        if (!finite) {
          throw new DivergedException(number, from / batchSize + 1);
        }
        update(thread, from, m);
        input.endStep(barrier);
        if (thread == 0 && !listener.onBatch(from + m)) {
          stopped = true;
          end = from + m;
        }
      }
    } finally {
      input.end(thread);
    }
  }

  /**
   * Forward from the input layer's outputs to the loss and back, for rows lo to hi - 1 of a batch.
   *
   * @return whether their losses are finite
   */
  private boolean backpropagate(int from, int lo, int hi) {
    int m = hi - lo;
    int last = net.layers() - 1;
    for (int layer = 1; layer <= last; layer++) {
      net.layer(layer).forward(kernels, m, lo, buffers.outputs(layer - 1), buffers.outputs(layer));
    }
    samples.copyLabels(from + lo, from + hi, labels, lo);
    int classes = net.outputs();
    boolean ok =
        kernels.softmaxDelta(m, classes, buffers.deltas(last), lo * classes, classes, labels, lo);
    for (int layer = last; layer > (input.computesDeltas() ? 1 : 0); layer--) {
      net.layer(layer)
          .backward(
              kernels,
              m,
              lo,
              buffers.deltas(layer),
              buffers.outputs(layer - 1),
              buffers.deltas(layer - 1));
    }
    return ok;
  }

  /** This thread's share of each layer's weights; the last thread has the biases, which are few. */
  private void update(int thread, int from, int m) {
    float step = (float) (learningRate / mean.divisor(m));
    input.update(thread, from, m, step);
    for (int number = 1; number < net.layers(); number++) {
      Layer layer = net.layer(number);
      Shares shares = number == 1 ? secondShares : rowShares;
      int lo = shares.start(thread, layer.inputs());
      int hi = shares.start(thread + 1, layer.inputs());
      float[] deltas = buffers.deltas(number);
      layer.update(kernels, m, buffers.outputs(number - 1), deltas, lo, hi, step);
      if (thread == threads - 1) {
        layer.updateBiases(kernels, m, deltas, step);
      }
    }
  }
}
