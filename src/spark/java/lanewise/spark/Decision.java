package lanewise.spark;

import java.io.Serial;
import java.io.Serializable;

/** Which class a row is put into. */
final class Decision implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  private final double[] thresholds;

  /**
   * @param thresholds of Spark's classifiers, one for each class; null for none
   */
  Decision(double[] thresholds) {
    this.thresholds = thresholds;
  }

  /**
   * Decides: the class with the largest logit, the first if several are equal, as {@link
   * lanewise.nn.Mlp#classify} does; with thresholds the one with the largest ratio of probability
   * to threshold, where a threshold of 0 is an infinite ratio.
   *
   * @param logits of some rows
   * @param probabilities of the same rows
   * @param from the index of the row's first class
   * @param classes of a row
   */
  int of(float[] logits, float[] probabilities, int from, int classes) {
    int best = 0;
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < classes; i++) {
      double score = score(logits[from + i], probabilities[from + i], i);
      if (score > max) {
        max = score;
        best = i;
      }
    }
    return best;
  }

  private double score(float logit, float probability, int index) {
    if (thresholds == null) {
      return logit;
    }
    double threshold = thresholds[index];
    return threshold == 0 ? Double.POSITIVE_INFINITY : (double) probability / threshold;
  }
}
