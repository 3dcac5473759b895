package lanewise.nn;

/**
 * Divides rows or columns among threads in whole units, as evenly as the units allow. A thread may
 * access its own share without waiting for the others.
 *
 * @param threads number of shares
 * @param unit rows or columns of a unit, at least 1
 * @param minUnits minimum number of units per thread; if there are fewer, single rows or columns
 *     are divided
 */
record Shares(int threads, int unit, int minUnits) {
  /** Rows of the tallest register tile. */
  private static final int TILE_ROWS = 8;

  /** Whole tiles if each thread gets two or more; with fewer, even shares are faster. */
  static Shares ofRows(int threads) {
    return new Shares(threads, TILE_ROWS, 2);
  }

  /**
   * Returns the first index of a thread's share, which ends where the next one begins.
   *
   * @param thread 0 to {@link #threads}, which is where the last share ends
   * @param count number of rows or columns to divide
   */
  int start(int thread, int count) {
    int size = count / unit >= minUnits * threads ? unit : 1;
    long units = Math.ceilDiv(count, size);
    return (int) Math.min(count, units * thread / threads * size);
  }
}
