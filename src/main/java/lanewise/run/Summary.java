package lanewise.run;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import lanewise.nn.Evaluation;
import lanewise.table.Column;
import lanewise.table.Encoding;

/**
 * {@code summary.json}: the settings, the machine and the results of a completed run.
 *
 * @param started when the run started
 * @param seconds that it took, reading the data included
 * @param settings of the run
 * @param machine that it ran on
 * @param kernels name of the kernels used
 * @param lanes floats per vector instruction of these kernels
 * @param ending how training ended, and with the weights of which epoch
 * @param train evaluation of these weights on the training rows; null without epochs
 * @param validation the same on the validation rows; null without these or without epochs
 * @param test the same on the test rows
 * @param pairs of true and predicted values of test rows; null for a classification
 * @param importance of a table's columns for the test rows; null if not known
 * @param parameters number of parameters of the network
 * @param weightsSha256 of all parameters, see {@link lanewise.nn.Mlp#sha256}
 */
public record Summary(
    Instant started,
    double seconds,
    Settings settings,
    Machine machine,
    String kernels,
    int lanes,
    Ending ending,
    Evaluation train,
    Evaluation validation,
    Evaluation test,
    Pairs pairs,
    Importance importance,
    int parameters,
    String weightsSha256) {

  /** The file's name in the directory of a run. */
  public static final String FILE_NAME = "summary.json";

  /** The comparison with the reference run, if this run has the same settings. */
  public Optional<ReferenceRun.Comparison> comparison() {
    return ReferenceRun.isRepeatedBy(settings)
        ? Optional.of(ReferenceRun.compare(train, test))
        : Optional.empty();
  }

  /** Writes the file into an existing directory, completely or not at all. */
  public void write(Path directory) throws IOException {
    JsonFile.write(directory.resolve(FILE_NAME), this::write);
  }

  private void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("version", Version.text());
    json.writeStringField("started", started.toString());
    json.writeNumberField("seconds", seconds);
    writeData(json);
    writeSettings(json);
    json.writeObjectFieldStart("recipe");
    RecipeJson.write(json, settings.recipe());
    json.writeEndObject();
    if (settings.recipe().stopping().mayEndEarly()) {
      writeEnding(json);
    }
    writeEngine(json);
    writeMachine(json);
    if (train != null) {
      writeEvaluation(json, "training", train);
    }
    if (validation != null) {
      writeEvaluation(json, "validation", validation);
    }
    writeEvaluation(json, "test", test);
    if (pairs != null) {
      json.writeFieldName("pairs");
      JsonObject.of(pairs.fields()).write(json);
    }
    if (importance != null) {
      json.writeFieldName("importance");
      JsonObject.of(importance.fields()).write(json);
    }
    json.writeObjectFieldStart("weights");
    json.writeNumberField("parameters", parameters);
    json.writeStringField("sha256", weightsSha256);
    json.writeEndObject();
    Optional<ReferenceRun.Comparison> comparison = comparison();
    if (comparison.isPresent()) {
      writeComparison(json, comparison.get());
    }
    json.writeEndObject();
  }

  private void writeData(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("data");
    json.writeStringField("source", settings.source());
    json.writeStringField("sha256", settings.sha256());
    json.writeNumberField("trainRows", settings.trainRows());
    if (settings.validationRows() > 0) {
      json.writeNumberField("validationRows", settings.validationRows());
    }
    json.writeNumberField("testRows", settings.testRows());
    if (settings.encoding().isPresent()) {
      writeTable(json, settings.encoding().get());
    }
    json.writeEndObject();
  }

  private void writeSettings(JsonGenerator json) throws IOException {
    Recipe recipe = settings.recipe();
    json.writeObjectFieldStart("settings");
    json.writeFieldName("network");
    int[] sizes = settings.sizes().stream().mapToInt(Integer::intValue).toArray();
    json.writeArray(sizes, 0, sizes.length);
    json.writeNumberField("batch", recipe.batch());
    json.writeNumberField("learningRate", recipe.learningRate());
    json.writeNumberField("epochs", recipe.epochs());
    json.writeNumberField("seed", recipe.seed());
    json.writeNumberField("testEvery", recipe.testEvery());
    json.writeStringField("engine", settings.engine().toString());
    json.writeNumberField("threads", settings.threads());
    json.writeEndObject();
  }

  private void writeEnding(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("ending");
    json.writeStringField("cause", ending.cause().toString());
    json.writeNumberField("epochs", ending.epochs());
    json.writeNumberField("keptEpoch", ending.kept());
    json.writeEndObject();
  }

  private void writeEngine(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("engine");
    json.writeStringField("name", kernels);
    json.writeNumberField("lanes", lanes);
    json.writeNumberField("threads", settings.threads());
    json.writeEndObject();
  }

  private void writeMachine(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("machine");
    json.writeStringField("jvm", machine.jvm());
    json.writeStringField("os", machine.os());
    json.writeStringField("cpu", machine.cpu());
    json.writeNumberField("cores", machine.cores());
    json.writeEndObject();
  }

  private void writeTable(JsonGenerator json, Encoding encoding) throws IOException {
    json.writeStringField("label", encoding.target().name());
    json.writeStringField("task", settings.task().name().toLowerCase(Locale.ROOT));
    writeTexts(json, "columns", encoding.columns().stream().map(Column::name).toList());
    writeTexts(json, "constant", encoding.dropped());
    json.writeBooleanField("testsValidation", settings.testsValidation());
  }

  private static void writeTexts(JsonGenerator json, String name, List<String> texts)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private void writeEvaluation(JsonGenerator json, String name, Evaluation evaluation)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("rows", evaluation.rows());
    if (evaluation.isRegression()) {
      json.writeNumberField("r2", evaluation.r2());
      json.writeNumberField("rmse", RunResult.rmse(evaluation, settings));
      json.writeNumberField("loss", evaluation.loss());
      json.writeEndObject();
      return;
    }
    json.writeNumberField("correct", evaluation.correct());
    json.writeNumberField("accuracy", evaluation.accuracy());
    json.writeNumberField("loss", evaluation.loss());
    json.writeArrayFieldStart("confusion");
    for (int[] row : evaluation.confusion()) {
      json.writeArray(row, 0, row.length);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeComparison(JsonGenerator json, ReferenceRun.Comparison comparison)
      throws IOException {
    json.writeObjectFieldStart("reference");
    json.writeNumberField("loss", comparison.referenceLoss());
    json.writeNumberField("accuracy", comparison.referenceAccuracy());
    json.writeNumberField("testAccuracy", comparison.referenceTestAccuracy());
    json.writeNumberField("lossDifference", comparison.loss() - comparison.referenceLoss());
    json.writeNumberField(
        "accuracyDifference", comparison.accuracy() - comparison.referenceAccuracy());
    json.writeNumberField(
        "testAccuracyDifference", comparison.testAccuracy() - comparison.referenceTestAccuracy());
    json.writeEndObject();
  }
}
