package lanewise.nn;

import java.util.List;

/**
 * Rows of three classes and a network that gets some of them wrong, with results worked out by
 * hand. Nothing is symmetric: rows and columns of the confusion matrix have different sums. The
 * last class occurs and is never predicted; its rows are taken for either of the others equally
 * often.
 */
public final class ThreeClasses {
  public static final List<String> LABELS = List.of("ant", "bee", "cat");

  /** In nats: a row is certain, and each of the 11 wrong ones loses the distance of the logits. */
  public static final double LOSS = 11 * 128;

  private static final int[][] CONFUSION = {{98, 2, 0}, {1, 59, 0}, {4, 4, 0}};

  private ThreeClasses() {}

  /** The confusion matrix: [true class][predicted class]. */
  public static int[][] confusion() {
    return new int[][] {CONFUSION[0].clone(), CONFUSION[1].clone(), CONFUSION[2].clone()};
  }

  /** A network of two inputs, the logits of the first two classes; the third has none. */
  public static Mlp net() {
    return Mlp.of(new float[] {128, 0, 0, 0, 128, 0, 0, 0, 0}, 2, 3);
  }

  /** The rows as CSV: the label, then an input 1 for the class that is predicted. */
  public static String csv() {
    StringBuilder rows = new StringBuilder();
    for (int label = 0; label < 3; label++) {
      for (int predicted = 0; predicted < 3; predicted++) {
        String row = "%d,%d,%d\n".formatted(label, predicted == 0 ? 1 : 0, predicted == 1 ? 1 : 0);
        rows.append(row.repeat(CONFUSION[label][predicted]));
      }
    }
    return rows.toString();
  }

  /** The same rows. */
  public static Samples samples() {
    int[][] cells =
        csv()
            .lines()
            .map(row -> row.chars().filter(Character::isDigit).map(c -> c - '0').toArray())
            .toArray(int[][]::new);
    float[] x = new float[2 * cells.length];
    int[] labels = new int[cells.length];
    for (int row = 0; row < cells.length; row++) {
      labels[row] = cells[row][0];
      x[2 * row] = cells[row][1];
      x[2 * row + 1] = cells[row][2];
    }
    return Samples.ofFloats(x, 2, labels);
  }

  /** What the network makes of the rows. */
  public static Evaluation evaluation() {
    return net().evaluate(samples());
  }
}
