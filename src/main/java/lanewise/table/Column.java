package lanewise.table;

import java.util.List;
import java.util.Objects;

/** How a column becomes inputs of a network. */
public sealed interface Column {
  /**
   * Returns the column's name.
   *
   * @return as in the header, or its number from 1 if there is none
   */
  String name();

  /**
   * Returns the number of inputs.
   *
   * @return 1 or more
   */
  int inputs();

  /**
   * A number, which becomes {@code (value - offset) / divisor} in float32.
   *
   * @param name of the column
   * @param offset finite
   * @param divisor finite, above 0
   * @param mean what a missing value is taken to be, before scaling; finite
   */
  record Numbers(String name, float offset, float divisor, float mean) implements Column {
    /**
     * Checks the ranges.
     *
     * @param name see above
     * @param offset see above
     * @param divisor see above
     * @param mean see above
     * @throws IllegalArgumentException if a value is out of range
     */
    public Numbers {
      Objects.requireNonNull(name, "name");
      Checks.finite(name, "offset", offset);
      Checks.divisor(name, divisor);
      Checks.finite(name, "mean", mean);
    }

    @Override
    public int inputs() {
      return 1;
    }

    /**
     * Returns the network's input for a value.
     *
     * @param value of the column; NaN for none
     * @return {@code (value - offset) / divisor}, that of the mean for NaN
     */
    public float scale(float value) {
      return ((Float.isNaN(value) ? mean : value) - offset) / divisor;
    }
  }

  /**
   * A category, which becomes an input of 1 among zeros.
   *
   * @param name of the column
   * @param values the categories, in the order of the inputs; 1 to {@link #MAX_VALUES}, distinct
   * @param shares of the training rows, by category, each 0 to 1: the inputs of a missing value
   */
  record Texts(String name, List<String> values, List<Float> shares) implements Column {
    /** The largest number of categories. */
    public static final int MAX_VALUES = 256;

    /**
     * Copies the lists and checks them.
     *
     * @param name see above
     * @param values see above
     * @param shares see above
     * @throws IllegalArgumentException if there are too few or too many categories, one is there
     *     twice, the lists differ in length, or a share is out of range
     */
    public Texts {
      Objects.requireNonNull(name, "name");
      values = List.copyOf(values);
      shares = List.copyOf(shares);
      if (values.isEmpty() || values.size() > MAX_VALUES || values.size() != shares.size()) {
        throw new IllegalArgumentException(
            "column %s: %d categories and %d shares, expected 1 to %d of both"
                .formatted(name, values.size(), shares.size(), MAX_VALUES));
      }
      Checks.distinct(values, "categories of column " + name);
      for (float share : shares) {
        if (!(share >= 0 && share <= 1)) {
          throw new IllegalArgumentException(
              "column %s: share %s, not 0 to 1".formatted(name, share));
        }
      }
    }

    @Override
    public int inputs() {
      return values.size();
    }
  }
}
