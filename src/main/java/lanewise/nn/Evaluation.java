package lanewise.nn;

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
}
