package lanewise.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lanewise.io.AtomicFile;

/**
 * {@code mistakes.json}: the gallery of a run's report, kept so that the report can be made again.
 */
public final class MistakesFile {
  /** The file's name in the directory of a run. */
  public static final String FILE_NAME = "mistakes.json";

  private static final JsonFactory JSON = new JsonFactory();

  private MistakesFile() {}

  /** Writes the file into a directory that exists. */
  public static void write(Path directory, Mistakes mistakes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      mistakes.write(json);
      json.writeRaw('\n');
    }
    AtomicFile.write(
        directory.resolve(FILE_NAME), target -> target.write(ByteBuffer.wrap(bytes.toByteArray())));
  }

  /** Removes the file of an earlier run. */
  public static void discard(Path directory) throws IOException {
    Files.deleteIfExists(directory.resolve(FILE_NAME));
  }

  /**
   * Reads the file.
   *
   * @param classes that labels are below of
   * @throws RunException if there is none or it is bad
   */
  static Mistakes read(Path directory, int classes) throws RunException {
    Path path = directory.resolve(FILE_NAME);
    JsonObject file = JsonObject.read(path);
    int width = (int) file.whole("width", Integer.MAX_VALUE);
    int shown = width > Mistakes.MOST_VALUES ? 0 : width;
    List<Mistakes.Row> rows = new ArrayList<>();
    for (JsonObject row : file.objects("rows")) {
      byte[] values = row.bytes("values");
      if (values.length != shown) {
        throw new RunException(
            "%s: a row of %d values where rows have %d".formatted(path, values.length, shown));
      }
      rows.add(
          new Mistakes.Row(
              (int) row.whole("row", Integer.MAX_VALUE),
              (int) row.whole("label", classes - 1),
              (int) row.whole("read", classes - 1),
              (float) row.real("probability"),
              (float) row.real("labelProbability"),
              values));
    }
    return new Mistakes((int) file.whole("total", Integer.MAX_VALUE), width, rows);
  }
}
