package lanewise.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Starts a cluster on this machine for {@link SparkBenchmark}: the number of workers, then that
 * program's arguments. The cluster's logs stay in a directory under target.
 */
final class SparkBenchmarkRun {
  private static final Duration PATIENCE = Duration.ofHours(1);

  private SparkBenchmarkRun() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int workers = Integer.parseInt(arguments[0]);
    List<String> others = Arrays.asList(arguments).subList(1, arguments.length);
    Path target = Path.of("target").toAbsolutePath();
    Path directory = Files.createTempDirectory(target, "spark-benchmark");
    try (StandaloneCluster cluster = StandaloneCluster.start(directory, workers)) {
      StandaloneCluster.Result result =
          cluster
              .submit(
                  target.resolve("lanewise-spark.jar"),
                  target.resolve("spark").resolve("test-classes"),
                  SparkBenchmark.class.getName(),
                  List.of("--executor-memory", "960m", "--conf", "spark.log.level=WARN"),
                  others)
              .await(PATIENCE);
      System.out.print(result.output());
      if (result.status() != 0) {
        System.err.print(result.errors());
        System.exit(1);
      }
    }
  }
}
