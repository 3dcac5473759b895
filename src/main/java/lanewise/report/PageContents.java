package lanewise.report;

import java.util.List;
import java.util.stream.IntStream;
import lanewise.model.Model;
import lanewise.nn.Mlp;

/**
 * What a report tells of; the page says so where something is missing.
 *
 * @param summary as {@code summary.json} has it: {@code test} at least, an evaluation; all of it is
 *     shown
 * @param history the epochs, in order; none where no training is reported
 * @param mistakes the gallery; null if it is not known
 * @param model the trained network; null if it is not at hand
 * @param labels the classes' names, as many as {@code test.confusion} is wide
 * @param command that does the same again, for a shell; empty if it is not known
 */
record PageContents(
    JsonObject summary,
    List<HistoryReader.Epoch> history,
    Mistakes mistakes,
    Model model,
    List<String> labels,
    String command) {

  /** Parameters; drawing more takes longer than the rest of the page. */
  private static final int MOST_DRAWN_AGAIN = 1_000_000;

  PageContents {
    history = List.copyOf(history);
    labels = List.copyOf(labels);
  }

  /**
   * The network before its first step, drawn again from the seed; null if that is not known, or
   * would take longer than a page is worth.
   */
  Mlp initial() throws RunException {
    if (model == null
        || !summary.has("settings.seed")
        || model.net().parameters().length > MOST_DRAWN_AGAIN) {
      return null;
    }
    int[] sizes = IntStream.rangeClosed(0, model.net().layers()).map(model.net()::width).toArray();
    return Mlp.glorot(summary.whole("settings.seed", 0xffffffffL), sizes);
  }

  /** What the data is called: MNIST, if it is that, else where it came from. */
  String source() throws RunException {
    return summary.text("data.sha256").equals(ReferenceRun.MNIST_SHA256)
        ? "MNIST"
        : summary.text("data.source");
  }
}
