package lanewise.spark;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lanewise.cli.SweepElsewhere;
import lanewise.run.Session;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A sweep made in this JVM.
 *
 * @param status its exit status
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
record SweepProgram(int status, String out, String err) {
  /** Makes a sweep by Spark's local[2]. */
  static SweepProgram onSpark(List<String> arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        Sweep.run(
            LocalSpark::session,
            new PrintWriter(out),
            new PrintWriter(err),
            arguments.toArray(String[]::new));
    return new SweepProgram(status, out.toString(), err.toString());
  }

  /** Makes a sweep as {@code lanewise sweep} does. */
  static SweepProgram here(List<String> arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    SweepElsewhere local =
        new SweepElsewhere(
            Map.of(),
            "this machine",
            (results, engine, listener) ->
                new lanewise.sweep.Sweep(results, Session.DEFAULT, 2, listener));
    int status =
        local.run(
            "sweep", arguments.toArray(String[]::new), new PrintWriter(out), new PrintWriter(err));
    return new SweepProgram(status, out.toString(), err.toString());
  }

  /** The lines of results. */
  List<String> lines() {
    return out.lines().toList();
  }

  /**
   * The cells of a table of results, the names first, without the seconds.
   *
   * @param directory of the sweep
   */
  static List<List<String>> table(Path directory) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    try (CSVParser parser =
        CSVParser.parse(Files.readString(directory.resolve("sweep.csv")), CSVFormat.DEFAULT)) {
      int seconds = -1;
      for (CSVRecord record : parser) {
        List<String> cells = new ArrayList<>(record.toList());
        seconds = rows.isEmpty() ? cells.indexOf("seconds") : seconds;
        cells.remove(seconds);
        rows.add(cells);
      }
    }
    return rows;
  }
}
