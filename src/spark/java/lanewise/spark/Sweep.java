package lanewise.spark;

import java.io.PrintWriter;
import java.util.Map;
import java.util.function.Supplier;
import lanewise.cli.SweepElsewhere;
import org.apache.spark.sql.SparkSession;

/**
 * {@code lanewise sweep} on a cluster: {@code spark-submit --class lanewise.spark.Sweep
 * lanewise-spark.jar --grid GRID} with the same options. Makes each run in a task of its own, and
 * gives the same results, bit for bit.
 */
public final class Sweep {
  /** Options of {@code lanewise sweep} that are refused here. */
  private static final Map<String, String> REFUSED =
      Map.of(
          "--threads",
          "Spark decides how many runs there are at a time: give spark-submit"
              + " --total-executor-cores N",
          "--checkpoint-every",
          "a run on a cluster has no checkpoints: a task that fails begins again");

  private Sweep() {}

  /**
   * Makes a sweep. What cannot be done is said in one line, with the exit status of {@code lanewise
   * sweep}.
   *
   * @param arguments its options; files are those of the driver
   */
  public static void main(String[] arguments) {
    SparkProgram.submitted("lanewise sweep", Sweep::run, arguments);
  }

  /**
   * Makes a sweep.
   *
   * @param spark called if there is anything to do
   * @param out receives a line for each run
   * @param err receives everything else
   * @return the exit status
   */
  static int run(
      Supplier<SparkSession> spark, PrintWriter out, PrintWriter err, String... arguments) {
    return new SweepElsewhere(
            REFUSED,
            "Spark",
            (results, engine, listener) -> new ClusterCrew(results, engine, listener, spark))
        .run("lanewise.spark.Sweep", arguments, out, err);
  }
}
