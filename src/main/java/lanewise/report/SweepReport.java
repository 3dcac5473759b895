package lanewise.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.util.List;
import lanewise.io.Text;
import lanewise.run.RunDirectory;
import lanewise.run.RunException;
import lanewise.run.Version;
import lanewise.sweep.SweepDirectory;
import lanewise.sweep.SweepRow;
import lanewise.sweep.SweepTable;

/** {@code sweep.html}: the runs of a sweep side by side, as a single page. */
public final class SweepReport {
  private SweepReport() {}

  /**
   * Writes the page.
   *
   * @param table the columns
   * @param rows of the runs that have ended, in the order of the grid; may be none
   * @param directory receives the page, which links the pages of runs that have one
   * @throws RunException if it cannot be written
   */
  public static void write(SweepTable table, List<SweepRow> rows, SweepDirectory directory)
      throws RunException {
    try {
      String title =
          "Lanewise: a sweep over %s, %s"
              .formatted(String.join(", ", table.names()), Text.count(rows.size(), "run"));
      String data = json(table, rows, directory);
      PageFile.write(new PageTemplate("sweep.html", title, data), directory.page());
    } catch (IOException e) {
      throw RunException.cannotWrite(directory.page(), e);
    }
  }

  private static String json(SweepTable table, List<SweepRow> rows, SweepDirectory directory)
      throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = PageJson.FACTORY.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("version", Version.text());
      writeTexts(json, "options", table.names());
      writeTexts(json, "columns", table.header());
      json.writeArrayFieldStart("rows");
      for (SweepRow row : rows) {
        json.writeStartObject();
        writeTexts(json, "cells", table.cells(row));
        if (Files.exists(directory.run(row.number()).resolve(RunDirectory.PAGE))) {
          json.writeStringField(
              "page", SweepDirectory.runName(row.number()) + "/" + RunDirectory.PAGE);
        }
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void writeTexts(JsonGenerator json, String name, List<String> texts)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }
}
