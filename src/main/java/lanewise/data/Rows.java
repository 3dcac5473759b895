package lanewise.data;

import lanewise.io.Sha256;
import lanewise.nn.Samples;

/**
 * One half of a data set, as a reader hands it over.
 *
 * @param pixels (rows, width), row-major, unsigned
 * @param width at least 1
 * @param labels (rows), each 0..255; at least one
 */
record Rows(byte[] pixels, int width, int[] labels) {
  /** The longest array that every HotSpot JVM can make, and so the most pixels of a half. */
  static final int MAX_BYTES = Integer.MAX_VALUE - 8;

  /**
   * What a file's rows have to fit.
   *
   * @param width pixels a row; 0 if the file itself decides
   * @param classes labels are below it
   */
  record Limits(int width, int classes) {
    /** A training set's: any width, any label that fits a byte. */
    static final Limits NONE = new Limits(0, 256);

    /** The message for a test label that no training row has reached. */
    DataException beyond(String place, int label) {
      return new DataException(
          "%s: label %d, but the training set's labels end at %d"
              .formatted(place, label, classes - 1));
    }
  }

  /** What a test set has to fit when these rows are the training set. */
  Limits limits() {
    int highest = 0;
    for (int label : labels) {
      highest = Math.max(highest, label);
    }
    return new Limits(width, highest + 1);
  }

  /** Joins two halves that are known to fit each other. */
  static Dataset dataset(Rows train, Rows test, String source) {
    Sha256 hash = new Sha256();
    train.addTo(hash);
    test.addTo(hash);
    return new Dataset(train.samples(), test.samples(), source, hash.hex());
  }

  /** These rows by themselves. */
  LabelledRows labelled(String source) {
    Sha256 hash = new Sha256();
    addTo(hash);
    return new LabelledRows(samples(), source, hash.hex());
  }

  private void addTo(Sha256 hash) {
    hash.add(pixels);
    byte[] narrow = new byte[labels.length];
    for (int row = 0; row < narrow.length; row++) {
      narrow[row] = (byte) labels[row];
    }
    hash.add(narrow);
  }

  private Samples samples() {
    return Samples.ofBytes(pixels, width, labels);
  }
}
