package lanewise.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code run.json}: what a run was asked for, written before its first step, so that it can be
 * taken up again.
 *
 * @param started when the run began
 * @param options of the command line that make the run, by name, with absolute paths; a later
 *     session starts from them
 * @param settings what they came to, with the hash of the data
 */
public record RunRecord(Instant started, Map<String, String> options, Settings settings) {
  /** The file's name in the directory of a run. */
  public static final String FILE_NAME = "run.json";

  public RunRecord {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  /** Writes the file into a directory that exists: the whole of it or, failing that, none. */
  void write(Path directory) throws IOException {
    JsonFile.write(directory.resolve(FILE_NAME), this::write);
  }

  private void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("version", Version.text());
    json.writeStringField("started", started.toString());
    json.writeObjectFieldStart("options");
    for (Map.Entry<String, String> option : options.entrySet()) {
      json.writeStringField(option.getKey(), option.getValue());
    }
    json.writeEndObject();
    SettingsJson.write(json, settings);
    json.writeEndObject();
  }

  /**
   * Reads the file in a directory.
   *
   * @throws RunException if there is none or it is damaged
   */
  static RunRecord read(Path directory) throws RunException {
    JsonObject json = JsonObject.read(directory.resolve(FILE_NAME));
    return new RunRecord(json.instant("started"), json.texts("options"), SettingsJson.read(json));
  }
}
