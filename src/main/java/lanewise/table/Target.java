package lanewise.table;

import java.util.List;
import java.util.Objects;

/** What a network predicts: a column of the table. */
public sealed interface Target {
  /**
   * Returns the column's name.
   *
   * @return as in the header, or its number from 1 if there is none
   */
  String name();

  /**
   * Returns the number of the network's outputs for it.
   *
   * @return 1 or more
   */
  int outputs();

  /**
   * A class.
   *
   * @param name of the column
   * @param values the classes' names, in the order of the network's outputs: ascending, as numbers
   *     if all are numbers, else by code point; 2 to {@link #MAX_VALUES}, distinct
   */
  record Classes(String name, List<String> values) implements Target {
    /** The largest number of classes. */
    public static final int MAX_VALUES = 65_535;

    /**
     * Copies the names and checks them.
     *
     * @param name see above
     * @param values see above
     * @throws IllegalArgumentException if there are too few or too many, or one is there twice
     */
    public Classes {
      Objects.requireNonNull(name, "name");
      values = List.copyOf(values);
      if (values.size() < 2 || values.size() > MAX_VALUES) {
        throw new IllegalArgumentException(
            "column %s: %d classes, not 2 to %d".formatted(name, values.size(), MAX_VALUES));
      }
      Checks.distinct(values, "classes of column " + name);
    }

    @Override
    public int outputs() {
      return values.size();
    }
  }

  /**
   * A number: the network gives {@code (value - offset) / divisor}.
   *
   * @param name of the column
   * @param offset the mean over the training rows
   * @param divisor the deviation over the training rows, above 0; 1 if that is 0
   */
  record Value(String name, float offset, float divisor) implements Target {
    /**
     * Checks the ranges.
     *
     * @param name see above
     * @param offset see above
     * @param divisor see above
     * @throws IllegalArgumentException if a value is out of range
     */
    public Value {
      Objects.requireNonNull(name, "name");
      Checks.finite(name, "offset", offset);
      Checks.divisor(name, divisor);
    }

    @Override
    public int outputs() {
      return 1;
    }

    /**
     * Returns what the network is to give for a value.
     *
     * @param value of the column
     * @return {@code (value - offset) / divisor}
     */
    public float scale(float value) {
      return (value - offset) / divisor;
    }

    /**
     * Returns the value that an output stands for.
     *
     * @param output of the network
     * @return {@code output * divisor + offset}, rounded after each operation
     */
    public float unscale(float output) {
      return output * divisor + offset;
    }

    /**
     * Returns the difference of values that a difference of outputs stands for, such as a root mean
     * squared error.
     *
     * @param difference of outputs
     * @return {@code difference * divisor}, in the units of the column
     */
    public double unscaleDifference(double difference) {
      return difference * divisor;
    }
  }
}
