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
 * @param trainRows number of training rows
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
   * @throws RunException if the recipe requests more rows than available
   */
  static Settings of(Recipe recipe, Session session, Dataset data) throws RunException {
    int available = data.train().rows();
    int rows = recipe.trainRows().orElse(available);
    if (rows > available) {
      throw new RunException(
          "%s: %s requested, but only %d available"
              .formatted(data.source(), Text.count(rows, "training row"), available));
    }
    List<Integer> sizes = new ArrayList<>();
    sizes.add(data.train().width());
    sizes.addAll(recipe.hidden());
    sizes.add(data.train().classes());
    return new Settings(
        recipe,
        data.source(),
        data.sha256(),
        rows,
        data.test().rows(),
        sizes,
        session.engine(),
        session.threadCount());
  }
}
