package lanewise.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lanewise.data.Dataset;
import lanewise.io.Text;
import lanewise.nn.Engine;
import lanewise.nn.Task;
import lanewise.table.Encoding;
import lanewise.table.Target;

/**
 * The settings of a run together with what its data implies.
 *
 * @param recipe as requested
 * @param source where the data came from, for people
 * @param sha256 of the whole data set, even if only part of it is used
 * @param trainRows number of rows to learn from
 * @param validationRows number of further training rows, to validate with; 0 for none
 * @param testRows number of test rows
 * @param sizes of the layers: inputs, hidden layers, outputs
 * @param engine as requested
 * @param threads number of threads
 * @param encoding of the table that the rows come from; empty for rows of grey bytes
 * @param testsValidation whether the test rows are those to validate with
 */
public record Settings(
    Recipe recipe,
    String source,
    String sha256,
    int trainRows,
    int validationRows,
    int testRows,
    List<Integer> sizes,
    Engine engine,
    int threads,
    Optional<Encoding> encoding,
    boolean testsValidation) {

  public Settings {
    sizes = List.copyOf(sizes);
  }

  /**
   * Settings for a data set.
   *
   * @throws RunException if the recipe requests more rows than available, or leaves none to learn
   *     from or to validate with
   */
  static Settings of(Recipe recipe, Session session, RunData run) throws RunException {
    Dataset data = run.dataset();
    int rows = usedRows(recipe, data.train().rows(), data.source());
    int validationRows = validationRows(recipe.stopping(), rows, data.source());
    List<Integer> sizes = new ArrayList<>();
    sizes.add(data.train().width());
    sizes.addAll(recipe.hidden());
    sizes.add(run.encoding().map(Encoding::outputs).orElseGet(() -> data.train().classes()));
    return new Settings(
        recipe,
        data.source(),
        data.sha256(),
        rows - validationRows,
        validationRows,
        data.test().rows(),
        sizes,
        session.engine(),
        session.threadCount(),
        run.encoding(),
        run.testsValidation());
  }

  /** What is predicted; null for the classes of rows of grey bytes. */
  Target target() {
    return encoding.map(Encoding::target).orElse(null);
  }

  /** What the network is for. */
  public Task task() {
    return encoding.map(Encoding::task).orElse(Task.CLASSIFY);
  }

  /**
   * The number of rows to learn from and to validate with.
   *
   * @param available rows
   * @param source for messages
   * @throws RunException if the recipe requests more than available
   */
  static int usedRows(Recipe recipe, int available, String source) throws RunException {
    int rows = recipe.trainRows().orElse(available);
    if (rows > available) {
      throw new RunException(
          "%s: %s requested, but only %d available"
              .formatted(source, Text.count(rows, "training row"), available));
    }
    return rows;
  }

  /**
   * The number of rows to validate with.
   *
   * @throws RunException if that leaves none to learn from, or is none although asked for
   */
  static int validationRows(Stopping stopping, int rows, String source) throws RunException {
    long count = stopping.rows(rows);
    if (count >= rows && rows > 0 && stopping.validates()) {
      throw new RunException(
          "%s: %s requested for validation, which leaves none of %d to learn from"
              .formatted(source, Text.count(count, "row"), rows));
    }
    if (count == 0 && stopping.validates()) {
      throw new RunException(
          "%s: a share of %s of %s is no row to validate with"
              .formatted(source, stopping.validation(), Text.count(rows, "training row")));
    }
    return (int) count;
  }
}
