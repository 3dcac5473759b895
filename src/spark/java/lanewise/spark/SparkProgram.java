package lanewise.spark;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.OptionConverters;

/** A program for {@code spark-submit}, but for its cluster. */
@FunctionalInterface
interface SparkProgram {
  /**
   * Runs it.
   *
   * @param spark called if there is anything to do
   * @param out receives results and help
   * @param err receives everything else
   * @return the exit status
   */
  int run(Supplier<SparkSession> spark, PrintWriter out, PrintWriter err, String... arguments);

  /**
   * Runs it on the cluster that it was submitted to. The JVM ends with its exit status.
   *
   * @param name of the application
   */
  static void submitted(String name, SparkProgram program, String[] arguments) {
    // Other programs read the output, so numbers look the same in every locale.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    int status =
        program.run(
            () -> SparkSession.builder().appName(name).getOrCreate(),
            new PrintWriter(new OutputStreamWriter(System.out), true),
            new PrintWriter(new OutputStreamWriter(System.err), true),
            arguments);
    OptionConverters.toJava(SparkSession.getDefaultSession()).ifPresent(SparkSession::stop);
    if (status != 0) { // With 0, YARN would take it for a program that ended too early.
      System.exit(status);
    }
  }
}
