package lanewise.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lanewise.model.AtomicFile;
import lanewise.nn.Evaluation;
import lanewise.nn.Mlp;

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
   * @param net the run's trained network; null if it was not kept
   * @param labels the classes' names
   * @param file replaced if it is there
   * @throws RunException if a file of the run is missing or bad, or the network is not the run's
   * @throws IOException if the page cannot be written
   */
  public static void ofRun(Path directory, Mlp net, List<String> labels, Path file)
      throws IOException {
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
    if (net != null && !net.sha256().equals(summary.text("weights.sha256"))) {
      throw new RunException(
          "%s: the model beside it has other weights: %s".formatted(path, net.sha256()));
    }
    if (labels.size() != classes) {
      throw new RunException(
          "%s: %d classes, but the model names %d".formatted(path, classes, labels.size()));
    }
    Mistakes mistakes =
        Files.exists(directory.resolve(MistakesFile.FILE_NAME))
            ? MistakesFile.read(directory, classes)
            : null;
    Path record = directory.resolve("run.json");
    String command =
        Files.exists(record) ? RunAgain.command(JsonObject.read(record).texts("options")) : "";
    write(
        new PageContents(summary, HistoryReader.read(directory), mistakes, net, labels, command),
        file);
  }

  /** The number of classes in an evaluation whose figures are all there. */
  private static int checkEvaluation(JsonObject summary, String name) throws RunException {
    summary.whole(name + ".rows", Integer.MAX_VALUE);
    summary.real(name + ".accuracy");
    summary.real(name + ".loss");
    return summary.counts(name + ".confusion").length;
  }

  /**
   * Writes a page about how a network reads some rows, without the training that made it.
   *
   * @param source where the rows came from, for people
   * @param dataSha256 of the data that they are of
   * @param model what is known about the network, by name; shown as it is
   * @param mistakes the gallery
   * @param labels the classes' names, as many as the network has outputs
   * @param file replaced if it is there
   * @throws IOException if the page cannot be written
   */
  public static void ofEvaluation(
      Evaluation evaluation,
      String source,
      String dataSha256,
      Map<String, String> model,
      Mistakes mistakes,
      Mlp net,
      List<String> labels,
      Path file)
      throws IOException {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("version", Version.text());
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("source", source);
    data.put("sha256", dataSha256);
    data.put("testRows", evaluation.rows());
    summary.put("data", data);
    summary.put("model", model);
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
    weights.put("parameters", net.parameters().length);
    weights.put("sha256", net.sha256());
    summary.put("weights", weights);
    write(new PageContents(JsonObject.of(summary), List.of(), mistakes, net, labels, ""), file);
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
    return contents.net() == null
        ? "Lanewise: %s test accuracy".formatted(accuracy)
        : "Lanewise: %s, %s test accuracy".formatted(contents.net(), accuracy);
  }
}
