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
import lanewise.run.Decimals;
import lanewise.run.EpochResult;
import lanewise.run.HistoryReader;
import lanewise.run.JsonObject;
import lanewise.run.Mistakes;
import lanewise.run.MistakesFile;
import lanewise.run.Recipe;
import lanewise.run.RunException;
import lanewise.run.RunRecord;
import lanewise.run.Summary;
import lanewise.run.Version;

/**
 * {@code report.html}: a run, or an evaluation, as a single page that needs nothing but a browser.
 * The same run gives the same page, byte for byte.
 */
public final class Report {
  private Report() {}

  /**
   * Writes the page of a completed run.
   *
   * @param directory of the run: {@code summary.json} and {@code history.csv} are required, {@code
   *     mistakes.json} and {@code run.json} are used if they exist
   * @param model the trained network; null if it is not available
   * @param file its directory is created if necessary; replaced if it exists; if it is a symbolic
   *     link, the link's target is written
   * @throws RunException if a file of the run is missing or invalid, or the network is not that of
   *     the run
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
                      ? "no completed run (" + Summary.FILE_NAME + " is missing)"
                      : "no such directory"));
    }
    JsonObject summary = JsonObject.read(path);
    int classes = checkEvaluation(summary, "test");
    if (summary.has("training")) {
      checkEvaluation(summary, "training");
    }
    if (model != null && !model.net().sha256().equals(summary.text("weights.sha256"))) {
      throw new RunException(
          "%s: the model has different weights: sha256 %s".formatted(path, model.net().sha256()));
    }
    if (model != null && model.net().outputs() != classes) {
      throw new RunException(
          "%s: test.confusion is %d x %d, expected %d as in the model"
              .formatted(path, classes, classes, model.net().outputs()));
    }
    Mistakes mistakes =
        Files.exists(directory.resolve(MistakesFile.FILE_NAME))
            ? MistakesFile.read(directory, classes)
            : null;
    List<EpochResult> history = HistoryReader.read(directory);
    RunRecord record =
        Files.exists(directory.resolve(RunRecord.FILE_NAME)) ? RunRecord.read(directory) : null;
    write(
        new PageContents(
            summary,
            history,
            mistakes,
            model,
            model == null ? ModelInfo.numbered(classes) : model.info().classes(),
            record == null ? null : rates(record.recipe(), summary, history.size()),
            record == null ? "" : RunAgain.command(record)),
        file);
  }

  private static LearningRates rates(Recipe recipe, JsonObject summary, int trained)
      throws RunException {
    int trainRows = (int) summary.integer("data.trainRows", 1, Integer.MAX_VALUE);
    return LearningRates.of(recipe, trainRows, trained);
  }

  /** Checks that an evaluation is complete; returns the number of classes. */
  private static int checkEvaluation(JsonObject summary, String name) throws RunException {
    summary.integer(name + ".rows", 0, Integer.MAX_VALUE);
    summary.integer(name + ".correct", 0, Integer.MAX_VALUE);
    summary.real(name + ".accuracy");
    return summary.counts(name + ".confusion").length;
  }

  /**
   * Writes the page of an evaluation, without the training of the network.
   *
   * @param source the source of the rows, for display
   * @param dataSha256 hash of the data set that the rows belong to
   * @param model the evaluated model
   * @param mistakes the misclassified rows
   * @param file its directory is created if necessary; replaced if it exists; if it is a symbolic
   *     link, the link's target is written
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
            JsonObject.of(summary), List.of(), mistakes, model, model.info().classes(), null, ""),
        file);
  }

  private static void write(PageContents contents, Path file) throws IOException {
    String title = title(contents);
    String page = new PageTemplate(title, PageData.json(contents, title)).page();
    Path target = AtomicFile.target(file);
    AtomicFile.Content content = out -> out.write(StandardCharsets.UTF_8.encode(page));
    AtomicFile.prepare(target, content); // So that a full disk leaves no new directory behind.
    AtomicFile.write(target, content);
  }

  /** The title of the browser's tab: the network, if known, and its accuracy. */
  private static String title(PageContents contents) throws RunException {
    JsonObject summary = contents.summary();
    String accuracy = Decimals.fixed(100 * summary.real("test.accuracy"), 2) + " %";
    return contents.model() == null
        ? "Lanewise: %s test accuracy".formatted(accuracy)
        : "Lanewise: %s, %s test accuracy".formatted(contents.model().net(), accuracy);
  }
}
