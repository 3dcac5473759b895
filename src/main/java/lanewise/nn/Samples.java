package lanewise.nn;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import lanewise.kernel.Grey;
import lanewise.kernel.Kernels;
import lanewise.kernel.SparseRows;
import lanewise.parallel.Workers;

/**
 * Labelled rows held in memory: {@code rows x width} values, row-major, and one class label a row.
 *
 * <p>Grey bytes stay bytes until a batch is used, so MNIST's training set takes 47 MB here and not
 * 188. Immutable as long as the caller leaves the arrays that it handed over alone; safe for use by
 * many threads.
 */
public final class Samples {
  private final byte[] bytes;
  private final float[] floats;
  private final int[] labels;
  private final int width;
  private final int rows;
  private final int classes;

  /** Guarded by this; see {@link #sparseRows}. */
  private final Map<Integer, SparseRows[]> sparseRows = new HashMap<>();

  private Samples(byte[] bytes, float[] floats, int width, int[] labels, int rows) {
    this.bytes = bytes;
    this.floats = floats;
    this.labels = labels;
    this.width = width;
    this.rows = rows;
    int highest = -1;
    for (int row = 0; row < rows; row++) {
      if (labels[row] < 0) {
        throw new IllegalArgumentException("label " + labels[row] + " in row " + row);
      }
      highest = Math.max(highest, labels[row]);
    }
    this.classes = highest + 1;
  }

  /**
   * Rows of unsigned grey bytes, read as {@code byte / 255}.
   *
   * @param pixels (rows, width), row-major; kept, not copied
   * @param width values a row, at least 1
   * @param labels (rows), each at least 0; kept, not copied
   * @throws IllegalArgumentException if the lengths do not fit or a label is negative
   */
  public static Samples ofBytes(byte[] pixels, int width, int[] labels) {
    Objects.requireNonNull(pixels, "pixels");
    checkShape(pixels.length, width, labels.length);
    return new Samples(pixels, null, width, labels, labels.length);
  }

  /**
   * Rows of floats, used as they are.
   *
   * @param values (rows, width), row-major; kept, not copied
   * @param width values a row, at least 1
   * @param labels (rows), each at least 0; kept, not copied
   * @throws IllegalArgumentException if the lengths do not fit or a label is negative
   */
  public static Samples ofFloats(float[] values, int width, int[] labels) {
    Objects.requireNonNull(values, "values");
    checkShape(values.length, width, labels.length);
    return new Samples(null, values, width, labels, labels.length);
  }

  private static void checkShape(int values, int width, int rows) {
    if (width < 1 || values != (long) rows * width) {
      throw new IllegalArgumentException(
          "%d values are not %d rows of width %d".formatted(values, rows, width));
    }
  }

  /**
   * The first rows of these samples, sharing their arrays.
   *
   * @param count 0 to {@link #rows()}
   */
  public Samples first(int count) {
    Objects.checkIndex(count, rows + 1);
    return new Samples(bytes, floats, width, labels, count);
  }

  /** Number of rows. */
  public int rows() {
    return rows;
  }

  /** Values a row. */
  public int width() {
    return width;
  }

  /** The highest label + 1; 0 without rows. */
  public int classes() {
    return classes;
  }

  /** The class of one row, 0 to {@link #classes()} - 1. */
  public int label(int row) {
    return labels[Objects.checkIndex(row, rows)];
  }

  /**
   * Copies the labels of rows {@code from} to {@code to - 1}.
   *
   * @param out receives {@code to - from} labels from {@code at} on
   */
  public void copyLabels(int from, int to, int[] out, int at) {
    Objects.checkFromToIndex(from, to, rows);
    System.arraycopy(labels, from, out, at, to - from);
  }

  /**
   * Copies rows {@code from} to {@code to - 1} as the floats that a network reads.
   *
   * @param out receives {@code (to - from) x width} values from {@code at} on, row-major
   */
  public void copyRows(int from, int to, float[] out, int at) {
    Objects.checkFromToIndex(from, to, rows);
    int start = from * width;
    int count = (to - from) * width;
    if (floats != null) {
      System.arraycopy(floats, start, out, at, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      out[at + i] = Grey.unit(bytes[start + i]);
    }
  }

  /** Whether the rows are grey bytes. */
  boolean isBytes() {
    return bytes != null;
  }

  /** The grey bytes (rows, width), live; null if the rows are floats. */
  byte[] bytes() {
    return bytes;
  }

  /**
   * The rows' lists of non-zeros in blocks of {@code blockRows}, built at first use and kept, so
   * that training and evaluation share them; null where lists do not pay.
   */
  synchronized SparseRows[] sparseRows(int blockRows, Kernels kernels, Workers workers) {
    if (!kernels.skipsZeros()) {
      return null;
    }
    if (!sparseRows.containsKey(blockRows)) { // Null is an answer too, and probing takes its time.
      boolean pay = ZeroLists.pay(this, blockRows);
      sparseRows.put(blockRows, pay ? ZeroLists.rows(this, blockRows, workers) : null);
    }
    return sparseRows.get(blockRows);
  }

  /** The block size between least and most that lists exist for, else {@code preferred}. */
  synchronized int blockRows(int least, int most, int preferred) {
    return sparseRows.keySet().stream()
        .filter(size -> size >= least && size <= most)
        .findFirst()
        .orElse(preferred);
  }
}
