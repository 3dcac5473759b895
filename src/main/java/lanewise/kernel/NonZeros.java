package lanewise.kernel;

import java.util.Arrays;

/**
 * The terms of a product with a batch of grey bytes that remain if zeros are skipped: for each pair
 * of rows, the columns in which one of the two is not zero; or for each pair of neighbouring
 * columns, such rows. Built anew for each batch, from any rows in any order.
 *
 * <p>Skipping a term whose x is zero does not change a chain's bits: {@code fma(0, w, sum)} is sum
 * for every finite w, unless sum is -0. A chain starts at +0 and a sum of opposites is +0, so it
 * can be at -0 only after a product too small for a subnormal (below 2^-150, while x is at least
 * 1/255), and all that skipping can change is the sign of that zero. No activation or probability
 * depends on it, and the weight update adds +0 to each sum before the step: the sign would decide
 * that of a weight of -0.
 *
 * <p>Different pairs may be built by different threads; after that, any number of threads may read.
 */
public final class NonZeros {
  /** The maximum number of rows of a batch: 65,535. */
  public static final int MAX_ROWS = Character.MAX_VALUE;

  /** Every other bit: the first column of each pair. */
  private static final long EVEN = 0x5555555555555555L;

  final GreyRows grey;
  final boolean byRows;

  /** Room for the entries of one pair; -1 in a copy, which holds one batch. */
  private final int capacity;

  /** Rows of the batch. */
  int rows;

  /** The two rows, or columns, of each pair; -1 if there is no second one. */
  final int[] members;

  /**
   * The entries of pair g are {@code entries[starts[g]]} and the next, {@code counts[g]} in all,
   * ascending: the column, or row, in the upper 16 bits, and the two bytes of the pair in the lower
   * ones, the first one's lowest.
   */
  final int[] entries;

  final int[] starts;

  final int[] counts;

  /** Whether a pair of columns has had an entry in any batch; null for rows. */
  final boolean[] touched;

  private NonZeros(GreyRows grey, boolean byRows, int items, int capacity, boolean[] touched) {
    this.touched = touched;
    this.grey = grey;
    this.byRows = byRows;
    this.capacity = capacity;
    int pairs = Math.ceilDiv(items, 2);
    this.members = new int[2 * pairs];
    this.counts = new int[pairs];
    this.starts = new int[pairs];
    this.entries = new int[Math.multiplyExact(pairs, capacity)];
    Arrays.setAll(starts, pair -> pair * capacity);
  }

  /** Copies the batch that is listed, without the room for more. */
  private NonZeros(NonZeros from) {
    int pairs = from.pairs();
    this.touched = from.touched;
    this.grey = from.grey;
    this.byRows = from.byRows;
    this.capacity = -1;
    this.rows = from.rows;
    this.members = Arrays.copyOf(from.members, 2 * pairs);
    this.counts = Arrays.copyOf(from.counts, pairs);
    this.starts = new int[pairs];
    this.entries = new int[from.countEntries()];
    int to = 0;
    for (int pair = 0; pair < pairs; pair++) {
      starts[pair] = to;
      System.arraycopy(from.entries, from.starts[pair], entries, to, counts[pair]);
      to += counts[pair];
    }
  }

  /**
   * Makes room to list batches by pairs of rows, for {@link Kernels#forwardSparse}.
   *
   * @param grey the rows of all batches
   * @param maxRows the largest number of rows of a batch, at most {@link #MAX_ROWS}
   * @return an empty batch
   * @throws IllegalArgumentException if {@code maxRows} is out of range
   */
  public static NonZeros byRows(GreyRows grey, int maxRows) {
    checkRows(maxRows);
    return new NonZeros(grey, true, maxRows, grey.width, null);
  }

  /**
   * Makes room to list batches by pairs of columns, for {@link Kernels#updateSparse}.
   *
   * @param grey the rows of all batches
   * @param maxRows the largest number of rows of a batch, at most {@link #MAX_ROWS}
   * @return an empty batch
   * @throws IllegalArgumentException if {@code maxRows} is out of range
   */
  public static NonZeros byColumns(GreyRows grey, int maxRows) {
    boolean[] touched = new boolean[Math.ceilDiv(grey.width, 2)];
    Arrays.fill(touched, true);
    return byColumns(grey, maxRows, touched);
  }

  /**
   * The same, with weights that an update may leave alone.
   *
   * @param grey the rows of all batches
   * @param maxRows the largest number of rows of a batch, at most {@link #MAX_ROWS}
   * @param touched for each pair of columns whether it has had an entry, kept up to date; the
   *     weights of others have no state in an optimizer
   * @return an empty batch
   * @throws IllegalArgumentException if {@code maxRows} is out of range, or {@code touched} is not
   *     half as long as rows are wide, rounded up
   */
  public static NonZeros byColumns(GreyRows grey, int maxRows, boolean[] touched) {
    checkRows(maxRows);
    if (touched.length != Math.ceilDiv(grey.width, 2)) {
      throw new IllegalArgumentException(
          "%d pairs do not fit %d columns".formatted(touched.length, grey.width));
    }
    NonZeros columns = new NonZeros(grey, false, grey.width, maxRows, touched);
    Arrays.setAll(columns.members, column -> column < grey.width ? column : -1);
    return columns;
  }

  private static void checkRows(int rows) {
    if (rows < 0 || rows > MAX_ROWS) {
      throw new IllegalArgumentException(
          "lists of non-zeros have at most %d rows, not %d".formatted(MAX_ROWS, rows));
    }
  }

  /**
   * Lists one of some equal shares of a batch; with all shares listed, the batch is complete.
   *
   * @param batch the rows of the batch, as row numbers
   * @param from where they begin in {@code batch}
   * @param m how many they are
   * @param share which share, from 0
   * @param shares how many shares
   * @throws IllegalArgumentException if the rows are too many, as any are for a copy, or the share
   *     is not one of these
   * @throws IndexOutOfBoundsException if a row does not exist
   */
  public void list(int[] batch, int from, int m, int share, int shares) {
    int max = capacity < 0 ? -1 : byRows ? members.length : capacity;
    if (m < 0 || m > max || share < 0 || share >= shares) {
      throw new IllegalArgumentException(
          "share %d of %d of a batch of %d rows, with room for %d"
              .formatted(share, shares, m, Math.max(0, max)));
    }
    rows = m;
    if (byRows) {
      int pairs = Math.ceilDiv(m, 2);
      listRows(batch, from, pairs * share / shares, pairs * (share + 1) / shares);
    } else {
      listColumns(batch, from, grey.words * share / shares, grey.words * (share + 1) / shares);
    }
  }

  /** Rows in which much the same is not zero share a pair, so that fewer terms are listed. */
  private void listRows(int[] batch, int from, int fromPair, int toPair) {
    int end = Math.min(rows, 2 * toPair);
    for (int i = 2 * fromPair; i < 2 * toPair; i++) {
      members[i] = i < rows ? i : -1;
    }
    for (int pair = fromPair; pair < toPair; pair++) {
      int first = batch[from + members[2 * pair]];
      int second = first;
      if (2 * pair + 1 < end) {
        int best = closest(batch, from, first, 2 * pair + 1, end);
        int member = members[best];
        members[best] = members[2 * pair + 1];
        members[2 * pair + 1] = member;
        second = batch[from + member];
      }
      counts[pair] = listPair(first, second, pair * capacity);
    }
  }

  /**
   * Returns which of the members from {@code i} to {@code end - 1} differs least from a row, in
   * every other word of bits: the rest would cost more time than it saves.
   */
  private int closest(int[] batch, int from, int row, int i, int end) {
    int words = grey.words;
    long[] bits = grey.bits;
    int best = i;
    int fewest = Integer.MAX_VALUE;
    for (; i < end; i++) {
      int other = batch[from + members[i]] * words;
      int differences = 0;
      for (int word = 0; word < words; word += 2) {
        differences += Long.bitCount(bits[row * words + word] ^ bits[other + word]);
      }
      if (differences < fewest) {
        fewest = differences;
        best = i;
      }
    }
    return best;
  }

  private int listPair(int first, int second, int to) {
    byte[] pixels = grey.pixels;
    int count = to;
    for (int word = 0; word < grey.words; word++) {
      long set = grey.bits[first * grey.words + word] | grey.bits[second * grey.words + word];
      for (; set != 0; set &= set - 1) {
        int column = word * Long.SIZE + Long.numberOfTrailingZeros(set);
        int low = pixels[first * grey.width + column] & 255;
        int high = pixels[second * grey.width + column] & 255;
        entries[count++] = column << 16 | high << 8 | low;
      }
    }
    return count - to;
  }

  /** Lists the columns of some words of the bits, row by row. */
  private void listColumns(int[] batch, int from, int fromWord, int toWord) {
    int half = Long.SIZE / 2;
    byte[] pixels = grey.pixels;
    int fromPair = Math.min(counts.length, fromWord * half);
    int toPair = Math.min(counts.length, toWord * half);
    Arrays.fill(counts, fromPair, toPair, 0);
    for (int i = 0; i < rows; i++) {
      int row = batch[from + i];
      for (int word = fromWord; word < toWord; word++) {
        long set = grey.bits[row * grey.words + word];
        for (set = (set | set >>> 1) & EVEN; set != 0; set &= set - 1) {
          int column = word * Long.SIZE + Long.numberOfTrailingZeros(set);
          int at = row * grey.width + column;
          int high = column + 1 < grey.width ? pixels[at + 1] & 255 : 0;
          int pair = column >>> 1;
          entries[pair * capacity + counts[pair]++] = i << 16 | high << 8 | pixels[at] & 255;
        }
      }
    }
    for (int pair = fromPair; pair < toPair; pair++) {
      touched[pair] |= counts[pair] > 0;
    }
  }

  /**
   * Returns a copy of the batch that is listed, which takes no more memory than its entries need,
   * for a batch that recurs. It has no room to list another.
   *
   * @return a copy, which shares only {@code touched} and the rows' bytes
   */
  public NonZeros copy() {
    return new NonZeros(this);
  }

  /**
   * Returns the number of entries of the batch.
   *
   * @return the sum over all pairs
   */
  public int countEntries() {
    int count = 0;
    for (int pair = 0; pair < pairs(); pair++) {
      count += counts[pair];
    }
    return count;
  }

  /**
   * Returns the number of pairs: the unit of the products.
   *
   * @return half of the rows of the batch, or of the columns, rounded up
   */
  public int pairs() {
    return byRows ? Math.ceilDiv(rows, 2) : counts.length;
  }

  /**
   * Returns where to split the pairs, so that threads get equal numbers of entries.
   *
   * @param share the share of the entries before the split, 0 to 1
   * @return the first pair with at least that share of the entries before it
   * @throws IllegalArgumentException if share is not 0 to 1
   */
  public int pairAt(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share is %s, not 0 to 1".formatted(share));
    }
    if (share == 1) {
      return pairs();
    }
    int all = countEntries();
    int pair = 0;
    for (long before = 0; before < share * all; pair++) {
      before += counts[pair];
    }
    return pair;
  }
}
