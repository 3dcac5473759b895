package lanewise.data;

import lanewise.io.Sha256;
import lanewise.nn.Samples;

/** The training set or the test set, as a reader returns it. */
final class Rows {
  /** The longest array that every HotSpot JVM can allocate, and so the maximum number of pixels. */
  static final int MAX_BYTES = Integer.MAX_VALUE - 8;

  private final byte[] pixels;
  private final int width;
  private final int columns;
  private final int[] labels;

  /**
   * Wraps the arrays.
   *
   * @param pixels (rows, width), row-major, unsigned
   * @param width pixels of a row, at least 1
   * @param columns pixels of each line of the row's image; {@code width} if the file has no images
   * @param labels (rows), each 0 to 255; at least one
   */
  Rows(byte[] pixels, int width, int columns, int[] labels) {
    this.pixels = pixels;
    this.width = width;
    this.columns = columns;
    this.labels = labels;
  }

  /**
   * What the rows of a file must match.
   *
   * @param width pixels per row; 0 if the file decides
   * @param columns pixels of each line of an image, where rows are images
   * @param classes exclusive upper bound of the labels
   * @param source what they come from, for messages: the training set, or a network
   */
  record Limits(int width, int columns, int classes, String source) {
    /** Any width, any label that fits a byte. */
    static final Limits NONE = new Limits(0, 0, 256, "the first row");

    /** The exception for a test label that exceeds those of the training set. */
    DataException labelTooLarge(String position, int label) {
      return new DataException(
          "%s: label %d, but the largest label of %s is %d"
              .formatted(position, label, source, classes - 1));
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
    return new Limits(width, columns, max + 1, "the training set");
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
