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
 * of each, taken in turns.
 */
final class BatchLists {
  /** The largest batch: four lists for 784 columns then take 51 MB. */
  static final int MAX_BATCH = 8192;

  private final NonZeros[] rows = new NonZeros[2];
  private final NonZeros[] columns = new NonZeros[2];
  private final int[] order;
  private final int batchSize;
  private final int threads;

  BatchLists(Feed feed, int batchSize, int threads, boolean resumed) {
    GreyRows grey = feed.grey();
    Arrays.setAll(rows, slot -> NonZeros.byRows(grey, batchSize));
    boolean[] touched = new boolean[Math.ceilDiv(feed.width(), 2)];
    Arrays.fill(touched, resumed);
    Arrays.setAll(columns, slot -> NonZeros.byColumns(grey, batchSize, touched));
    this.order = feed.places();
    this.batchSize = batchSize;
    this.threads = threads;
  }

  /** Lists a thread's share of the batch of m rows from {@code from} on. */
  void list(int thread, int from, int m) {
    rows(from).list(order, from, m, thread, threads);
    columns(from).list(order, from, m, thread, threads);
  }

  NonZeros rows(int from) {
    return rows[from / batchSize % 2];
  }

  NonZeros columns(int from) {
    return columns[from / batchSize % 2];
  }
}
