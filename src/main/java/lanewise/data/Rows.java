package lanewise.data;

import lanewise.io.Sha256;
import lanewise.nn.Samples;

/** The training set or the test set, as a reader returns it. */
final class Rows {
  /** The longest array that every HotSpot JVM can allocate, and so the maximum number of pixels. */
  static final int MAX_BYTES = Integer.MAX_VALUE - 8;

  private final byte[] pixels;
  private final int width;
  private final int[] labels;

  /**
   * Wraps the arrays.
   *
   * @param pixels (rows, width), row-major, unsigned
   * @param width at least 1
   * @param labels (rows), each 0 to 255; at least one
   */
  Rows(byte[] pixels, int width, int[] labels) {
    this.pixels = pixels;
    this.width = width;
    this.labels = labels;
  }

  /**
   * What the rows of a file must match.
   *
   * @param width pixels per row; 0 if the file decides
   * @param classes exclusive upper bound of the labels
   */
  record Limits(int width, int classes) {
    /** A training set's: any width, any label that fits a byte. */
    static final Limits NONE = new Limits(0, 256);

    /** The exception for a test label that exceeds those of the training set. */
    DataException labelTooLarge(String position, int label) {
      return new DataException(
          "%s: label %d, but the largest label of the training set is %d"
              .formatted(position, label, classes - 1));
    }
  }

  byte[] pixels() {
    return pixels;
  }

  int width() {
    return width;
  }

  int[] labels() {
    return labels;
  }

  /** What a test set must match if these rows are the training set. */
  Limits limits() {
    int max = 0;
    for (int label : labels) {
      max = Math.max(max, label);
    }
    return new Limits(width, max + 1);
  }

  /** Combines a training set and a test set. */
  static Dataset dataset(Rows train, Rows test, String source) {
    Sha256 hash = new Sha256();
    train.addTo(hash);
    test.addTo(hash);
    return new Dataset(train.samples(), test.samples(), source, hash.hex());
  }

  /** Returns these rows with their origin and hash. */
  LabelledRows labelled(String source) {
    Sha256 hash = new Sha256();
    addTo(hash);
    return new LabelledRows(samples(), source, hash.hex());
  }

  private void addTo(Sha256 hash) {
    byte[] labelBytes = new byte[labels.length];
    for (int row = 0; row < labelBytes.length; row++) {
      labelBytes[row] = (byte) labels[row];
    }
    hash.add(pixels).add(labelBytes);
  }

  private Samples samples() {
    return Samples.ofBytes(pixels, width, labels);
  }
}
