package lanewise.run;

import java.util.ArrayList;
import java.util.List;
import lanewise.data.Dataset;
import lanewise.io.Text;
import lanewise.nn.Engine;

/**
 * The settings of a run together with what its data implies.
 *
 * @param recipe as requested
 * @param source where the data came from, for people
 * @param sha256 of the whole data set, even if only part of it is used
 * @param trainRows number of rows to learn from
 * @param validationRows number of further training rows, to validate with; 0 for none
 * @param testRows number of test rows
 * @param sizes of the layers: inputs, hidden layers, classes
 * @param engine as requested
 * @param threads number of threads
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
    int threads) {

  public Settings {
    sizes = List.copyOf(sizes);
  }

  /**
   * Settings for a data set.
   *
   * @throws RunException if the recipe requests more rows than available, or leaves none to learn
   *     from or to validate with
   */
  static Settings of(Recipe recipe, Session session, Dataset data) throws RunException {
    int available = data.train().rows();
    int rows = recipe.trainRows().orElse(available);
    if (rows > available) {
      throw new RunException(
          "%s: %s requested, but only %d available"
              .formatted(data.source(), Text.count(rows, "training row"), available));
    }
    int validationRows = validationRows(recipe.stopping(), rows, data.source());
    List<Integer> sizes = new ArrayList<>();
    sizes.add(data.train().width());
    sizes.addAll(recipe.hidden());
    sizes.add(data.train().classes());
    return new Settings(
        recipe,
        data.source(),
        data.sha256(),
        rows - validationRows,
        validationRows,
        data.test().rows(),
        sizes,
        session.engine(),
        session.threadCount());
  }

  private static int validationRows(Stopping stopping, int rows, String source)
      throws RunException {
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
