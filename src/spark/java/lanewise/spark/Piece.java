package lanewise.spark;

import java.io.Serial;
import java.io.Serializable;

/**
 * What a partition of training rows sends to the task that trains: its rows in blocks, and at the
 * end their count or why they are refused. Pieces are sorted by their keys, so that the counts come
 * first and the blocks follow in the order of the rows.
 */
sealed interface Piece extends Serializable {
  /** The largest number of blocks of a partition, as a power of two. */
  int BLOCK_BITS = 32;

  /** The key of a partition's count or refusal: before those of all blocks. */
  static long endKey(int partition) {
    return partition - (1L << 62);
  }

  /**
   * The key of a block.
   *
   * @param partition of the data set
   * @param block from 0 in the partition
   */
  static long blockKey(int partition, long block) {
    return ((long) partition << BLOCK_BITS) + block;
  }

  /** Some rows. */
  final class Block implements Piece {
    @Serial private static final long serialVersionUID = 1;

    final float[] values;
    final int[] labels;

    /**
     * @param values (rows, width), row-major
     * @param labels (rows)
     */
    Block(float[] values, int[] labels) {
      this.values = values;
      this.labels = labels;
    }
  }

  /**
   * How much a partition has sent.
   *
   * @param rows at least 1
   * @param width of a row
   * @param maxLabel the largest label
   */
  record Count(long rows, int width, int maxLabel) implements Piece {}

  /**
   * Why a partition's rows cannot be trained on.
   *
   * @param reason a sentence for the user
   */
  record Refusal(String reason) implements Piece {}
}
