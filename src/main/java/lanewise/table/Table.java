package lanewise.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import lanewise.random.RowChoice;

/**
 * Rows of numbers and text in memory, column by column: 4 bytes a cell. Immutable as long as the
 * caller does not modify arrays that it passed in. Parameters must not be null, except where they
 * say so.
 */
public final class Table {
  /** A column's cells. */
  public sealed interface Cells {
    /**
     * Returns the column's name.
     *
     * @return as in the header, or its number from 1 if there is none
     */
    String name();

    /**
     * Returns the number of cells.
     *
     * @return 0 or more
     */
    int rows();

    /**
     * Tells whether a row's cell has no value.
     *
     * @param row 0 to {@link #rows()} - 1
     * @return true if it has none
     */
    boolean isMissing(int row);

    /**
     * Returns copies of some cells.
     *
     * @param selected rows, in the order of the new cells
     * @return a column of the same name and kind
     * @throws IndexOutOfBoundsException if there is no such row
     */
    Cells select(int[] selected);
  }

  /**
   * Numbers.
   *
   * @param name of the column
   * @param values finite; NaN where there is no value. Kept, not copied
   */
  public record Numbers(String name, float[] values) implements Cells {
    /**
     * Checks the values.
     *
     * @param name see above
     * @param values see above
     * @throws IllegalArgumentException if one is infinite
     */
    public Numbers {
      Objects.requireNonNull(name, "name");
      for (int row = 0; row < values.length; row++) {
        if (Float.isInfinite(values[row])) {
          throw new IllegalArgumentException(
              "column %s, row %d: %s is not finite".formatted(name, row, values[row]));
        }
      }
    }

    @Override
    public int rows() {
      return values.length;
    }

    @Override
    public boolean isMissing(int row) {
      return Float.isNaN(values[row]);
    }

    @Override
    public Numbers select(int[] selected) {
      float[] some = new float[selected.length];
      for (int i = 0; i < some.length; i++) {
        some[i] = values[selected[i]];
      }
      return new Numbers(name, some);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Numbers numbers
          && numbers.name.equals(name)
          && Arrays.equals(numbers.values, values);
    }

    @Override
    public int hashCode() {
      return 31 * name.hashCode() + Arrays.hashCode(values);
    }
  }

  /**
   * Text: a code for each row, instead of one string a cell.
   *
   * @param name of the column
   * @param codes for each row an index in {@code values}; -1 where there is no value. Kept, not
   *     copied
   * @param values distinct; some may have no row
   */
  public record Texts(String name, int[] codes, List<String> values) implements Cells {
    /**
     * Checks the codes and copies the values.
     *
     * @param name see above
     * @param codes see above
     * @param values see above
     * @throws IllegalArgumentException if a code is out of range, or two values are the same
     */
    public Texts {
      Objects.requireNonNull(name, "name");
      values = List.copyOf(values);
      Checks.distinct(values, "values of column " + name);
      for (int row = 0; row < codes.length; row++) {
        if (codes[row] < -1 || codes[row] >= values.size()) {
          throw new IllegalArgumentException(
              "column %s, row %d: code %d, not -1 to %d"
                  .formatted(name, row, codes[row], values.size() - 1));
        }
      }
    }

    @Override
    public int rows() {
      return codes.length;
    }

    @Override
    public boolean isMissing(int row) {
      return codes[row] < 0;
    }

    @Override
    public Texts select(int[] selected) {
      int[] some = new int[selected.length];
      Arrays.setAll(some, i -> codes[selected[i]]);
      return new Texts(name, some, values);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Texts texts
          && texts.name.equals(name)
          && Arrays.equals(texts.codes, codes)
          && texts.values.equals(values);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * name.hashCode() + Arrays.hashCode(codes)) + values.hashCode();
    }
  }

  /**
   * Where a table is from.
   *
   * @param source for people: a file
   * @param header the names of all columns there, also of those that the table does not have;
   *     numbers from 1 if there is no header line
   * @param named whether there is a header line
   */
  public record Origin(String source, List<String> header, boolean named) {
    /**
     * Copies the names.
     *
     * @param source see above
     * @param header see above
     * @param named see above
     */
    public Origin {
      Objects.requireNonNull(source, "source");
      header = List.copyOf(header);
    }
  }

  /**
   * A random choice of rows apart from the rest, both in the order of the table.
   *
   * @param rest the rows that were not chosen
   * @param chosen those that were
   */
  public record Parts(Table rest, Table chosen) {}

  private final List<Cells> columns;
  private final Cells label;
  private final Origin origin;
  private final int[] lines;

  /** Computed at first use. */
  private String sha256;

  private Table(List<Cells> columns, Cells label, Origin origin, int[] lines) {
    this.columns = columns;
    this.label = label;
    this.origin = origin;
    this.lines = lines;
  }

  /**
   * Makes a table of columns in memory. Its source is "memory", and row 0 counts as line 1.
   *
   * @param columns at least one, of different names and as many rows
   * @param label the column to predict, with a value in every row: {@link Texts} for classes,
   *     {@link Numbers} for regression; null for a table without
   * @return the table
   * @throws IllegalArgumentException if the columns do not fit, or a label lacks its value
   */
  public static Table of(List<? extends Cells> columns, Cells label) {
    List<String> header = new ArrayList<>();
    columns.forEach(column -> header.add(column.name()));
    if (label != null) {
      header.add(label.name());
    }
    int rows = columns.isEmpty() ? 0 : columns.getFirst().rows();
    int[] lines = IntStream.rangeClosed(1, rows).toArray();
    return of(columns, label, new Origin("memory", header, true), lines);
  }

  /**
   * Makes a table of columns from anywhere.
   *
   * @param columns at least one, of different names and as many rows
   * @param label the column to predict, with a value in every row: {@link Texts} for classes,
   *     {@link Numbers} for regression; null for a table without
   * @param origin of the rows
   * @param lines for each row the line of its source, from 1; kept, not copied
   * @return the table
   * @throws IllegalArgumentException if the columns do not fit, or a label lacks its value
   */
  public static Table of(List<? extends Cells> columns, Cells label, Origin origin, int[] lines) {
    List<Cells> all = new ArrayList<>(columns);
    if (all.isEmpty()) {
      throw new IllegalArgumentException("no columns, expected at least one");
    }
    if (label != null) {
      all.add(label);
    }
    List<String> names = all.stream().map(Cells::name).toList();
    Checks.distinct(names, "names of columns");
    Checks.contained(names, origin.header());
    for (Cells each : all) {
      if (each.rows() != lines.length) {
        throw new IllegalArgumentException(
            "column %s has %d rows, not %d".formatted(each.name(), each.rows(), lines.length));
      }
    }
    for (int row = 0; label != null && row < lines.length; row++) {
      if (label.isMissing(row)) {
        throw new IllegalArgumentException("row %d has no label".formatted(row));
      }
    }
    return new Table(List.copyOf(columns), label, origin, lines);
  }

  /**
   * Returns the number of rows.
   *
   * @return 0 or more
   */
  public int rows() {
    return lines.length;
  }

  /**
   * Returns the columns, without the label and those that are ignored.
   *
   * @return at least one, in the order of the source
   */
  public List<Cells> columns() {
    return columns;
  }

  /**
   * Returns the label's column.
   *
   * @return classes or numbers, without missing values; null if the table has no label
   */
  public Cells label() {
    return label;
  }

  /**
   * Returns the line of the source in which a row begins.
   *
   * @param row 0 to {@link #rows()} - 1
   * @return from 1
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public int line(int row) {
    return lines[row];
  }

  /**
   * Returns where the rows come from.
   *
   * @return the source and the names of its columns
   */
  public Origin origin() {
    return origin;
  }

  /**
   * Returns where the rows come from, for people.
   *
   * @return a file's name, or "memory"
   */
  public String source() {
    return origin.source();
  }

  /**
   * Identifies the content: the names, kinds and cells of the columns and of the label, not the
   * format of the file, its other columns or its blank lines.
   *
   * <p>SHA-256 over the number of rows, the number of columns, then each column, the label last:
   * its name; "n" for numbers, "t" for text, in upper case for the label; numbers as float32, NaN
   * as 0x7fc00000; of text the number of values and the values, then the codes. Names and values
   * are the length and the bytes of their UTF-8; all integers have 4 bytes. Little-endian.
   *
   * @return 64 lower-case hexadecimal digits
   */
  public String sha256() {
    String known = sha256;
    if (known == null) {
      known = TableHash.of(this);
      sha256 = known;
    }
    return known;
  }

  /**
   * Returns copies of some rows. Columns of text keep all their values, also those that no row has
   * any more.
   *
   * @param rows each 0 to {@link #rows()} - 1, in the order of the new table
   * @return a table of the same columns
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public Table select(int[] rows) {
    int[] some = new int[rows.length];
    Arrays.setAll(some, i -> lines[rows[i]]);
    List<Cells> selected = columns.stream().map(column -> column.select(rows)).toList();
    return new Table(selected, label == null ? null : label.select(rows), origin, some);
  }

  /**
   * Splits off rows chosen at random. The choice depends on nothing but the number of rows, the
   * share and the seed.
   *
   * @param share of the rows to choose, above 0 and below 1, rounded to whole rows
   * @param seed of the choice
   * @return two tables of at least one row each
   * @throws IllegalArgumentException if the share is out of range or leaves a part without rows
   */
  public Parts split(double share, long seed) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("a share above 0 and below 1, not " + share);
    }
    int count = (int) Math.round(share * rows());
    if (count == 0 || count == rows()) {
      throw new IllegalArgumentException(
          "a share of %s of %d rows leaves a part without rows".formatted(share, rows()));
    }
    BitSet chosen = RowChoice.of(rows(), count, seed);
    int[] rest = IntStream.range(0, rows()).filter(row -> !chosen.get(row)).toArray();
    return new Parts(select(rest), select(chosen.stream().toArray()));
  }
}
