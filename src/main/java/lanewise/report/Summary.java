package lanewise.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import lanewise.nn.Evaluation;

/**
 * {@code summary.json}: what a completed run was, on what it ran and how it ended.
 *
 * @param started when the run began
 * @param seconds that it took, the reading of the data included
 * @param settings what it was told to do
 * @param machine what it ran on
 * @param engine the name of the kernels used
 * @param lanes floats that one instruction of theirs works on
 * @param train the rows learnt from, after the last epoch; null without epochs
 * @param test the test rows, after the last epoch
 * @param parameters of the network
 * @param weightsSha256 of all parameters, see {@link lanewise.nn.Mlp#sha256}
 */
public record Summary(
    Instant started,
    double seconds,
    Settings settings,
    Machine machine,
    String engine,
    int lanes,
    Evaluation train,
    Evaluation test,
    int parameters,
    String weightsSha256) {

  /** The file's name in the directory of a run. */
  public static final String FILE_NAME = "summary.json";

  /** How the run compares with the article's, if it repeats that. */
  public Optional<ReferenceRun.Comparison> comparison() {
    return ReferenceRun.isRepeatedBy(settings)
        ? Optional.of(ReferenceRun.compare(train, test))
        : Optional.empty();
  }

  /** Removes the summary of an earlier run, which would not belong to the new history. */
  public static void discard(Path directory) throws IOException {
    Files.deleteIfExists(directory.resolve(FILE_NAME));
  }

  /** Writes the file into a directory that exists: the whole of it or, failing that, none. */
  public void write(Path directory) throws IOException {
    JsonFile.write(directory.resolve(FILE_NAME), this::write);
  }

  private void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("version", Version.text());
    json.writeStringField("started", started.toString());
    json.writeNumberField("seconds", seconds);
    SettingsJson.write(json, settings);
    writeEngine(json);
    writeMachine(json);
    if (train != null) {
      writeEvaluation(json, "training", train);
    }
    writeEvaluation(json, "test", test);
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

  private void writeEngine(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("engine");
    json.writeStringField("name", engine);
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

  private static void writeEvaluation(JsonGenerator json, String name, Evaluation evaluation)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("rows", evaluation.rows());
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
    json.writeNumberField("loss", comparison.articleLoss());
    json.writeNumberField("accuracy", comparison.articleAccuracy());
    json.writeNumberField("testAccuracy", comparison.articleTestAccuracy());
    json.writeNumberField("lossDifference", comparison.loss() - comparison.articleLoss());
    json.writeNumberField(
        "accuracyDifference", comparison.accuracy() - comparison.articleAccuracy());
    json.writeNumberField(
        "testAccuracyDifference", comparison.testAccuracy() - comparison.articleTestAccuracy());
    json.writeEndObject();
  }
}
