package lanewise.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import lanewise.nn.Samples;
import lanewise.nn.Task;

/**
 * How a network's inputs and outputs are made of a table's columns; fitted to the training rows,
 * and part of a saved model. Immutable.
 *
 * @param header the names of all columns of the training file, in its order; numbers from 1 if it
 *     has no header line
 * @param named whether it has a header line
 * @param columns those that the network receives, in the order of its inputs; at least one
 * @param dropped names of those it does not, since all training rows have the same value
 * @param target what it predicts
 * @param missing what becomes of cells without a value
 */
public record Encoding(
    List<String> header,
    boolean named,
    List<Column> columns,
    List<String> dropped,
    Target target,
    Missing missing) {
  /**
   * Copies the lists and checks the names.
   *
   * @param header see above
   * @param named see above
   * @param columns see above
   * @param dropped see above
   * @param target see above
   * @param missing see above
   * @throws IllegalArgumentException if no column is left, a name is there twice or not in the
   *     header, or there are more than 2^31 - 1 inputs
   */
  public Encoding {
    header = List.copyOf(header);
    columns = List.copyOf(columns);
    dropped = List.copyOf(dropped);
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(missing, "missing");
    Checks.distinct(header, "header");
    List<String> names = new ArrayList<>(dropped);
    columns.forEach(column -> names.add(column.name()));
    names.add(target.name());
    Checks.distinct(names, "names of columns");
    Checks.contained(names, header);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("no columns, expected at least one");
    }
    long inputs = columns.stream().mapToLong(Column::inputs).sum();
    if (inputs > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(inputs + " inputs are too many");
    }
  }

  /**
   * Fits an encoding to some rows of a table.
   *
   * <p>Numbers are scaled by what the rows hold, missing values left out: mean and deviation (of
   * the population) are computed in double, in two passes, and rounded to float32. A column whose
   * rows all have the same value, or none at all, is dropped; with {@link Scale#NONE}, numbers are
   * kept. The categories and classes are those of the whole table, in ascending order of code
   * points; classes that are all numbers, in ascending order of these.
   *
   * @param table with a label: {@link Table.Texts} for classes, {@link Table.Numbers} for a number
   * @param rows the training rows, at least one
   * @param scale how columns of numbers are scaled; a number to predict is always scaled to mean 0
   *     and deviation 1
   * @param missing what becomes of cells without a value
   * @return the encoding
   * @throws IllegalArgumentException if the table has no label, all columns would be dropped, a
   *     column has too many categories, a column's numbers are too far apart for float32, or a
   *     value is missing with {@link Missing#FAIL}; the message is a sentence for the user
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public static Encoding fit(Table table, int[] rows, Scale scale, Missing missing) {
    return Fitting.fit(table.select(rows), scale, missing);
  }

  /**
   * Fits an encoding to all rows of a table.
   *
   * @param table with a label
   * @param scale as in {@link #fit(Table, int[], Scale, Missing)}
   * @param missing as in {@link #fit(Table, int[], Scale, Missing)}
   * @return the encoding
   * @throws IllegalArgumentException as {@link #fit(Table, int[], Scale, Missing)} does
   */
  public static Encoding fit(Table table, Scale scale, Missing missing) {
    return Fitting.fit(table, scale, missing);
  }

  /**
   * Returns the number of the network's inputs.
   *
   * @return 1 or more
   */
  public int inputs() {
    return columns.stream().mapToInt(Column::inputs).sum();
  }

  /**
   * Returns the number of the network's outputs.
   *
   * @return 1 or more
   */
  public int outputs() {
    return target.outputs();
  }

  /**
   * Returns what the network is for.
   *
   * @return classification if the target is a class, else regression
   */
  public Task task() {
    return target instanceof Target.Classes ? Task.CLASSIFY : Task.REGRESS;
  }

  /**
   * Encodes a table with a label.
   *
   * @param table has the columns of this encoding, and its target as its label
   * @return inputs as of {@link #inputs(Table)}, and classes or scaled targets
   * @throws IllegalArgumentException if the table does not fit this encoding, or is too large for
   *     an array; the message is a sentence for the user
   */
  public Samples samples(Table table) {
    return Encoder.samples(this, table);
  }

  /**
   * Encodes a table, with or without a label.
   *
   * @param table has the columns of this encoding, in any order, perhaps among others
   * @return (rows, inputs), row-major: numbers as {@code (value - offset) / divisor} in float32,
   *     categories as 1 among zeros; a missing number as the column's mean, a missing category as
   *     the shares of all categories
   * @throws IllegalArgumentException if the table does not fit this encoding, or is too large for
   *     an array; the message is a sentence for the user
   */
  public float[] inputs(Table table) {
    return Encoder.inputs(this, table);
  }
}
