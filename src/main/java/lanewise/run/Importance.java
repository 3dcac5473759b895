package lanewise.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import lanewise.nn.Evaluation;
import lanewise.nn.Mlp;
import lanewise.nn.Samples;
import lanewise.random.RowRandom;
import lanewise.table.Column;
import lanewise.table.Encoding;

/**
 * Which columns of a table a network's score depends on: how much lower it is when a column's cells
 * are dealt to other rows at random (Breiman, Random forests, Machine Learning 45, 2001). Columns
 * that say the same as another one look less important than they are.
 *
 * @param rows number of test rows that it was measured on, the first ones
 * @param columns the most important first
 */
public record Importance(int rows, List<OfColumn> columns) {
  /**
   * The importance of a column.
   *
   * @param name of the column
   * @param decrease of the accuracy or R2, the mean of all repetitions; below 0 by chance
   */
  public record OfColumn(String name, double decrease) {}

  private static final int REPETITIONS = 5;

  /** Multiply-adds for all columns: a few seconds. */
  private static final double MAX_WORK = 1e11;

  /** With fewer rows, chance decides. */
  private static final int MIN_ROWS = 100;

  public Importance {
    columns = List.copyOf(columns);
  }

  /**
   * Measures the importance of all columns. It depends on the seed, not on threads.
   *
   * @param test encoded rows
   * @param evaluation of the network on all of them
   * @param evaluator of the network
   * @return empty if it would take too long
   */
  public static Optional<Importance> of(
      Mlp net,
      Encoding encoding,
      Samples test,
      Evaluation evaluation,
      Function<Samples, Evaluation> evaluator,
      long seed) {
    double perRow = (double) net.parameters().length * encoding.columns().size() * REPETITIONS;
    int rows = (int) Math.min(test.rows(), MAX_WORK / perRow);
    if (rows < Math.min(MIN_ROWS, test.rows())) {
      return Optional.empty();
    }
    Samples some = test.first(rows);
    double score = rows == test.rows() ? evaluation.score() : evaluator.apply(some).score();
    float[] values = new float[rows * test.width()];
    some.copyRows(0, rows, values, 0);
    List<OfColumn> columns = new ArrayList<>();
    RowRandom random = new RowRandom();
    int input = 0;
    for (Column column : encoding.columns()) {
      double sum = 0;
      for (int repetition = 0; repetition < REPETITIONS; repetition++) {
        random.restart(seed, (long) input * REPETITIONS + repetition);
        float[] dealt = values.clone();
        deal(values, dealt, rows, test.width(), input, column.inputs(), random);
        sum += score - evaluator.apply(some.withValues(dealt)).score();
      }
      columns.add(new OfColumn(column.name(), sum / REPETITIONS));
      input += column.inputs();
    }
    columns.sort(Comparator.comparingDouble(OfColumn::decrease).reversed());
    return Optional.of(new Importance(rows, columns));
  }

  /** Deals some neighbouring inputs of all rows to rows in a random order. */
  private static void deal(
      float[] from, float[] to, int rows, int width, int input, int count, RowRandom random) {
    int[] order = new int[rows];
    for (int row = 0; row < rows; row++) {
      int other = random.below(row + 1); // Fisher and Yates, from the inside out.
      order[row] = order[other];
      order[other] = row;
    }
    for (int row = 0; row < rows; row++) {
      System.arraycopy(from, order[row] * width + input, to, row * width + input, count);
    }
  }

  /** The fields of a JSON object. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("rows", rows);
    List<Object> list = new ArrayList<>();
    for (OfColumn column : columns) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", column.name());
      one.put("decrease", column.decrease());
      list.add(one);
    }
    fields.put("columns", list);
    return fields;
  }
}
