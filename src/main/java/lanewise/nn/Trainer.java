package lanewise.nn;

import lanewise.kernel.Kernels;
import lanewise.kernel.SparseColumns;
import lanewise.kernel.SparseRows;
import lanewise.parallel.Barrier;
import lanewise.parallel.Workers;

/**
 * Stochastic gradient descent over mini-batches, in the order of the rows.
 *
 * <p>The mean over a batch of m rows is taken twice, as in the reference run: a step is {@code W -=
 * learningRate / m^2 * X^T (softmax - onehot)}. Who wants the mean once multiplies the learning
 * rate by the batch size.
 *
 * <p>The weights after an epoch depend on the network, the samples, the batch size and the learning
 * rate alone, in every bit: not on the kernels nor on the number of workers. Not thread-safe.
 */
public final class Trainer {
  /** Is told how an epoch goes, by the thread that called {@link #epoch}. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Called after each batch.
     *
     * @param rows the rows of this epoch that have been learnt from
     * @return false to end the epoch here
     */
    boolean learnt(int rows);
  }

  /** Columns that a worker's share of the input layer is a multiple of: the widest tile. */
  private static final int COLUMNS = 64;

  /** Rows that shares are multiples of, where there are enough of them: the tallest tile. */
  private static final int ROWS = 8;

  /** Below this many multiply-adds a step and worker, meeting at the barrier costs more. */
  private static final long WORTH_A_WORKER = 200_000;

  private final Mlp net;
  private final Samples samples;
  private final int batch;
  private final double learningRate;
  private final Kernels kernels;
  private final Workers workers;
  private final int crew;

  /** Row-major, a batch high: [0] the input, [l + 1] what layer l puts out. */
  private final float[][] activations;

  /** Deltas of the layers' outputs before activation; the last is the output's own place. */
  private final float[][] deltas;

  private final int[] labels;

  /** The input as lists of non-zeros, an element a batch, or null where dense products pay. */
  private final SparseRows[] sparseRows;

  private final SparseColumns[] sparseColumns;

  /**
   * The input layer shared out by columns, an element a worker; null where they do not divide well
   * and it is shared out by rows.
   */
  private final InputColumns[] inputColumns;

  private int epochs;
  private volatile boolean finite;
  private volatile boolean stopped;

  /**
   * @param net trained in place
   * @param samples at least one row, as wide as the network's input
   * @param batch rows a step, at least 1; the last batch of an epoch may be shorter
   * @param learningRate finite, at least 0
   * @throws IllegalArgumentException if samples and network do not fit or a value is out of range
   */
  public Trainer(
      Mlp net, Samples samples, int batch, double learningRate, Kernels kernels, Workers workers) {
    Evaluator.checkFit(net, samples);
    if (samples.rows() < 1) {
      throw new IllegalArgumentException("there are no rows to learn from");
    }
    if (batch < 1) {
      throw new IllegalArgumentException("a batch has at least 1 row, not " + batch);
    }
    if (!(learningRate >= 0 && learningRate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("a learning rate is finite and >= 0: " + learningRate);
    }
    this.net = net;
    this.samples = samples;
    this.batch = Math.min(batch, samples.rows());
    this.learningRate = learningRate;
    this.kernels = kernels;
    this.workers = workers;
    this.crew = crewFor(net, this.batch, workers.threads());
    this.sparseRows = samples.sparseRows(this.batch, kernels, workers);
    this.sparseColumns =
        sparseRows == null ? null : ZeroLists.columns(samples, this.batch, workers);
    int layers = net.layers();
    this.activations = new float[layers + 1][];
    this.deltas = new float[layers + 1][];
    for (int layer = 0; layer <= layers; layer++) {
      int size = elements(this.batch, net.width(layer));
      boolean listed = layer == 0 && sparseRows != null;
      activations[layer] = listed ? null : new float[size];
      deltas[layer] = layer == 0 || layer == layers ? activations[layer] : new float[size];
    }
    this.labels = new int[this.batch];
    this.inputColumns =
        sparseRows != null && net.layers() > 1 && net.width(1) % (crew * COLUMNS) == 0
            ? inputColumns()
            : null;
  }

  private InputColumns[] inputColumns() {
    InputColumns[] shares = new InputColumns[crew];
    int columns = net.width(1) / crew;
    for (int worker = 0; worker < crew; worker++) {
      shares[worker] = new InputColumns(net, kernels, batch, worker * columns, columns);
    }
    return shares;
  }

  /**
   * The elements of some rows' values.
   *
   * @throws IllegalArgumentException if no array can hold them
   */
  static int elements(int rows, int width) {
    if ((long) rows * width > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a batch of %d rows of width %d is more than an array can hold (2147483647)"
              .formatted(rows, width));
    }
    return rows * width;
  }

  private static int crewFor(Mlp net, int batch, int threads) {
    long work = (long) net.parameters().length * batch * 3;
    return (int) Math.max(1, Math.min(threads, work / WORTH_A_WORKER));
  }

  /**
   * Learns from every row once.
   *
   * @return whether the epoch was completed, not ended early by {@code progress}
   * @throws DivergedException if the loss of a batch is not finite; the weights stay as they were
   *     before that batch
   */
  public boolean epoch(Progress progress) {
    epochs++;
    finite = true;
    stopped = false;
    workers.run(crew, (worker, barrier) -> work(worker, barrier, progress));
    return !stopped;
  }

  /** One worker's epoch. */
  private void work(int worker, Barrier barrier, Progress progress) {
    if (inputColumns == null) {
      learn(worker, barrier, progress);
      return;
    }
    inputColumns[worker].take();
    try {
      learn(worker, barrier, progress);
    } finally {
      inputColumns[worker].giveBack();
    }
  }

  /** Every batch: this worker's rows, then its share of the weights. */
  private void learn(int worker, Barrier barrier, Progress progress) {
    int rows = samples.rows();
    for (int from = 0; from < rows; from += batch) {
      int m = Math.min(batch, rows - from);
      int number = from / batch;
      if (sparseRows != null) {
        forwardInput(worker, sparseRows[number]);
        barrier.await();
      }
      if (!computeDeltas(from, share(worker, m), share(worker + 1, m))) {
        finite = false;
      }
      barrier.await();
      if (!finite) {
        throw new DivergedException(epochs, number + 1);
      }
      if (stopped) {
        return;
      }
      update(worker, m, number);
      if (inputColumns == null) {
        barrier.await();
      } // Else the next batch's first product touches nothing but this worker's columns.
      if (worker == 0 && !progress.learnt(from + m) && from + m < rows) {
        stopped = true; // The others read this after the next meeting.
      }
    }
  }

  /** Where worker number {@code worker}'s part of {@code count} rows begins. */
  private int share(int worker, int count) {
    int unit = count >= 2 * ROWS * crew ? ROWS : 1;
    return worker == crew ? count : (int) ((long) (count / unit) * worker / crew) * unit;
  }

  /** This worker's columns, or its groups of rows, of the input layer's output. */
  private void forwardInput(int worker, SparseRows x) {
    if (inputColumns != null) {
      inputColumns[worker].forward(x, activations[1]);
    } else {
      int lo = x.groups() * worker / crew;
      int hi = x.groups() * (worker + 1) / crew;
      net.forwardInput(kernels, x, lo, hi, activations[1]);
    }
  }

  /** Forward and backward for rows lo to hi - 1 of the batch; whether their losses are finite. */
  private boolean computeDeltas(int from, int lo, int hi) {
    int m = hi - lo;
    samples.copyLabels(from + lo, from + hi, labels, lo);
    int layers = net.layers();
    if (sparseRows == null) {
      samples.copyRows(from + lo, from + hi, activations[0], lo * net.inputs());
    }
    for (int layer = sparseRows == null ? 0 : 1; layer < layers; layer++) {
      net.forward(
          kernels,
          layer,
          m,
          activations[layer],
          lo * net.width(layer),
          activations[layer + 1],
          lo * net.width(layer + 1));
    }
    int classes = net.outputs();
    boolean ok =
        kernels.softmaxDelta(m, classes, deltas[layers], lo * classes, classes, labels, lo);
    for (int layer = layers - 1; layer > (inputColumns == null ? 0 : 1); layer--) {
      int k = net.width(layer);
      int n = net.width(layer + 1);
      kernels.backward(
          m,
          n,
          k,
          deltas[layer + 1],
          lo * n,
          n,
          net.parameters(),
          net.weightsAt(layer),
          n,
          activations[layer],
          lo * k,
          k,
          deltas[layer],
          lo * k,
          k);
    }
    return ok;
  }

  /** This worker's share of each weight matrix; small biases go to the last worker. */
  private void update(int worker, int m, int number) {
    float step = (float) (learningRate / ((double) m * m));
    for (int layer = 0; layer < net.layers(); layer++) {
      int k = net.width(layer);
      int n = net.width(layer + 1);
      if (layer == 0 && inputColumns != null) {
        inputColumns[worker].update(sparseColumns[number], m, activations[1], deltas[2], step);
        continue;
      }
      if (layer == 0 && sparseRows != null) {
        SparseColumns x = sparseColumns[number];
        int from = x.stripAt((double) worker / crew);
        int to = x.stripAt((worker + 1.0) / crew);
        kernels.updateSparse(
            x, from, to, n, deltas[1], 0, n, net.parameters(), net.weightsAt(0), n, step);
      } else {
        int lo = share(worker, k);
        int hi = share(worker + 1, k);
        kernels.update(
            m,
            n,
            hi - lo,
            activations[layer],
            lo,
            k,
            deltas[layer + 1],
            0,
            n,
            net.parameters(),
            net.weightsAt(layer) + lo * n,
            n,
            step);
      }
      if (worker == crew - 1) {
        kernels.updateBias(
            m, n, deltas[layer + 1], 0, n, net.parameters(), net.biasesAt(layer), step);
      }
    }
  }
}
