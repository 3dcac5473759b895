package lanewise.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lanewise.io.AtomicFile;
import lanewise.model.Model;
import lanewise.model.ModelInfo;
import lanewise.nn.Evaluation;

/**
 * {@code report.html}: a run as one page that needs nothing but a browser. The same run gives the
 * same page, byte for byte.
 */
public final class Report {
  /** The file's name in the directory of a run. */
  public static final String FILE_NAME = "report.html";

  private Report() {}

  /** Removes the page of an earlier run. */
  public static void discard(Path directory) throws IOException {
    Files.deleteIfExists(directory.resolve(FILE_NAME));
  }

  /**
   * Writes the page of a completed run.
   *
   * @param directory with the run's {@code summary.json}, {@code history.csv} and, if there is a
   *     gallery, {@code mistakes.json}
   * @param model what the run trained; null if it is not at hand
   * @param file replaced if it is there
   * @throws RunException if a file of the run is missing or bad, or the network is not the run's
   * @throws IOException if the page cannot be written
   */
  public static void ofRun(Path directory, Model model, Path file) throws IOException {
    Path path = directory.resolve(Summary.FILE_NAME);
    if (!Files.exists(path)) {
      throw new RunException(
          "%s: %s"
              .formatted(
                  directory,
                  Files.isDirectory(directory)
                      ? "no completed run there (no " + Summary.FILE_NAME + ")"
                      : "no such directory"));
    }
    JsonObject summary = JsonObject.read(path);
    int classes = checkEvaluation(summary, "test");
    if (summary.has("training")) {
      checkEvaluation(summary, "training");
    }
    if (model != null && !model.net().sha256().equals(summary.text("weights.sha256"))) {
      throw new RunException(
          "%s: the model's weights are others: sha256 %s".formatted(path, model.net().sha256()));
    }
    if (model != null && model.net().outputs() != classes) {
      throw new RunException(
          "%s: test.confusion has %d classes, the model %d"
              .formatted(path, classes, model.net().outputs()));
    }
    Mistakes mistakes =
        Files.exists(directory.resolve(MistakesFile.FILE_NAME))
            ? MistakesFile.read(directory, classes)
            : null;
    Path record = directory.resolve(RunRecord.FILE_NAME);
    String command =
        Files.exists(record) ? RunAgain.command(RunRecord.read(directory).options()) : "";
    write(
        new PageContents(
            summary,
            HistoryReader.read(directory),
            mistakes,
            model,
            model == null ? ModelInfo.numbered(classes) : model.info().classes(),
            command),
        file);
  }

  /** The number of classes in an evaluation whose figures are all there. */
  private static int checkEvaluation(JsonObject summary, String name) throws RunException {
    summary.whole(name + ".rows", Integer.MAX_VALUE);
    summary.whole(name + ".correct", Integer.MAX_VALUE);
    summary.real(name + ".accuracy");
    return summary.counts(name + ".confusion").length;
  }

  /**
   * Writes a page about how a network reads some rows, without the training that made it.
   *
   * @param source where the rows came from, for people
   * @param dataSha256 of the data that they are of
   * @param model that read them; what is known of it is shown
   * @param mistakes the gallery
   * @param file replaced if it is there
   * @throws IOException if the page cannot be written
   */
  public static void ofEvaluation(
      Evaluation evaluation,
      String source,
      String dataSha256,
      Model model,
      Mistakes mistakes,
      Path file)
      throws IOException {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("version", Version.text());
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("source", source);
    data.put("sha256", dataSha256);
    data.put("testRows", evaluation.rows());
    summary.put("data", data);
    summary.put("model", model.info().origin());
    Map<String, Object> test = new LinkedHashMap<>();
    test.put("rows", evaluation.rows());
    test.put("correct", evaluation.correct());
    test.put("accuracy", evaluation.accuracy());
    test.put("loss", evaluation.loss());
    test.put(
        "confusion",
        IntStream.range(0, evaluation.confusion().length)
            .mapToObj(row -> IntStream.of(evaluation.confusion()[row]).boxed().toList())
            .toList());
    summary.put("test", test);
    Map<String, Object> weights = new LinkedHashMap<>();
    weights.put("parameters", model.net().parameters().length);
    weights.put("sha256", model.net().sha256());
    summary.put("weights", weights);
    write(
        new PageContents(
            JsonObject.of(summary), List.of(), mistakes, model, model.info().classes(), ""),
        file);
  }

  private static void write(PageContents contents, Path file) throws IOException {
    String title = title(contents);
    String page = new PageTemplate(title, PageData.json(contents, title)).page();
    AtomicFile.write(file, target -> target.write(StandardCharsets.UTF_8.encode(page)));
  }

  /** What a browser's tab says: the network, if it is known, and what it reached. */
  private static String title(PageContents contents) throws RunException {
    JsonObject summary = contents.summary();
    String accuracy = Decimals.fixed(100 * summary.real("test.accuracy"), 2) + " %";
    return contents.model() == null
        ? "Lanewise: %s test accuracy".formatted(accuracy)
        : "Lanewise: %s, %s test accuracy".formatted(contents.model().net(), accuracy);
  }
}
