package lanewise.spark;

import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import lanewise.model.Model;
import lanewise.model.ModelInfo;
import lanewise.nn.DivergedException;
import lanewise.nn.Mlp;
import lanewise.nn.Samples;
import lanewise.nn.Task;
import lanewise.run.Recipe;
import org.apache.spark.TaskContext;
import scala.Tuple2;

/** What the one task does that trains: takes all pieces, and gives the network or a refusal. */
final class TrainingTask implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  /** The longest array that every HotSpot JVM can allocate. */
  static final long MAX_VALUES = Integer.MAX_VALUE - 8;

  /** The end of a training: a model's file, or a sentence. */
  static final class Outcome implements Serializable {
    @Serial private static final long serialVersionUID = 1;

    final byte[] model;
    final String refusal;

    private Outcome(byte[] model, String refusal) {
      this.model = model;
      this.refusal = refusal;
    }
  }

  private final Plan plan;
  private final int classes;

  /**
   * @param plan what is trained
   * @param classes known before; 0 to count them by the largest label
   */
  TrainingTask(Plan plan, int classes) {
    this.plan = plan;
    this.classes = classes;
  }

  /**
   * Trains.
   *
   * @param sorted all partitions' pieces, sorted by key
   */
  Outcome train(Iterator<Tuple2<Long, Piece>> sorted) throws IOException {
    try {
      Gathered gathered = new Gathered(sorted);
      return new Outcome(SentModel.bytes(train(gathered)), null);
    } catch (IllegalArgumentException e) {
      return new Outcome(null, e.getMessage());
    }
  }

  private Model train(Gathered rows) {
    Recipe recipe = plan.recipe();
    List<Integer> sizes = new ArrayList<>();
    sizes.add(rows.width);
    sizes.addAll(recipe.hidden());
    sizes.add(outputs(rows.maxLabel));
    Samples samples = rows.samples();
    Mlp net = recipe.network(sizes, Task.CLASSIFY);
    try {
      recipe
          .trainer(net, samples)
          .threads(TaskContext.get().cpus())
          .build()
          .fit(samples, recipe.epochs());
    } catch (DivergedException e) {
      throw new IllegalArgumentException(
          "%s: try a learning rate below %s".formatted(e.getMessage(), recipe.learningRate()), e);
    }
    return new Model(
        net, new ModelInfo(ModelInfo.numbered(net.outputs()), 1, recipe.origin(samples.rows())));
  }

  private int outputs(int maxLabel) {
    if (classes > 0 && maxLabel >= classes) {
      throw new IllegalArgumentException(
          "the label %d, expected 0 to %d as the label column's metadata says"
              .formatted(maxLabel, classes - 1));
    }
    return Math.max(2, classes > 0 ? classes : maxLabel + 1);
  }

  /** All rows, in the order of the partitions and within these. */
  private static final class Gathered {
    private final int width;
    private final int maxLabel;
    private final float[] values;
    private final int[] labels;

    Gathered(Iterator<Tuple2<Long, Piece>> sorted) {
      long rows = 0;
      int width = 0;
      int maxLabel = 0;
      Piece piece = sorted.hasNext() ? sorted.next()._2() : null;
      while (piece != null && !(piece instanceof Piece.Block)) {
        if (piece instanceof Piece.Refusal refusal) {
          throw new IllegalArgumentException(refusal.reason());
        }
        Piece.Count count = (Piece.Count) piece;
        if (width != 0 && width != count.width()) {
          throw new IllegalArgumentException(
              "vectors of %d and of %d features, expected as many in every row"
                  .formatted(width, count.width()));
        }
        rows += count.rows();
        width = count.width();
        maxLabel = Math.max(maxLabel, count.maxLabel());
        piece = sorted.hasNext() ? sorted.next()._2() : null;
      }
      checkSize(rows, width);
      this.width = width;
      this.maxLabel = maxLabel;
      this.values = new float[(int) (rows * width)];
      this.labels = new int[(int) rows];
      fill((Piece.Block) piece, sorted);
    }

    private void fill(Piece.Block first, Iterator<Tuple2<Long, Piece>> others) {
      int row = 0;
      for (Piece.Block block = first; block != null; ) {
        System.arraycopy(block.values, 0, values, row * width, block.values.length);
        System.arraycopy(block.labels, 0, labels, row, block.labels.length);
        row += block.labels.length;
        block = others.hasNext() ? (Piece.Block) others.next()._2() : null;
      }
    }

    Samples samples() {
      return Samples.ofFloats(values, width, labels);
    }
  }

  /**
   * Checks that the rows fit into an array.
   *
   * @param rows to train on
   * @param width features of a row
   * @throws IllegalArgumentException with a sentence if they do not, or there are none
   */
  static void checkSize(long rows, int width) {
    if (rows == 0) {
      throw new IllegalArgumentException("no rows to train on, expected at least one");
    }
    if (rows > MAX_VALUES / width) {
      throw new IllegalArgumentException(
          ("%d rows of %d features are %s values, more than the %d that fit into an array of the"
                  + " one task that trains: sample the rows, or select features")
              .formatted(
                  rows,
                  width,
                  BigInteger.valueOf(rows).multiply(BigInteger.valueOf(width)),
                  MAX_VALUES));
    }
  }
}
