package lanewise.nn;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import lanewise.kernel.SparseColumns;
import lanewise.kernel.SparseRows;
import lanewise.parallel.Workers;

/**
 * Lists of the non-zero bytes of samples, in blocks of rows, built once and used in every epoch:
 * the input layer then skips the zeros, four out of five bytes in MNIST, without changing a bit of
 * the result.
 *
 * <p>Two forms: by rows for forward products, by columns for weight updates. For the 60,000 rows of
 * MNIST they take about 25 MB and 20 MB.
 */
final class BlockLists {
  /**
   * The maximum share of non-zeros. A listed entry costs slightly more than a dense one, as the
   * dense product reads its input in order, without lookups.
   */
  private static final double MAX_SHARE = 0.8;

  /** Blocks from which the share is estimated. */
  private static final int PROBES = 16;

  /** For measurements and tests: {@code -Dlanewise.dense=true} disables the lists. */
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
   * Builds the lists by rows if they make training faster.
   *
   * @return null for floats and for bytes with too few zeros
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

  /** Returns one list per block; the last block may be shorter. */
  SparseRows[] rows() {
    return rows;
  }

  /** Returns one list per block, built at the first call; the last block may be shorter. */
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
