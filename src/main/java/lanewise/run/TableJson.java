package lanewise.run;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import lanewise.data.TableOptions;
import lanewise.nn.Task;
import lanewise.table.Missing;
import lanewise.table.Scale;

/** How a run reads its table, as a field of the JSON object {@code data}. */
final class TableJson {
  private static final String TABLE = "table";
  private static final String PATH = "data." + TABLE;
  private static final String LABEL = "label";
  private static final String IGNORED = "ignored";
  private static final String TASK = "task";
  private static final String MISSING = "missing";
  private static final String SCALE = "scale";
  private static final String DELIMITER = "delimiter";

  private TableJson() {}

  /** Writes the field into an object that has been begun. */
  static void write(JsonGenerator json, TableSettings table) throws IOException {
    TableOptions options = table.options();
    json.writeObjectFieldStart(TABLE);
    json.writeStringField(LABEL, options.label());
    json.writeArrayFieldStart(IGNORED);
    for (String column : options.ignored()) {
      json.writeString(column);
    }
    json.writeEndArray();
    writeName(json, TASK, options.task());
    writeName(json, MISSING, options.missing());
    writeName(json, SCALE, table.scale());
    if (options.delimiter() != TableOptions.FOUND) {
      json.writeStringField(DELIMITER, String.valueOf(options.delimiter()));
    }
    json.writeEndObject();
  }

  private static void writeName(JsonGenerator json, String name, Enum<?> value) throws IOException {
    json.writeStringField(name, value.name().toLowerCase(Locale.ROOT));
  }

  /**
   * Reads the field; empty if there is none.
   *
   * @throws RunException if it is incomplete or of the wrong kind
   */
  static Optional<TableSettings> read(JsonObject json) throws RunException {
    if (!json.has(PATH)) {
      return Optional.empty();
    }
    String delimiter = json.has(path(DELIMITER)) ? json.text(path(DELIMITER)) : "";
    if (delimiter.length() > 1) {
      throw json.wrong(path(DELIMITER), "single character");
    }
    return Optional.of(
        new TableSettings(
            new TableOptions(
                json.text(path(LABEL)),
                json.texts(path(IGNORED)),
                json.oneOf(path(TASK), Task.class, "task's name"),
                json.oneOf(path(MISSING), Missing.class, "'fail' or 'mean'"),
                delimiter.isEmpty() ? TableOptions.FOUND : delimiter.charAt(0)),
            json.oneOf(path(SCALE), Scale.class, "scale's name")));
  }

  private static String path(String name) {
    return PATH + "." + name;
  }
}
