package lanewise.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lanewise.io.AtomicFile;
import lanewise.io.Text;

/** {@code mistakes.json}: the mistakes of a run, kept so that its page can be generated again. */
public final class MistakesFile {
  /** The file's name in the directory of a run. */
  public static final String FILE_NAME = "mistakes.json";

  private static final JsonFactory JSON = new JsonFactory();

  private MistakesFile() {}

  /** Writes the file into an existing directory, completely or not at all. */
  public static void write(Path directory, Mistakes mistakes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      mistakes.write(json);
      json.writeRaw('\n');
    }
    AtomicFile.write(
        directory.resolve(FILE_NAME), target -> target.write(ByteBuffer.wrap(bytes.toByteArray())));
  }

  /**
   * Reads the file.
   *
   * @param classes the number of classes; labels must be below it
   * @throws RunException if the file is missing or invalid
   */
  public static Mistakes read(Path directory, int classes) throws RunException {
    Path path = directory.resolve(FILE_NAME);
    JsonObject file = JsonObject.read(path);
    int width = (int) file.integer("width", 0, Integer.MAX_VALUE);
    int shown = width > Mistakes.MAX_VALUES ? 0 : width;
    List<Mistakes.Row> rows = new ArrayList<>();
    for (JsonObject row : file.objects("rows")) {
      byte[] values = row.bytes("values");
      if (values.length != shown) {
        throw new RunException(
            "%s: a row has %s, expected %d"
                .formatted(path, Text.count(values.length, "value"), shown));
      }
      rows.add(
          new Mistakes.Row(
              (int) row.integer("row", 0, Integer.MAX_VALUE),
              (int) row.integer("label", 0, classes - 1),
              (int) row.integer("predicted", 0, classes - 1),
              (float) row.real("probability"),
              (float) row.real("labelProbability"),
              values));
    }
    return new Mistakes((int) file.integer("total", 0, Integer.MAX_VALUE), width, rows);
  }
}
