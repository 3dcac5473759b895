package lanewise.nn;

import java.util.Arrays;
import java.util.Objects;

/**
 * The result of evaluating a network on rows: the loss, and of a classification accuracy and
 * confusion matrix, of a regression R2 and RMSE. What the other of the two has throws {@link
 * IllegalStateException}. Immutable.
 */
public final class Evaluation {
  private final double loss;
  private final int rows;
  private final int[][] confusion;
  private final int[] predicted;
  private final float[] probabilities;
  private final float[] labelProbabilities;
  private final float[] values;
  private final double r2;

  /**
   * Creates the evaluation of a classification.
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
    this.rows = predicted.length;
    this.confusion = confusion;
    this.predicted = predicted;
    this.probabilities = probabilities;
    this.labelProbabilities = labelProbabilities;
    this.values = null;
    this.r2 = 0;
  }

  /**
   * Creates the evaluation of a regression.
   *
   * @param loss mean squared error of each row, summed over the rows
   * @param values predicted (rows, outputs), row-major; kept, not copied
   */
  Evaluation(double loss, int rows, float[] values, double r2) {
    this.loss = loss;
    this.rows = rows;
    this.confusion = null;
    this.predicted = null;
    this.probabilities = null;
    this.labelProbabilities = null;
    this.values = values;
    this.r2 = r2;
  }

  /**
   * Returns whether the network is for regression.
   *
   * @return false if it classifies
   */
  public boolean isRegression() {
    return values != null;
  }

  private void check(boolean regression, String what) {
    if (regression != isRegression()) {
      throw new IllegalStateException(
          "the evaluation has no %s: it is a %s"
              .formatted(what, isRegression() ? "regression" : "classification"));
    }
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
   * Returns the number of rows whose predicted class is their label.
   *
   * @return 0 to {@link #rows()}
   * @throws IllegalStateException of a regression
   */
  public int correct() {
    check(false, "accuracy");
    int correct = 0;
    for (int label = 0; label < confusion.length; label++) {
      correct += confusion[label][label];
    }
    return correct;
  }

  /**
   * Returns the loss.
   *
   * @return summed over the rows: cross-entropy, in nats; of a regression the mean over the outputs
   *     of {@code (value - target)^2}. Infinite or NaN if the network's outputs are
   */
  public double loss() {
    return loss;
  }

  /**
   * Returns the share of rows predicted correctly.
   *
   * @return 0 to 1; 0 without rows
   * @throws IllegalStateException of a regression
   */
  public double accuracy() {
    int correct = correct();
    return rows == 0 ? 0 : (double) correct / rows;
  }

  /**
   * Returns R2, the coefficient of determination: of each output, {@code 1 - sum of (value -
   * target)^2 / sum of (target - mean of the targets)^2} over the rows; their mean over the
   * outputs. Where all targets of an output are equal, 1 if all values are equal to them, else 0.
   *
   * @return at most 1, and below 0 if the mean of the targets would predict them better; 0 without
   *     rows; NaN or -Infinity if a predicted value is not finite
   * @throws IllegalStateException of a classification
   */
  public double r2() {
    check(true, "R2");
    return r2;
  }

  /**
   * Returns the root of the mean squared error: {@code sqrt(loss / rows)}.
   *
   * @return at least 0, in the unit of the targets; 0 without rows; infinite or NaN if the loss is
   * @throws IllegalStateException of a classification
   */
  public double rmse() {
    check(true, "RMSE");
    return rows == 0 ? 0 : Math.sqrt(loss / rows);
  }

  /**
   * Returns what is better the higher it is.
   *
   * @return the accuracy of a classification, R2 of a regression
   */
  public double score() {
    return isRegression() ? r2 : accuracy();
  }

  /**
   * Returns what a regression predicts of a row.
   *
   * @param row 0 to {@link #rows()} - 1
   * @param output 0 to the network's number of outputs - 1
   * @return in the unit of the targets, in the bits of {@link Mlp#predict(float[])}
   * @throws IndexOutOfBoundsException if there is no such row or output
   * @throws IllegalStateException of a classification
   */
  public float value(int row, int output) {
    check(true, "values");
    Objects.checkIndex(row, rows);
    int outputs = values.length / rows;
    return values[row * outputs + Objects.checkIndex(output, outputs)];
  }

  /**
   * Returns the predicted class of a row: the one with the highest logit, the first if several are
   * equal.
   *
   * @param row 0 to {@link #rows()} - 1
   * @return 0 to {@link #classes()} - 1
   * @throws IndexOutOfBoundsException if there is no such row
   * @throws IllegalStateException of a regression
   */
  public int predicted(int row) {
    check(false, "classes");
    return predicted[row];
  }

  /**
   * Returns the probability of a row's predicted class.
   *
   * @param row 0 to {@link #rows()} - 1
   * @return 0 to 1, in the bits of {@link Mlp#predict(float[])}; NaN if the logits are not finite
   * @throws IndexOutOfBoundsException if there is no such row
   * @throws IllegalStateException of a regression
   */
  public float probability(int row) {
    check(false, "probabilities");
    return probabilities[row];
  }

  /**
   * Returns the probability of a row's true class.
   *
   * @param row 0 to {@link #rows()} - 1
   * @return as {@link #probability}
   * @throws IndexOutOfBoundsException if there is no such row
   * @throws IllegalStateException of a regression
   */
  public float labelProbability(int row) {
    check(false, "probabilities");
    return labelProbabilities[row];
  }

  /**
   * Returns the number of classes.
   *
   * @return the width of the network's output
   * @throws IllegalStateException of a regression
   */
  public int classes() {
    check(false, "classes");
    return confusion.length;
  }

  /**
   * Returns the confusion matrix.
   *
   * @return [true class][predicted class], counts; a copy
   * @throws IllegalStateException of a regression
   */
  public int[][] confusion() {
    check(false, "confusion matrix");
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
   * @throws IllegalStateException of a regression
   */
  public int rowsOf(int label) {
    check(false, "classes");
    return Arrays.stream(confusion[label]).sum();
  }

  /**
   * Returns the number of rows predicted as a class: the sum of its column.
   *
   * @param label 0 to {@link #classes()} - 1
   * @return 0 to {@link #rows()}
   * @throws IndexOutOfBoundsException if there is no such class
   * @throws IllegalStateException of a regression
   */
  public int predictedAs(int label) {
    check(false, "classes");
    return Arrays.stream(confusion).mapToInt(row -> row[label]).sum();
  }

  /**
   * Returns the precision of a class: the share of the rows predicted as the class that belong to
   * it.
   *
   * @param label 0 to {@link #classes()} - 1
   * @return 0 to 1; NaN if no row was predicted as the class
   * @throws IndexOutOfBoundsException if there is no such class
   * @throws IllegalStateException of a regression
   */
  public double precision(int label) {
    check(false, "precision");
    return share(confusion[label][label], predictedAs(label));
  }

  /**
   * Returns the recall of a class: the share of its rows that were predicted as the class.
   *
   * @param label 0 to {@link #classes()} - 1
   * @return 0 to 1; NaN if the class has no rows
   * @throws IndexOutOfBoundsException if there is no such class
   * @throws IllegalStateException of a regression
   */
  public double recall(int label) {
    check(false, "recall");
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
   * @throws IllegalStateException of a regression
   */
  public double f1(int label) {
    check(false, "F1 score");
    return share(2L * confusion[label][label], (long) rowsOf(label) + predictedAs(label));
  }

  private static double share(long part, long whole) {
    return whole == 0 ? Double.NaN : (double) part / whole;
  }

  /**
   * Returns whether both have the same loss, in every bit, and the same predictions for every row.
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof Evaluation that
        && Double.doubleToLongBits(loss) == Double.doubleToLongBits(that.loss)
        && rows == that.rows
        && Arrays.equals(predicted, that.predicted)
        && Arrays.equals(probabilities, that.probabilities)
        && Arrays.equals(labelProbabilities, that.labelProbabilities)
        && Arrays.deepEquals(confusion, that.confusion)
        && Arrays.equals(values, that.values)
        && Double.doubleToLongBits(r2) == Double.doubleToLongBits(that.r2);
  }

  @Override
  public int hashCode() {
    return Objects.hash(loss, Arrays.hashCode(predicted), Arrays.hashCode(values));
  }

  /** Returns the loss, and accuracy or R2 and RMSE, as one line of text. */
  @Override
  public String toString() {
    if (isRegression()) {
      return "loss %s, R2 %s, RMSE %s".formatted(loss, r2, rmse());
    }
    return "loss %s, %d of %d correct".formatted(loss, correct(), rows());
  }
}
