package lanewise.nn;

import lanewise.kernel.Kernels;
import lanewise.kernel.Step;
import lanewise.parallel.Barrier;
import lanewise.parallel.Workers;

/**
 * Mini-batch gradient descent: the loop of an epoch and the step that it repeats.
 *
 * <p>An epoch is one job of all threads. In each step, a thread computes the forward and backward
 * pass of its rows of the batch; when all deltas are known, it updates its share of each layer's
 * weights. So the threads wait for each other once or twice per step, and no sum is ever split
 * between them.
 */
final class Training {
  /**
   * With fewer multiply-adds per step and thread, the barrier costs more than another thread saves.
   */
  private static final long MIN_WORK = 200_000;

  private final TrainerSettings settings;

  private final Feed feed;
  private final StepRates rates;

  /** Of each thread. */
  private final Step.Factors[] factors;

  /** Of each thread, for the network's parameters. */
  private final Step[] steps;

  /** Of each thread. */
  private final Dropout[] dropout;

  /** See {@link TrainingState#moments}. */
  private final float[][] moments;

  private final Mlp net;
  private final Samples samples;
  private final int batchSize;
  private final Kernels kernels;
  private final Workers workers;
  private final int threads;
  private final StepBuffers buffers;
  private final Objective objective;
  private final InputLayer input;

  /**
   * How the rows of each batch, and the rows of each layer's weights, are divided among the
   * threads.
   */
  private final Shares rowShares;

  /** The same for the second layer's weights, whose division may depend on the input layer. */
  private final Shares secondShares;

  /** Whether all losses of the batch are finite. */
  private volatile boolean finite;

  /**
   * The row at which the epoch ends. A row rather than a flag: a slow thread may read it while
   * still in the previous step, which it must finish.
   */
  private volatile int end;

  /** Written only by thread 0, the caller. */
  private boolean stopped;

  /**
   * Allocates what all epochs share.
   *
   * @throws IllegalArgumentException if a batch's outputs are more than an array can hold
   */
  Training(
      TrainerSettings settings,
      Samples samples,
      int epochs,
      TrainingState from,
      Workers workers,
      ListRoom room) {
    this.settings = settings;
    this.moments = from.moments();
    this.net = settings.net();
    this.samples = samples;
    this.batchSize = Math.min(settings.batchSize(), samples.rows());
    this.kernels = settings.engine().kernels();
    this.workers = workers;
    this.threads = usefulThreads();
    boolean dropsTanh = !settings.dropout().isEmpty() && net.activation() == Activation.TANH;
    this.buffers = new StepBuffers(net, batchSize, dropsTanh);
    this.rowShares = Shares.ofRows(threads);
    this.feed = new Feed(settings, samples, batchSize, rowShares, kernels, workers);
    this.objective = Objective.of(settings, samples, feed, batchSize, kernels);
    this.rates = new StepRates(settings, stepsPerEpoch(), epochs);
    this.factors = new Step.Factors[threads];
    this.steps = new Step[threads];
    this.dropout = new Dropout[threads];
    double[] dropped = settings.dropout().stream().mapToDouble(share -> share).toArray();
    for (int thread = 0; thread < threads; thread++) {
      factors[thread] = rates.factors();
      steps[thread] = new Step(factors[thread], moments);
      dropout[thread] = new Dropout(dropped, settings.seed());
    }
    Layer first = net.layer(0);
    if (feed.grey() == null) {
      secondShares = rowShares;
      input = new DenseInput(first, feed, batchSize, kernels, rowShares, buffers);
      return;
    }
    BatchLists lists =
        new BatchLists(
            feed,
            batchSize,
            threads,
            !from.isFresh(),
            feed.recurs() && epochs - from.epoch() >= BatchLists.MIN_EPOCHS,
            room);
    if (net.layers() > 1 && ColumnInput.fits(first, threads, kernels)) {
      secondShares = ColumnInput.divide(threads, kernels);
      input =
          new ColumnInput(
              first,
              net.layer(1),
              lists,
              batchSize,
              kernels,
              secondShares,
              buffers,
              dropout,
              factors,
              moments);
    } else {
      secondShares = rowShares;
      input = new ListedInput(first, lists, kernels, threads, buffers);
    }
  }

  float[][] moments() {
    return moments;
  }

  /** The learning rate of an epoch's last step. */
  double rate(int epoch) {
    return rates.rate((long) epoch * stepsPerEpoch());
  }

  private int stepsPerEpoch() {
    return Math.ceilDiv(samples.rows(), batchSize);
  }

  InputLayer inputLayer() {
    return input;
  }

  /**
   * Returns the number of threads that a step keeps busy; a small network leaves the others idle.
   */
  private int usefulThreads() {
    long work = (long) net.countParameters() * batchSize * 3;
    return (int) Math.max(1, Math.min(workers.threads(), work / MIN_WORK));
  }

  /**
   * Trains on every row once.
   *
   * @param number of the epoch, for messages
   * @return whether the epoch was completed, not ended early by the listener
   * @throws DivergedException if a batch's loss is not finite, and the weights stay as they were
   *     before that batch; or if a weight is not finite after the last one. Products that skip
   *     zeros may not show such a weight in any loss, and dense ones do.
   */
  boolean epoch(int number, TrainingListener listener) {
    finite = true;
    end = samples.rows();
    feed.begin(number);
    net.beginTraining();
    try {
      workers.run(threads, (thread, barrier) -> run(thread, barrier, number, listener));
    } finally {
      net.endTraining();
    }
    if (end < samples.rows()) {
      return false;
    }
    if (!net.isFinite()) {
      throw new DivergedException(number, Math.ceilDiv(samples.rows(), batchSize));
    }
    return true;
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
      dropout[thread].begin(number);
      feed.prepare(thread, 0, Math.min(batchSize, rows));
      if (feed.distorts()) {
        barrier.await();
      }
      prepare(thread, 0);
      barrier.await();
      for (int from = 0; from < rows; from += batchSize) {
        int m = Math.min(batchSize, rows - from);
        input.forward(thread, from, m, barrier);
        if (!backpropagate(
            thread, from, rowShares.start(thread, m), rowShares.start(thread + 1, m))) {
          finite = false;
        }
        prepare(thread, from + m);
        barrier.await();
        // Stopped after the previous step: the losses of this batch do not matter.
        if (from >= end) {
          return;
        }
        if (!finite) {
          throw new DivergedException(number, from / batchSize + 1);
        }
        rates.set(factors[thread], number, from / batchSize + 1, m);
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

  /** Lists the batch that begins at a row, and distorts the one after it. */
  private void prepare(int thread, int from) {
    int left = samples.rows() - from;
    if (left > 0) {
      input.prepare(thread, from, Math.min(batchSize, left));
    }
    if (left > batchSize) {
      feed.prepare(thread, from + batchSize, Math.min(batchSize, left - batchSize));
    }
  }

  /**
   * Computes the forward pass from the input layer's outputs to the loss, and the backward pass,
   * for rows lo to hi - 1 of a batch.
   *
   * @return whether their losses and deltas are finite
   */
  private boolean backpropagate(int thread, int from, int lo, int hi) {
    int m = hi - lo;
    int last = net.layers() - 1;
    for (int layer = 1; layer <= last; layer++) {
      int width = net.width(layer);
      for (int i = lo; i < hi && !settings.dropout().isEmpty(); i++) {
        int row = feed.row(from + i);
        float[] outputs = buffers.outputs(layer - 1);
        float[] activations = buffers.activations(layer - 1);
        dropout[thread].apply(layer - 1, row, outputs, activations, i * width, width);
      }
      net.layer(layer).forward(kernels, m, lo, buffers.outputs(layer - 1), buffers.outputs(layer));
    }
    boolean ok = objective.deltas(from, lo, hi, buffers.deltas(last));
    for (int layer = last; layer > (input.computesDeltas() ? 1 : 0); layer--) {
      net.layer(layer)
          .backward(
              kernels,
              m,
              lo,
              buffers.deltas(layer),
              buffers.activations(layer - 1),
              buffers.deltas(layer - 1),
              net.layer(layer - 1).transfer());
      int width = net.width(layer);
      dropout[thread].scale(layer - 1, buffers.deltas(layer - 1), lo * width, hi * width);
    }
    return ok;
  }

  /**
   * Updates this thread's share of each layer's weights; the last thread updates the biases, which
   * are few.
   */
  private void update(int thread, int from, int m) {
    Step step = steps[thread];
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
