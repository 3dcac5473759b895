package lanewise.nn;

import java.util.Arrays;
import lanewise.kernel.GreyRows;
import lanewise.kernel.NonZeros;

/**
 * Lists of the non-zero bytes of a batch, by rows for the forward product and by columns for the
 * weight update: the input layer then skips the zeros, four out of five bytes in MNIST, without
 * changing a bit of the result.
 *
 * <p>All threads list a share of the next batch while the current one is in use, so there are two
 * of each, taken in turns. The lists of a batch that recurs in every epoch are kept.
 */
final class BatchLists {
  /** The largest batch: four lists for 784 columns then take 51 MB. */
  static final int MAX_BATCH = 8192;

  /** With fewer epochs to come, keeping the lists takes longer than it saves. */
  static final int MIN_EPOCHS = 4;

  private final Lists rows;
  private final Lists columns;
  private final int[] order;
  private final int batchSize;
  private final int threads;

  /**
   * Makes room for two batches.
   *
   * @param resumed whether weights may have moments although no listed batch has touched them
   * @param recurring whether the batches are the same in at least {@link #MIN_EPOCHS}
   * @param room for those of batches that recur
   */
  BatchLists(
      Feed feed, int batchSize, int threads, boolean resumed, boolean recurring, ListRoom room) {
    GreyRows grey = feed.grey();
    this.order = feed.places();
    this.batchSize = batchSize;
    this.threads = threads;
    boolean[] touched = new boolean[Math.ceilDiv(feed.width(), 2)];
    Arrays.fill(touched, resumed);
    int kept = recurring ? Math.ceilDiv(order.length, batchSize) : 0;
    this.rows =
        new Lists(
            NonZeros.byRows(grey, batchSize),
            NonZeros.byRows(grey, batchSize),
            new KeptLists(room, kept));
    this.columns =
        new Lists(
            NonZeros.byColumns(grey, batchSize, touched),
            NonZeros.byColumns(grey, batchSize, touched),
            new KeptLists(room, kept));
  }

  /** Lists a thread's share of the batch of m rows from {@code from} on. */
  void list(int thread, int from, int m) {
    rows.list(thread, from, m);
    columns.list(thread, from, m);
  }

  NonZeros rows(int from) {
    return rows.of(from);
  }

  NonZeros columns(int from) {
    return columns.of(from);
  }

  /** The lists by rows, or those by columns. */
  private final class Lists {
    private final NonZeros even;
    private final NonZeros odd;
    private final KeptLists kept;

    Lists(NonZeros even, NonZeros odd, KeptLists kept) {
      this.even = even;
      this.odd = odd;
      this.kept = kept;
    }

    /**
     * As {@link BatchLists#list}. The batch before this one is complete, and may be in use, when
     * the first thread copies it: from then on, the copy and what it is copied from are the same.
     */
    void list(int thread, int from, int m) {
      int batch = from / batchSize;
      if (kept.get(batch) != null) {
        return;
      }
      if (thread == 0 && batch > 0) {
        kept.keep(batch - 1, place(batch - 1));
      }
      place(batch).list(order, from, m, thread, threads);
    }

    NonZeros of(int from) {
      int batch = from / batchSize;
      NonZeros copy = kept.get(batch);
      return copy == null ? place(batch) : copy;
    }

    private NonZeros place(int batch) {
      return batch % 2 == 0 ? even : odd;
    }
  }
}
