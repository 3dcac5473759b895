package lanewise.nn;

import java.util.Arrays;
import java.util.Objects;
import lanewise.kernel.Grey;
import lanewise.kernel.GreyRows;
import lanewise.kernel.Kernels;
import lanewise.parallel.Workers;

/**
 * Rows in memory to learn from: {@code rows x width} values, row-major, and for each row one class
 * label or, for a regression, one or more targets.
 *
 * <p>Grey bytes stay bytes until a batch is used: MNIST's training set takes 47 MB, not 188.
 * Immutable as long as the caller does not modify the arrays that it passed in; thread-safe.
 */
public final class Samples {
  private static final int MAX_LABEL = Integer.MAX_VALUE - 1;

  private final byte[] bytes;
  private final float[] floats;
  private final int[] labels;
  private final float[] targets;
  private final int outputs;
  private final int width;
  private final int rows;
  private final int classes;

  /**
   * The maximum share of terms that pairs of rows have left for which lists are faster: a listed
   * entry costs half as much again as a dense one.
   */
  private static final double MAX_SHARE = 0.6;

  /** For measurements and tests: {@code -Dlanewise.dense=true} disables the lists. */
  private static final boolean DENSE = Boolean.getBoolean("lanewise.dense");

  /** Set at first use, and null where lists would not be faster. Guarded by this. */
  private GreyRows grey;

  private boolean marked;

  private Samples(byte[] bytes, float[] floats, int width, int[] labels, int rows) {
    this(bytes, floats, width, labels, null, 0, rows);
  }

  /** Either labels or targets are null. */
  private Samples(
      byte[] bytes,
      float[] floats,
      int width,
      int[] labels,
      float[] targets,
      int outputs,
      int rows) {
    this.bytes = bytes;
    this.floats = floats;
    this.labels = labels;
    this.targets = targets;
    this.outputs = outputs;
    this.width = width;
    this.rows = rows;
    int max = -1;
    for (int row = 0; row < rows && labels != null; row++) {
      if (labels[row] < 0 || labels[row] > MAX_LABEL) {
        throw new IllegalArgumentException(
            "row %d has label %d, not 0 to %d".formatted(row, labels[row], MAX_LABEL));
      }
      max = Math.max(max, labels[row]);
    }
    this.classes = max + 1;
  }

  /**
   * Wraps rows of unsigned grey bytes, which a network receives as {@code byte / 255}.
   *
   * @param pixels (rows, width), row-major; kept, not copied
   * @param width values per row, at least 1
   * @param labels (rows), each 0 to 2^31 - 2; kept, not copied
   * @return the samples
   * @throws IllegalArgumentException if the lengths do not fit or a label is out of range
   */
  public static Samples ofBytes(byte[] pixels, int width, int[] labels) {
    Objects.requireNonNull(pixels, "pixels");
    Objects.requireNonNull(labels, "labels");
    checkShape(pixels.length, width, labels.length);
    return new Samples(pixels, null, width, labels, labels.length);
  }

  /**
   * Wraps rows of floats, which a network receives unchanged.
   *
   * @param values (rows, width), row-major; kept, not copied
   * @param width values per row, at least 1
   * @param labels (rows), each 0 to 2^31 - 2; kept, not copied
   * @return the samples
   * @throws IllegalArgumentException if the lengths do not fit or a label is out of range
   */
  public static Samples ofFloats(float[] values, int width, int[] labels) {
    Objects.requireNonNull(values, "values");
    Objects.requireNonNull(labels, "labels");
    checkShape(values.length, width, labels.length);
    return new Samples(null, values, width, labels, labels.length);
  }

  /**
   * Wraps rows of floats, which a network receives unchanged, with the numbers that a regression is
   * to predict.
   *
   * @param values (rows, width), row-major; kept, not copied
   * @param width values per row, at least 1
   * @param targets (rows, outputs), row-major, each finite; kept, not copied
   * @param outputs targets per row, at least 1
   * @return the samples
   * @throws IllegalArgumentException if the lengths do not fit or a target is infinite or NaN
   */
  public static Samples ofTargets(float[] values, int width, float[] targets, int outputs) {
    Objects.requireNonNull(values, "values");
    Objects.requireNonNull(targets, "targets");
    if (outputs < 1 || targets.length % outputs != 0) {
      throw new IllegalArgumentException(
          "%d targets are not rows of %d".formatted(targets.length, outputs));
    }
    int rows = targets.length / outputs;
    checkShape(values.length, width, rows);
    for (int i = 0; i < targets.length; i++) {
      if (!Float.isFinite(targets[i])) {
        throw new IllegalArgumentException(
            "row %d has %s as target %d, not a finite number"
                .formatted(i / outputs, targets[i], i % outputs));
      }
    }
    return new Samples(null, values, width, null, targets, outputs, rows);
  }

  private static void checkShape(int values, int width, int rows) {
    if (width < 1 || values != (long) rows * width) {
      throw new IllegalArgumentException(
          "%d values are not %d rows of width %d".formatted(values, rows, width));
    }
  }

  /**
   * Returns the first rows of these samples, sharing their arrays.
   *
   * @param count 0 to {@link #rows()}
   * @return samples of {@code count} rows
   * @throws IllegalArgumentException if there are fewer rows, or {@code count} is negative
   */
  public Samples first(int count) {
    if (count < 0 || count > rows) {
      throw new IllegalArgumentException(
          "cannot take the first %d of %d rows".formatted(count, rows));
    }
    return new Samples(bytes, floats, width, labels, targets, outputs, count);
  }

  /**
   * Returns these rows with other values, for example to see what depends on them.
   *
   * @param values (rows, width), row-major; kept, not copied
   * @return samples with the same labels or targets, sharing their array
   * @throws IllegalArgumentException if the values are not as many
   */
  public Samples withValues(float[] values) {
    Objects.requireNonNull(values, "values");
    checkShape(values.length, width, rows);
    return new Samples(null, values, width, labels, targets, outputs, rows);
  }

  /**
   * Returns copies of some rows.
   *
   * @param selected each 0 to {@link #rows()} - 1, in the order of the new samples
   * @return as many samples, bytes if these are
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public Samples select(int[] selected) {
    int values = Math.multiplyExact(selected.length, width);
    Object from = bytes == null ? floats : bytes;
    Object to = bytes == null ? new float[values] : new byte[values];
    int count = selected.length;
    int[] someLabels = isLabelled() ? new int[count] : null;
    float[] someTargets = isLabelled() ? null : new float[Math.multiplyExact(count, outputs)];
    for (int i = 0; i < count; i++) {
      int row = Objects.checkIndex(selected[i], rows);
      System.arraycopy(from, row * width, to, i * width, width);
      if (isLabelled()) {
        someLabels[i] = labels[row];
      } else {
        System.arraycopy(targets, row * outputs, someTargets, i * outputs, outputs);
      }
    }
    return to instanceof byte[] pixels
        ? new Samples(pixels, null, width, someLabels, someTargets, outputs, count)
        : new Samples(null, (float[]) to, width, someLabels, someTargets, outputs, count);
  }

  /**
   * Returns the number of rows.
   *
   * @return 0 or more
   */
  public int rows() {
    return rows;
  }

  /**
   * Returns the number of values per row.
   *
   * @return 1 or more
   */
  public int width() {
    return width;
  }

  /**
   * Returns whether the rows have class labels.
   *
   * @return false if they have targets
   */
  public boolean isLabelled() {
    return labels != null;
  }

  /**
   * Returns the number of classes that the labels need.
   *
   * @return the largest label + 1; 0 without rows
   * @throws IllegalStateException if the rows have targets
   */
  public int classes() {
    labels();
    return classes;
  }

  /**
   * Returns the class of a row.
   *
   * @param row 0 to {@link #rows()} - 1
   * @return 0 to {@link #classes()} - 1
   * @throws IndexOutOfBoundsException if there is no such row
   * @throws IllegalStateException if the rows have targets
   */
  public int label(int row) {
    return labels()[Objects.checkIndex(row, rows)];
  }

  /**
   * Copies the labels of rows {@code from} to {@code to - 1}.
   *
   * @param from first row
   * @param to row after the last
   * @param out receives {@code to - from} labels
   * @param offset index in {@code out} of the first label
   * @throws IndexOutOfBoundsException if there are no such rows or {@code out} is too short
   * @throws IllegalStateException if the rows have targets
   */
  public void copyLabels(int from, int to, int[] out, int offset) {
    Objects.checkFromToIndex(from, to, rows);
    System.arraycopy(labels(), from, out, offset, to - from);
  }

  /**
   * Returns the weights with which every class counts alike: {@code rows / (classes * rows of the
   * class)}, where classes are those that have rows. Their mean over the rows is 1. The rule of
   * scikit-learn's {@code class_weight="balanced"}, after King and Zeng, Logistic Regression in
   * Rare Events Data, Political Analysis 9, 2001.
   *
   * @param classes how many weights, at least {@link #classes()}
   * @return a weight for each class; 0 for one without rows
   * @throws IllegalArgumentException if a label has no weight
   * @throws IllegalStateException if the rows have targets
   */
  public double[] balancedWeights(int classes) {
    if (classes < classes()) {
      throw new IllegalArgumentException(
          "%d weights do not fit labels of %d classes".formatted(classes, this.classes));
    }
    int[] counts = new int[classes];
    for (int row = 0; row < rows; row++) {
      counts[labels[row]]++;
    }
    long occurring = Arrays.stream(counts).filter(count -> count > 0).count();
    return Arrays.stream(counts)
        .mapToDouble(count -> count == 0 ? 0 : rows / ((double) occurring * count))
        .toArray();
  }

  /**
   * Returns the number of targets per row.
   *
   * @return 1 or more
   * @throws IllegalStateException if the rows have labels
   */
  public int outputs() {
    targets();
    return outputs;
  }

  /**
   * Returns a target of a row.
   *
   * @param row 0 to {@link #rows()} - 1
   * @param output 0 to {@link #outputs()} - 1
   * @return a finite number
   * @throws IndexOutOfBoundsException if there is no such row or target
   * @throws IllegalStateException if the rows have labels
   */
  public float target(int row, int output) {
    Objects.checkIndex(output, outputs());
    return targets[Objects.checkIndex(row, rows) * outputs + output];
  }

  /** The labels of all rows, and perhaps of more. */
  int[] labels() {
    if (labels == null) {
      throw new IllegalStateException("the rows have targets, not labels");
    }
    return labels;
  }

  /** The targets of all rows, and perhaps of more, row-major. */
  float[] targets() {
    if (targets == null) {
      throw new IllegalStateException("the rows have labels, not targets");
    }
    return targets;
  }

  /**
   * Copies rows {@code from} to {@code to - 1} as the floats that a network receives.
   *
   * @param from first row
   * @param to row after the last
   * @param out receives {@code (to - from) x width} values, row-major
   * @param offset index in {@code out} of the first value
   * @throws IndexOutOfBoundsException if there are no such rows or {@code out} is too short
   */
  public void copyRows(int from, int to, float[] out, int offset) {
    Objects.checkFromToIndex(from, to, rows);
    int start = from * width;
    int count = (to - from) * width;
    if (floats != null) {
      System.arraycopy(floats, start, out, offset, count);
      return;
    }
    Objects.checkFromIndexSize(offset, count, out.length);
    for (int i = 0; i < count; i++) {
      out[offset + i] = Grey.unit(bytes[start + i]);
    }
  }

  /** The grey bytes of all rows, one row after the other; null if they are floats. */
  byte[] bytes() {
    return bytes;
  }

  /** Whether the rows are grey bytes. */
  boolean isBytes() {
    return bytes != null;
  }

  /**
   * Returns the rows with their non-zeros marked, at first use, by all threads; null where products
   * over lists would not be faster, as for floats and for bytes with too few zeros.
   */
  synchronized GreyRows greyRows(Kernels kernels, Workers workers) {
    if (!kernels.skipsZeros() || DENSE || bytes == null || width > GreyRows.MAX_WIDTH) {
      return null;
    }
    if (!marked) {
      GreyRows all = new GreyRows(bytes, rows, width);
      int threads = workers.threads();
      workers.run(
          threads,
          (thread, barrier) ->
              all.mark(
                  (int) ((long) rows * thread / threads),
                  (int) ((long) rows * (thread + 1) / threads)));
      grey = all.share() <= MAX_SHARE ? all : null;
      marked = true;
    }
    return grey;
  }
}
