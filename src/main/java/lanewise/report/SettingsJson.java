package lanewise.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** A run's settings as two objects of a JSON file, {@code data} and {@code settings}. */
final class SettingsJson {
  private static final long HIGHEST_SEED = 0xffffffffL;

  private SettingsJson() {}

  /** Writes both as fields of the object that is being written. */
  static void write(JsonGenerator json, Settings settings) throws IOException {
    json.writeObjectFieldStart("data");
    json.writeStringField("source", settings.source());
    json.writeStringField("sha256", settings.sha256());
    json.writeNumberField("trainRows", settings.trainRows());
    json.writeNumberField("testRows", settings.testRows());
    json.writeEndObject();
    json.writeObjectFieldStart("settings");
    json.writeFieldName("network");
    int[] sizes = settings.sizes().stream().mapToInt(Integer::intValue).toArray();
    json.writeArray(sizes, 0, sizes.length);
    json.writeNumberField("batch", settings.batch());
    json.writeNumberField("learningRate", settings.learningRate());
    json.writeNumberField("epochs", settings.epochs());
    json.writeNumberField("seed", settings.seed());
    json.writeNumberField("testEvery", settings.testEvery());
    json.writeStringField("engine", settings.engine());
    json.writeNumberField("threads", settings.threads());
    json.writeEndObject();
  }

  /**
   * What {@link #write} wrote.
   *
   * @throws RunException if a value is missing or of another kind
   */
  static Settings read(JsonObject json) throws RunException {
    return new Settings(
        json.text("data.source"),
        json.text("data.sha256"),
        (int) json.whole("data.trainRows", Integer.MAX_VALUE),
        (int) json.whole("data.testRows", Integer.MAX_VALUE),
        json.wholes("settings.network"),
        (int) json.whole("settings.batch", Integer.MAX_VALUE),
        json.real("settings.learningRate"),
        (int) json.whole("settings.epochs", Integer.MAX_VALUE),
        json.whole("settings.seed", HIGHEST_SEED),
        (int) json.whole("settings.testEvery", Integer.MAX_VALUE),
        json.text("settings.engine"),
        (int) json.whole("settings.threads", Integer.MAX_VALUE));
  }
}
