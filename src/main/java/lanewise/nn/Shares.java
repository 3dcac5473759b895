package lanewise.nn;

/**
 * Divides rows or columns among threads in whole units, as evenly as units allow. Whatever a thread
 * may touch without waiting for the others follows from one such division.
 *
 * @param threads number of shares
 * @param unit rows or columns of a unit, at least 1
 * @param minUnits units that each thread must get at least; where there are fewer, the division is
 *     by single rows or columns
 */
record Shares(int threads, int unit, int minUnits) {
  /** Rows of the tallest register tile. */
  private static final int TILE_ROWS = 8;

  /** Whole tiles where each thread gets two or more: with fewer, even shares are worth more. */
  static Shares ofRows(int threads) {
    return new Shares(threads, TILE_ROWS, 2);
  }

  /**
   * Where a thread's share begins; it ends where the next one begins.
   *
   * @param thread 0 to {@link #threads}, which is where the last share ends
   * @param count rows or columns to divide
   */
  int start(int thread, int count) {
    int size = count / unit >= minUnits * threads ? unit : 1;
    long units = Math.ceilDiv(count, size);
    return (int) Math.min(count, units * thread / threads * size);
  }
}
