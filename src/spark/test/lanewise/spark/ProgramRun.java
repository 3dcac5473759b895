package lanewise.spark;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToIntBiFunction;
import lanewise.cli.SweepElsewhere;
import lanewise.run.Session;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.spark.sql.SparkSession;

/**
 * A program that ran in this JVM.
 *
 * @param status its exit status
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
record ProgramRun(int status, String out, String err) {
  /** Runs a program of Spark's on local[2]. */
  static ProgramRun onSpark(SparkProgram program, List<String> arguments) {
    return of(program, LocalSpark::session, arguments);
  }

  /**
   * Runs a program of Spark's.
   *
   * @param spark called by the program if it needs a cluster
   */
  static ProgramRun of(SparkProgram program, Supplier<SparkSession> spark, List<String> arguments) {
    return of((out, err) -> program.run(spark, out, err, arguments.toArray(String[]::new)));
  }

  /** Makes a sweep as {@code lanewise sweep} does. */
  static ProgramRun sweepHere(List<String> arguments) {
    SweepElsewhere local =
        new SweepElsewhere(
            Map.of(),
            "this machine",
            (results, engine, listener) ->
                new lanewise.sweep.Sweep(results, Session.DEFAULT, 2, listener));
    return of((out, err) -> local.run("sweep", arguments.toArray(String[]::new), out, err));
  }

  private static ProgramRun of(ToIntBiFunction<PrintWriter, PrintWriter> program) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = program.applyAsInt(new PrintWriter(out), new PrintWriter(err));
    return new ProgramRun(status, out.toString(), err.toString());
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
