package lanewise.run;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import lanewise.nn.Engine;

/**
 * {@code run.json}: what was requested of a run, written before its first step so that the run can
 * be resumed.
 *
 * @param started when the run started
 * @param data where the data was, with absolute paths
 * @param table how it is read and scaled if it is a table; empty for rows of grey bytes
 * @param sha256 of the data
 * @param recipe what determines the weights
 * @param session what does not, as the run was started with
 */
public record RunRecord(
    Instant started,
    DataPlace data,
    Optional<TableSettings> table,
    String sha256,
    Recipe recipe,
    Session session) {
  /** The record of a run on rows of grey bytes. */
  public RunRecord(Instant started, DataPlace data, String sha256, Recipe recipe, Session session) {
    this(started, data, Optional.empty(), sha256, recipe, session);
  }

  /** The file's name in the directory of a run. */
  public static final String FILE_NAME = "run.json";

  private static final String ANY_FORMAT = "lanewise-run-";
  private static final String FORMAT = ANY_FORMAT + "1";
  private static final int MAX = Integer.MAX_VALUE;

  /** Writes the file into an existing directory, completely or not at all. */
  void write(Path directory) throws IOException {
    JsonFile.write(directory.resolve(FILE_NAME), this::write);
  }

  private void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("format", FORMAT);
    json.writeStringField("version", Version.text());
    json.writeStringField("started", started.toString());
    json.writeObjectFieldStart("data");
    writeData(json);
    if (table.isPresent()) {
      TableJson.write(json, table.get());
    }
    json.writeStringField("sha256", sha256);
    json.writeEndObject();
    json.writeObjectFieldStart("recipe");
    writeIfPresent(json, "trainRows", recipe.trainRows());
    json.writeFieldName("hidden");
    int[] hidden = recipe.hidden().stream().mapToInt(Integer::intValue).toArray();
    json.writeArray(hidden, 0, hidden.length);
    json.writeNumberField("batch", recipe.batch());
    json.writeNumberField("learningRate", recipe.learningRate());
    json.writeNumberField("epochs", recipe.epochs());
    json.writeNumberField("seed", recipe.seed());
    json.writeNumberField("testEvery", recipe.testEvery());
    RecipeJson.write(json, recipe);
    json.writeEndObject();
    json.writeObjectFieldStart("session");
    json.writeStringField("engine", session.engine().toString());
    writeIfPresent(json, "threads", session.threads());
    writeIfPresent(json, "checkpointEvery", session.checkpointEvery());
    if (session.save().isPresent()) {
      json.writeStringField("save", absolute(session.save().get()));
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private void writeData(JsonGenerator json) throws IOException {
    switch (data) {
      case DataPlace.Directory place ->
          json.writeStringField("directory", absolute(place.directory()));
      case DataPlace.CsvFiles files -> {
        json.writeStringField("train", absolute(files.train()));
        if (files.test().isPresent()) {
          json.writeStringField("test", absolute(files.test().get()));
        }
      }
      case DataPlace.Builtin builtin -> json.writeStringField("builtin", "digits");
      case DataPlace.Piped piped -> json.writeStringField("piped", "rows");
      case DataPlace.Standard standard ->
          throw new IllegalArgumentException("the data is not located yet");
    }
  }

  private static String absolute(Path path) {
    return path.toAbsolutePath().toString();
  }

  private static void writeIfPresent(JsonGenerator json, String name, OptionalInt value)
      throws IOException {
    if (value.isPresent()) {
      json.writeNumberField(name, value.getAsInt());
    }
  }

  /** Whether a directory holds a record of this program's, of any version. */
  static boolean isIn(Path directory) {
    try {
      return JsonObject.read(directory.resolve(FILE_NAME)).text("format").startsWith(ANY_FORMAT);
    } catch (RunException e) {
      return false;
    }
  }

  /**
   * Reads the file in a directory.
   *
   * @throws RunException if it is missing, damaged or of another version
   */
  public static RunRecord read(Path directory) throws RunException {
    Path file = directory.resolve(FILE_NAME);
    JsonObject json = JsonObject.read(file);
    if (!json.has("format") || !json.text("format").equals(FORMAT)) {
      throw new RunException(
          "%s: not a run that this version can resume, expected \"format\": \"%s\""
              .formatted(file, FORMAT));
    }
    return new RunRecord(
        json.instant("started"),
        readData(json),
        TableJson.read(json),
        json.text("data.sha256"),
        readRecipe(json, file),
        new Session(
            json.oneOf("session.engine", Engine.class, "engine name"),
            readIfPresent(json, "session.threads", 1, Session.MAX_THREADS),
            readIfPresent(json, "session.checkpointEvery", 0, MAX),
            json.has("session.save") ? Optional.of(json.path("session.save")) : Optional.empty()));
  }

  private static DataPlace readData(JsonObject json) throws RunException {
    if (json.has("data.builtin")) {
      return new DataPlace.Builtin();
    }
    if (json.has("data.piped")) {
      return new DataPlace.Piped();
    }
    return json.has("data.directory")
        ? new DataPlace.Directory(json.path("data.directory"))
        : new DataPlace.CsvFiles(
            json.path("data.train"),
            json.has("data.test") ? Optional.of(json.path("data.test")) : Optional.empty());
  }

  private static OptionalInt readIfPresent(JsonObject json, String path, int min, int max)
      throws RunException {
    return json.has(path)
        ? OptionalInt.of((int) json.integer(path, min, max))
        : OptionalInt.empty();
  }

  private static Recipe readRecipe(JsonObject json, Path file) throws RunException {
    OptionalInt trainRows = readIfPresent(json, "recipe.trainRows", 1, MAX);
    List<Integer> hidden = json.integers("recipe.hidden", 1, MAX);
    int batch = (int) json.integer("recipe.batch", 1, MAX);
    double learningRate = readLearningRate(json);
    int epochs = (int) json.integer("recipe.epochs", 0, MAX);
    long seed = json.integer("recipe.seed", 0, Recipe.MAX_SEED);
    int testEvery = (int) json.integer("recipe.testEvery", 0, MAX);
    try {
      return new Recipe(
          trainRows,
          hidden,
          batch,
          learningRate,
          epochs,
          seed,
          testEvery,
          RecipeJson.readMethod(json),
          RecipeJson.readStopping(json));
    } catch (IllegalArgumentException e) {
      throw new RunException("%s: recipe: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static double readLearningRate(JsonObject json) throws RunException {
    String path = "recipe.learningRate";
    double rate = json.real(path);
    if (!(rate >= 0 && rate < Double.POSITIVE_INFINITY)) {
      throw json.wrong(path, "finite number of at least 0");
    }
    return rate;
  }
}
