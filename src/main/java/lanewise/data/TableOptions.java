package lanewise.data;

import java.util.List;
import java.util.Objects;
import lanewise.nn.Task;
import lanewise.table.Missing;

/**
 * How a table's file is read.
 *
 * @param label the column to predict: a name of the header or, if there is no such name, a number
 *     from 1
 * @param ignored columns to leave out, in the same way
 * @param task whether the label is a class or a number
 * @param missing whether cells may lack a value; a label never may
 * @param delimiter between cells, any character but a quote, a line break and U+FEFF; {@link
 *     #FOUND} to find it among comma, semicolon, tab and |
 */
public record TableOptions(
    String label, List<String> ignored, Task task, Missing missing, char delimiter) {
  /** The delimiter that is found by the file's first lines. */
  public static final char FOUND = 0;

  /**
   * Options for a file without missing values, of which no column is ignored, and whose delimiter
   * is found.
   *
   * @param label see above
   * @param task see above
   * @return the options
   */
  public static TableOptions of(String label, Task task) {
    return new TableOptions(label, List.of(), task, Missing.FAIL, FOUND);
  }

  /**
   * Copies the list and checks the delimiter.
   *
   * @param label see above
   * @param ignored see above
   * @param task see above
   * @param missing see above
   * @param delimiter see above
   * @throws IllegalArgumentException if the delimiter is none
   */
  public TableOptions {
    Objects.requireNonNull(label, "label");
    ignored = List.copyOf(ignored);
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(missing, "missing");
    Delimiter.check(delimiter);
  }
}
