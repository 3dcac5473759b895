package lanewise.data;

import java.util.Objects;
import lanewise.nn.Samples;

/**
 * Labelled rows and their origin.
 *
 * @param samples at least one row
 * @param source the origin for display: a directory, a file or "built-in digits"
 * @param sha256 identifies the content that the rows are from, in lower-case hex: a data set's
 *     {@link Dataset#sha256}, or, for a single file, SHA-256 over the pixels, then the labels as
 *     one byte each
 */
public record LabelledRows(Samples samples, String source, String sha256) {
  /**
   * Checks for nulls.
   *
   * @param samples see above
   * @param source see above
   * @param sha256 see above
   */
  public LabelledRows {
    Objects.requireNonNull(samples, "samples");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(sha256, "sha256");
  }
}
