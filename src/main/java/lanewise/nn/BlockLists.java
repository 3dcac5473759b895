package lanewise.nn;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import lanewise.kernel.SparseColumns;
import lanewise.kernel.SparseRows;
import lanewise.parallel.Workers;

/**
 * The non-zeros of some samples in blocks of rows, listed once and used in every epoch: the input
 * layer then skips the zeros of its bytes, four out of five in MNIST, and gives the same bits.
 *
 * <p>Two forms: by rows for forward products, by columns for weight updates. For MNIST's 60,000
 * rows they take about 25 and 20 MB.
 */
final class BlockLists {
  /**
   * A listed entry costs about as much as a dense one, so above this share of entries the dense
   * product is faster; it reads its input in order and looks nothing up.
   */
  private static final double MAX_SHARE = 0.8;

  /** Blocks from which the share is estimated. */
  private static final int PROBES = 16;

  /** For measurements and tests: {@code -Dlanewise.dense=true} always takes dense products. */
  private static final boolean DENSE = Boolean.getBoolean("lanewise.dense");

  private final Samples samples;
  private final int blockRows;
  private final SparseRows[] rows;
  private SparseColumns[] columns;

  private BlockLists(Samples samples, int blockRows, SparseRows[] rows) {
    this.samples = samples;
    this.blockRows = blockRows;
    this.rows = rows;
  }

  /**
   * Lists the rows, if that pays.
   *
   * @return null for floats and where too many entries would be left
   */
  static BlockLists of(Samples samples, int blockRows, Workers workers) {
    if (!pay(samples, blockRows)) {
      return null;
    }
    SparseRows[] rows = new SparseRows[Math.ceilDiv(samples.rows(), blockRows)];
    forEach(rows.length, workers, block -> rows[block] = rows(samples, blockRows, block));
    return new BlockLists(samples, blockRows, rows);
  }

  private static boolean pay(Samples samples, int blockRows) {
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
    return share <= MAX_SHARE * probes;
  }

  private static SparseRows rows(Samples samples, int blockRows, int block) {
    int from = block * blockRows;
    int rows = Math.min(blockRows, samples.rows() - from);
    return SparseRows.of(samples.bytes(), from, rows, samples.width());
  }

  /** Block by block, the last one shorter. */
  SparseRows[] rows() {
    return rows;
  }

  /** Block by block, the last one shorter; listed at the first call. */
  synchronized SparseColumns[] columns(Workers workers) {
    if (columns == null) {
      SparseColumns[] lists = new SparseColumns[rows.length];
      forEach(lists.length, workers, block -> lists[block] = columns(block));
      columns = lists;
    }
    return columns;
  }

  private SparseColumns columns(int block) {
    int from = block * blockRows;
    int count = Math.min(blockRows, samples.rows() - from);
    return SparseColumns.of(samples.bytes(), from, count, samples.width());
  }

  private static void forEach(int count, Workers workers, IntConsumer build) {
    AtomicInteger next = new AtomicInteger();
    workers.run(
        Math.max(1, Math.min(workers.threads(), count)),
        (thread, barrier) -> {
          for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
            build.accept(i);
          }
        });
  }
}
