package lanewise.spark;

import java.io.Serial;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import lanewise.nn.Schedule;
import lanewise.run.Method;
import lanewise.run.Recipe;

/**
 * What is trained, in a form that Spark sends to a task: a recipe's name, and what differs from it.
 */
final class Plan implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  private final String name;
  private final Integer[] hidden;
  private final Integer epochs;
  private final Integer batch;
  private final Double learningRate;
  private final long seed;
  private final boolean balanced;

  /**
   * @param name of a recipe
   * @param hidden sizes of the hidden layers; null for the recipe's, as are the next three
   * @param epochs passes over the rows
   * @param batch rows per step
   * @param learningRate the peak
   * @param seed of all random choices
   * @param balanced whether all classes weigh the same
   * @throws IllegalArgumentException with a sentence if there is no such recipe, it is for images,
   *     or a value is out of range
   */
  Plan(
      String name,
      int[] hidden,
      Integer epochs,
      Integer batch,
      Double learningRate,
      long seed,
      boolean balanced) {
    this.name = name;
    this.hidden = hidden == null ? null : Arrays.stream(hidden).boxed().toArray(Integer[]::new);
    this.epochs = epochs;
    this.batch = batch;
    this.learningRate = learningRate;
    this.seed = seed;
    this.balanced = balanced;
    Recipe named = Recipe.named().get(name);
    if (named == null) {
      throw new IllegalArgumentException(
          "no recipe %s, expected %s".formatted(name, String.join(", ", names())));
    }
    if (named.method().augment()) {
      throw new IllegalArgumentException(
          "the recipe %s distorts images, and columns of features are none: expected %s"
              .formatted(name, String.join(", ", names())));
    }
    recipe();
  }

  /** The names of the recipes that can train on columns of features. */
  static List<String> names() {
    return Recipe.named().entrySet().stream()
        .filter(entry -> !entry.getValue().method().augment())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The recipe. */
  Recipe recipe() {
    Recipe named = Recipe.named().get(name);
    int passes = epochs == null ? named.epochs() : epochs;
    Method method = named.method();
    return new Recipe(
        OptionalInt.empty(),
        hidden == null ? named.hidden() : List.of(hidden),
        batch == null ? named.batch() : batch,
        learningRate == null ? named.learningRate() : learningRate,
        passes,
        seed,
        0,
        new Method(
            method.optimizer(),
            method.mean(),
            new Schedule(method.schedule().shape(), named.warmup(passes)),
            method.shuffle(),
            method.init(),
            method.labelSmoothing(),
            method.dropout(),
            false,
            method.activation(),
            balanced),
        named.stopping());
  }
}
