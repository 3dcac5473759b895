package lanewise.nn;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import lanewise.kernel.SparseColumns;
import lanewise.kernel.SparseRows;
import lanewise.parallel.Workers;

/**
 * Lists of what is not zero in some samples, built once and used in every epoch: the input layer
 * then skips the zeros of its bytes, four out of five of them in MNIST, and gives the same bits.
 *
 * <p>Two kinds: blocks of rows for forward products, and batches of columns for weight updates. For
 * MNIST's 60,000 rows they take about 25 and 20 MB.
 */
final class ZeroLists {
  /**
   * Listed entries cost about as much as dense ones, so above this share of them the dense product
   * is the better one; it reads its input in order and looks nothing up.
   */
  private static final double WORTH_LISTING = 0.8;

  /** Blocks that the share is estimated from. */
  private static final int PROBES = 16;

  /** For measurements and tests: {@code -Dlanewise.dense=true} keeps to the dense products. */
  private static final boolean DENSE = Boolean.getBoolean("lanewise.dense");

  private ZeroLists() {}

  /** Whether lists pay: for bytes, if few enough entries are left. */
  static boolean pay(Samples samples, int blockRows) {
    if (DENSE
        || !samples.isBytes()
        || samples.width() > SparseRows.LIMIT
        || blockRows > SparseRows.LIMIT) {
      return false;
    }
    int blocks = Math.ceilDiv(samples.rows(), blockRows);
    int step = Math.max(1, blocks / PROBES);
    double share = 0;
    int probes = 0;
    for (int block = 0; block < blocks; block += step) {
      share += rows(samples, blockRows, block).share();
      probes++;
    }
    return share <= WORTH_LISTING * probes;
  }

  /** Every block of {@code blockRows} rows, the last one shorter. */
  static SparseRows[] rows(Samples samples, int blockRows, Workers workers) {
    SparseRows[] lists = new SparseRows[Math.ceilDiv(samples.rows(), blockRows)];
    forEach(lists.length, workers, block -> lists[block] = rows(samples, blockRows, block));
    return lists;
  }

  private static SparseRows rows(Samples samples, int blockRows, int block) {
    int from = block * blockRows;
    int rows = Math.min(blockRows, samples.rows() - from);
    return SparseRows.of(samples.bytes(), from, rows, samples.width());
  }

  /** Every batch of {@code batch} rows, the last one shorter. */
  static SparseColumns[] columns(Samples samples, int batch, Workers workers) {
    SparseColumns[] lists = new SparseColumns[Math.ceilDiv(samples.rows(), batch)];
    forEach(
        lists.length,
        workers,
        i -> {
          int from = i * batch;
          int rows = Math.min(batch, samples.rows() - from);
          lists[i] = SparseColumns.of(samples.bytes(), from, rows, samples.width());
        });
    return lists;
  }

  private static void forEach(int count, Workers workers, IntConsumer build) {
    AtomicInteger next = new AtomicInteger();
    workers.run(
        Math.max(1, Math.min(workers.threads(), count)),
        (worker, barrier) -> {
          for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
            build.accept(i);
          }
        });
  }
}
