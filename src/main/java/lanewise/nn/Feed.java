package lanewise.nn;

import java.util.Arrays;
import lanewise.kernel.GreyRows;
import lanewise.kernel.Kernels;
import lanewise.parallel.Workers;

/**
 * The rows of an epoch's batches: in which order, and where they lie. Distorted rows lie in a place
 * for three batches, which are written in turns: while one batch is in use, the next is listed and
 * the one after that distorted, so that no thread waits.
 */
final class Feed {
  private static final int PLACES = 3;

  private final RowOrder rowOrder;
  private final int[] order;
  private final Augmentation augmentation;
  private final Augmentation.Buffers[] buffers;
  private final Samples samples;
  private final Samples rows;
  private final byte[] distorted;
  private final GreyRows grey;
  private final int[] places;
  private final int batchSize;
  private final Shares shares;
  private long epoch;

  /**
   * @param shares how rows of a batch are divided
   * @throws IllegalArgumentException if rows are to be distorted that are not square grey images
   */
  Feed(
      TrainerSettings settings,
      Samples samples,
      int batchSize,
      Shares shares,
      Kernels kernels,
      Workers workers) {
    this.samples = samples;
    this.batchSize = batchSize;
    this.shares = shares;
    this.order = new int[samples.rows()];
    GreyRows all = batchSize <= BatchLists.MAX_BATCH ? samples.greyRows(kernels, workers) : null;
    int[] groups = settings.shuffle() == Shuffle.GROUPS ? groups(samples, all) : null;
    this.rowOrder = new RowOrder(order.length, settings.shuffle(), settings.seed(), groups);
    if (!settings.augment()) {
      this.augmentation = null;
      this.buffers = null;
      this.rows = samples;
      this.distorted = null;
      this.grey = all;
      this.places = order;
      return;
    }
    this.augmentation = new Augmentation((int) Math.sqrt(samples.width()), settings.seed());
    this.buffers = new Augmentation.Buffers[shares.threads()];
    Arrays.setAll(buffers, thread -> new Augmentation.Buffers(augmentation));
    this.distorted = new byte[StepBuffers.elements(PLACES * batchSize, samples.width())];
    this.rows = Samples.ofBytes(distorted, samples.width(), new int[PLACES * batchSize]);
    this.grey = all == null ? null : new GreyRows(distorted, PLACES * batchSize, samples.width());
    this.places = new int[order.length];
    Arrays.setAll(places, i -> i / batchSize % PLACES * batchSize + i % batchSize);
  }

  /** The same groups for every engine, also for those that do not need the non-zeros. */
  private static int[] groups(Samples samples, GreyRows marked) {
    GreyRows grey = marked;
    if (grey == null) {
      grey = new GreyRows(samples.bytes(), samples.rows(), samples.width());
      grey.mark(0, samples.rows());
    }
    return SimilarRows.groups(grey);
  }

  /**
   * Checks that rows can be grouped and distorted as the settings say.
   *
   * @throws IllegalArgumentException if not
   */
  static void check(TrainerSettings settings, Samples samples) {
    if (settings.shuffle() == Shuffle.GROUPS
        && (!samples.isBytes() || samples.width() > GreyRows.MAX_WIDTH)) {
      throw new IllegalArgumentException(
          "only rows of at most %d grey bytes form groups of similar ones"
              .formatted(GreyRows.MAX_WIDTH));
    }
    if (settings.augment() && (!samples.isBytes() || !Augmentation.fits(samples.width()))) {
      throw new IllegalArgumentException(
          "only square grey images can be distorted, not rows of %d %s"
              .formatted(samples.width(), samples.isBytes() ? "bytes" : "numbers"));
    }
  }

  /** Orders the rows of an epoch. */
  void begin(int number) {
    epoch = number;
    rowOrder.epoch(number, order);
  }

  /** Whether {@link #prepare} has anything to do. */
  boolean distorts() {
    return augmentation != null;
  }

  /** Distorts a thread's share of the m rows from {@code from} on. */
  void prepare(int thread, int from, int m) {
    if (augmentation == null) {
      return;
    }
    int width = samples.width();
    int to = from + shares.start(thread + 1, m);
    for (int i = from + shares.start(thread, m); i < to; i++) {
      int place = places[i];
      augmentation.apply(
          samples.bytes(),
          order[i] * width,
          distorted,
          place * width,
          epoch,
          order[i],
          buffers[thread]);
      if (grey != null) {
        grey.mark(place, place + 1);
      }
    }
  }

  /** Whether the batches of each epoch are the same. */
  boolean recurs() {
    return augmentation == null && rowOrder.recurs();
  }

  /** Values per row. */
  int width() {
    return samples.width();
  }

  /** Which row of the samples is the i-th of the epoch. */
  int row(int i) {
    return order[i];
  }

  /** Copies the rows {@code from} to {@code to - 1} of the epoch, as the network receives them. */
  void copyRows(int from, int to, float[] x, int offset) {
    for (int i = from; i < to; i++) {
      rows.copyRows(places[i], places[i] + 1, x, offset + (i - from) * rows.width());
    }
  }

  /** The rows with their non-zeros marked; null if products over lists would not be faster. */
  GreyRows grey() {
    return grey;
  }

  /** For each row of the epoch which row of {@link #grey} it is. */
  int[] places() {
    return places;
  }
}
