package lanewise.data;

import java.util.Objects;
import lanewise.io.Text;
import lanewise.nn.Samples;

/**
 * A training set, a test set, and their origin.
 *
 * @param train at least one row
 * @param test at least one row, as wide as the training set's; no label exceeds those of the
 *     training set
 * @param source the origin for display: a directory, two files or "built-in digits"
 * @param sha256 identifies the content: SHA-256, in lower-case hex, over the training set's pixels,
 *     its labels as one byte each, then the same of the test set. It does not depend on the file
 *     format.
 */
public record Dataset(Samples train, Samples test, String source, String sha256) {
  /**
   * Checks that the two sets match.
   *
   * @param train see above
   * @param test see above
   * @param source see above
   * @param sha256 see above
   * @throws IllegalArgumentException if the widths differ, the test set has more classes, or only
   *     one of them has labels
   */
  public Dataset {
    Objects.requireNonNull(train, "train");
    Objects.requireNonNull(test, "test");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(sha256, "sha256");
    if (test.width() != train.width()) {
      throw new IllegalArgumentException(
          "the test set has %s per row, the training set %d"
              .formatted(Text.count(test.width(), "value"), train.width()));
    }
    if (test.isLabelled() != train.isLabelled()) {
      throw new IllegalArgumentException("of the two sets, one has labels and the other targets");
    }
    if (test.isLabelled() && test.classes() > train.classes()) {
      throw new IllegalArgumentException(
          "the test set has %d classes, the training set %d"
              .formatted(test.classes(), train.classes()));
    }
  }
}
