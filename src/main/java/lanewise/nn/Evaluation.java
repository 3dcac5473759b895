package lanewise.nn;

import java.util.Arrays;

/**
 * How a network reads some labelled rows.
 *
 * @param rows number of rows
 * @param correct rows whose most probable class is their label
 * @param loss cross-entropy summed over the rows, in nats
 * @param confusion [true class][class read], counts; square, as wide as the network's output
 */
public record Evaluation(int rows, int correct, double loss, int[][] confusion) {

  /** The share of rows read right, 0 to 1; 0 without rows. */
  public double accuracy() {
    return rows == 0 ? 0 : (double) correct / rows;
  }

  /** The rows of a class: the sum of its line of the confusion matrix. */
  public int rowsOf(int label) {
    return Arrays.stream(confusion[label]).sum();
  }

  /** The rows read as a class: the sum of its column. */
  public int readAs(int label) {
    return Arrays.stream(confusion).mapToInt(line -> line[label]).sum();
  }

  /** Of the rows read as a class, the share that is of it; NaN if none was read as it. */
  public double precision(int label) {
    return share(confusion[label][label], readAs(label));
  }

  /** Of the rows of a class, the share that was read as it; NaN without rows. */
  public double recall(int label) {
    return share(confusion[label][label], rowsOf(label));
  }

  /**
   * The harmonic mean of precision and recall, {@code 2 hits / (rowsOf + readAs)}: 0 without hits,
   * NaN for a class that is neither there nor read.
   *
   * <p>Van Rijsbergen, Information Retrieval (1979), chapter 7.
   */
  public double f1(int label) {
    return share(2L * confusion[label][label], (long) rowsOf(label) + readAs(label));
  }

  private static double share(long part, long whole) {
    return whole == 0 ? Double.NaN : (double) part / whole;
  }
}
