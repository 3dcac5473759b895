package lanewise.nn;

import java.util.Arrays;
import java.util.Objects;

/**
 * The result of evaluating a network on labelled rows: loss, accuracy, confusion matrix. Immutable.
 */
public final class Evaluation {
  private final double loss;
  private final int[][] confusion;
  private final int[] predicted;
  private final float[] probabilities;
  private final float[] labelProbabilities;

  /**
   * Creates an evaluation.
   *
   * @param loss cross-entropy summed over the rows, in nats
   * @param confusion [true class][predicted class], counts; square, as wide as the network's output
   * @param predicted class of each row; kept, not copied, as all arrays are
   * @param probabilities of the predicted class of each row
   * @param labelProbabilities of the true class of each row
   */
  Evaluation(
      double loss,
      int[][] confusion,
      int[] predicted,
      float[] probabilities,
      float[] labelProbabilities) {
    this.loss = loss;
    this.confusion = confusion;
    this.predicted = predicted;
    this.probabilities = probabilities;
    this.labelProbabilities = labelProbabilities;
  }

  /**
   * Returns the number of rows.
   *
   * @return 0 or more
   */
  public int rows() {
    return predicted.length;
  }

  /**
   * Returns the number of rows whose predicted class is their label.
   *
   * @return 0 to {@link #rows()}
   */
  public int correct() {
    int correct = 0;
    for (int label = 0; label < confusion.length; label++) {
      correct += confusion[label][label];
    }
    return correct;
  }

  /**
   * Returns the loss.
   *
   * @return cross-entropy summed over the rows, in nats; infinite or NaN if the network's outputs
   *     are
   */
  public double loss() {
    return loss;
  }

  /**
   * Returns the share of rows predicted correctly.
   *
   * @return 0 to 1; 0 without rows
   */
  public double accuracy() {
    return rows() == 0 ? 0 : (double) correct() / rows();
  }

  /**
   * Returns the predicted class of a row: the one with the highest logit, the first if several are
   * equal.
   *
   * @param row 0 to {@link #rows()} - 1
   * @return 0 to {@link #classes()} - 1
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public int predicted(int row) {
    return predicted[row];
  }

  /**
   * Returns the probability of a row's predicted class.
   *
   * @param row 0 to {@link #rows()} - 1
   * @return 0 to 1, in the bits of {@link Mlp#predict(float[])}; NaN if the logits are not finite
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public float probability(int row) {
    return probabilities[row];
  }

  /**
   * Returns the probability of a row's true class.
   *
   * @param row 0 to {@link #rows()} - 1
   * @return as {@link #probability}
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public float labelProbability(int row) {
    return labelProbabilities[row];
  }

  /**
   * Returns the number of classes.
   *
   * @return the width of the network's output
   */
  public int classes() {
    return confusion.length;
  }

  /**
   * Returns the confusion matrix.
   *
   * @return [true class][predicted class], counts; a copy
   */
  public int[][] confusion() {
    int[][] copy = new int[confusion.length][];
    Arrays.setAll(copy, label -> confusion[label].clone());
    return copy;
  }

  /**
   * Returns the number of rows of a class: the sum of its row of the confusion matrix.
   *
   * @param label 0 to {@link #classes()} - 1
   * @return 0 to {@link #rows()}
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public int rowsOf(int label) {
    return Arrays.stream(confusion[label]).sum();
  }

  /**
   * Returns the number of rows predicted as a class: the sum of its column.
   *
   * @param label 0 to {@link #classes()} - 1
   * @return 0 to {@link #rows()}
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public int predictedAs(int label) {
    return Arrays.stream(confusion).mapToInt(row -> row[label]).sum();
  }

  /**
   * Returns the precision of a class: the share of the rows predicted as the class that belong to
   * it.
   *
   * @param label 0 to {@link #classes()} - 1
   * @return 0 to 1; NaN if no row was predicted as the class
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public double precision(int label) {
    return share(confusion[label][label], predictedAs(label));
  }

  /**
   * Returns the recall of a class: the share of its rows that were predicted as the class.
   *
   * @param label 0 to {@link #classes()} - 1
   * @return 0 to 1; NaN if the class has no rows
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public double recall(int label) {
    return share(confusion[label][label], rowsOf(label));
  }

  /**
   * Returns the F1 score, the harmonic mean of precision and recall: {@code 2 hits / (rowsOf +
   * predictedAs)}.
   *
   * <p>Van Rijsbergen, Information Retrieval (1979), chapter 7.
   *
   * @param label 0 to {@link #classes()} - 1
   * @return 0 to 1; NaN for a class that neither occurs nor is predicted
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public double f1(int label) {
    return share(2L * confusion[label][label], (long) rowsOf(label) + predictedAs(label));
  }

  private static double share(long part, long whole) {
    return whole == 0 ? Double.NaN : (double) part / whole;
  }

  /**
   * Returns whether both have the same loss, in every bit, and the same predicted class for every
   * row.
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof Evaluation that
        && Double.doubleToLongBits(loss) == Double.doubleToLongBits(that.loss)
        && Arrays.equals(predicted, that.predicted)
        && Arrays.equals(probabilities, that.probabilities)
        && Arrays.equals(labelProbabilities, that.labelProbabilities)
        && Arrays.deepEquals(confusion, that.confusion);
  }

  @Override
  public int hashCode() {
    return Objects.hash(loss, Arrays.hashCode(predicted));
  }

  /** Returns loss and accuracy as one line of text. */
  @Override
  public String toString() {
    return "loss %s, %d of %d correct".formatted(loss, correct(), rows());
  }
}
