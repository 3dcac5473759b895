package lanewise.report;

import java.util.List;
import java.util.stream.IntStream;
import lanewise.model.Model;
import lanewise.nn.Mlp;
import lanewise.run.EpochResult;
import lanewise.run.Init;
import lanewise.run.JsonObject;
import lanewise.run.Mistakes;
import lanewise.run.Recipe;
import lanewise.run.ReferenceRun;
import lanewise.run.RunException;

/**
 * The contents of a page. The page says so if something is missing.
 *
 * @param summary with the fields of {@code summary.json}, all of which are shown; at least {@code
 *     test}, an evaluation
 * @param history the epochs, in order; empty for an evaluation without training
 * @param mistakes misclassified rows; null if unknown
 * @param model the trained network; null if it is not available
 * @param labels the names of the classes, one for each row of {@code test.confusion}
 * @param rates the learning rates of training; null if they are all the same or unknown
 * @param command that repeats the run, for a shell; empty if unknown
 */
record PageContents(
    JsonObject summary,
    List<EpochResult> history,
    Mistakes mistakes,
    Model model,
    List<String> labels,
    LearningRates rates,
    String command) {

  /** Initialising more parameters would take longer than the rest of the page. */
  private static final int MAX_INITIAL_PARAMETERS = 1_000_000;

  PageContents {
    history = List.copyOf(history);
    labels = List.copyOf(labels);
  }

  /**
   * The network before its first step, initialised again from the seed; null if the seed is unknown
   * or the network is too large.
   */
  Mlp initial() throws RunException {
    if (model == null
        || !summary.has("settings.seed")
        || model.net().parameters().length > MAX_INITIAL_PARAMETERS) {
      return null;
    }
    List<Integer> sizes =
        IntStream.rangeClosed(0, model.net().layers()).mapToObj(model.net()::width).toList();
    return Init.of(summary).network(summary.integer("settings.seed", 0, Recipe.MAX_SEED), sizes);
  }

  /** The name of the data: MNIST if the hash matches, else its source. */
  String source() throws RunException {
    return summary.text("data.sha256").equals(ReferenceRun.MNIST_SHA256)
        ? "MNIST"
        : summary.text("data.source");
  }
}
