package lanewise.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import lanewise.model.Model;
import lanewise.model.ModelInfo;
import lanewise.nn.Evaluation;
import lanewise.nn.Samples;
import lanewise.run.Decimals;
import lanewise.run.EpochResult;
import lanewise.run.HistoryReader;
import lanewise.run.Importance;
import lanewise.run.JsonObject;
import lanewise.run.Mistakes;
import lanewise.run.MistakesFile;
import lanewise.run.Pairs;
import lanewise.run.Recipe;
import lanewise.run.RunException;
import lanewise.run.RunRecord;
import lanewise.run.Summary;
import lanewise.run.Version;
import lanewise.table.Encoding;
import lanewise.table.Target;

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
    int classes = checkEvaluation(summary, "test"); // 0 for a regression.
    if (summary.has("training")) {
      checkEvaluation(summary, "training");
    }
    if (model != null && !model.net().sha256().equals(summary.text("weights.sha256"))) {
      throw new RunException(
          "%s: the model has different weights: sha256 %s".formatted(path, model.net().sha256()));
    }
    if (model != null && model.info().classes().size() != classes) {
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

  /** Checks that an evaluation is complete; returns the number of classes, 0 for a regression. */
  private static int checkEvaluation(JsonObject summary, String name) throws RunException {
    summary.integer(name + ".rows", 0, Integer.MAX_VALUE);
    if (summary.has(name + ".r2")) {
      summary.real(name + ".r2");
      summary.real(name + ".rmse");
      return 0;
    }
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
   * @param samples the evaluated rows
   * @param file its directory is created if necessary; replaced if it exists; if it is a symbolic
   *     link, the link's target is written
   * @throws IOException if the page cannot be written
   */
  public static void ofEvaluation(
      Evaluation evaluation,
      String source,
      String dataSha256,
      Model model,
      Samples samples,
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
    Target target = model.info().encoding().map(Encoding::target).orElse(null);
    if (target != null) {
      data.put("label", target.name());
      data.put("task", model.net().task().name().toLowerCase(Locale.ROOT));
    }
    summary.put("test", fields(evaluation, target));
    if (target instanceof Target.Value value) {
      summary.put("pairs", Pairs.of(samples, evaluation, value).fields());
    }
    model
        .info()
        .encoding()
        .flatMap(
            encoding ->
                Importance.of(model.net(), encoding, samples, evaluation, model.net()::evaluate, 0))
        .ifPresent(importance -> summary.put("importance", importance.fields()));
    Map<String, Object> weights = new LinkedHashMap<>();
    weights.put("parameters", model.net().parameters().length);
    weights.put("sha256", model.net().sha256());
    summary.put("weights", weights);
    Mistakes mistakes =
        evaluation.isRegression() ? null : Mistakes.find(model, samples, evaluation);
    write(
        new PageContents(
            JsonObject.of(summary), List.of(), mistakes, model, model.info().classes(), null, ""),
        file);
  }

  private static Map<String, Object> fields(Evaluation evaluation, Target target) {
    Map<String, Object> test = new LinkedHashMap<>();
    test.put("rows", evaluation.rows());
    if (target instanceof Target.Value value) {
      test.put("r2", evaluation.r2());
      test.put("rmse", value.unscaleDifference(evaluation.rmse()));
      test.put("loss", evaluation.loss());
      return test;
    }
    test.put("correct", evaluation.correct());
    test.put("accuracy", evaluation.accuracy());
    test.put("loss", evaluation.loss());
    test.put(
        "confusion",
        IntStream.range(0, evaluation.confusion().length)
            .mapToObj(row -> IntStream.of(evaluation.confusion()[row]).boxed().toList())
            .toList());
    return test;
  }

  private static void write(PageContents contents, Path file) throws IOException {
    String title = title(contents);
    PageFile.write(new PageTemplate("page.html", title, PageData.json(contents, title)), file);
  }

  /** The title of the browser's tab: the network, if known, and its score. */
  private static String title(PageContents contents) throws RunException {
    JsonObject summary = contents.summary();
    String score =
        summary.has("test.r2")
            ? "test R\u00b2 " + Decimals.fixed(summary.real("test.r2"), 4)
            : Decimals.fixed(100 * summary.real("test.accuracy"), 2) + " % test accuracy";
    return contents.model() == null
        ? "Lanewise: " + score
        : "Lanewise: %s, %s".formatted(contents.model().net(), score);
  }
}
