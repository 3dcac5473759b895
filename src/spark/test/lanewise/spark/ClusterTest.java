package lanewise.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import lanewise.model.Model;
import lanewise.model.ModelFile;
import lanewise.nn.Mlp;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar on a real cluster of a master and two workers gives what local[2] gives. */
@Timeout(400)
class ClusterTest {
  private static final Path JAR = Path.of("target", "lanewise-spark.jar");

  private static final Path TESTS = Path.of("target", "spark", "test-classes");

  private static final Duration PATIENCE = Duration.ofSeconds(180);

  @TempDir private static Path directory;

  private static StandaloneCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = StandaloneCluster.start(Files.createDirectory(directory.resolve("cluster")), 2);
  }

  @AfterAll
  static void end() {
    cluster.close();
    assertEquals(List.of(), cluster.executors());
  }

  private static StandaloneCluster.Result run(StandaloneCluster.Program program) throws Exception {
    StandaloneCluster.Result result = program.await(PATIENCE);
    assertEquals(0, result.status(), result.errors());
    return result;
  }

  @Test
  void pipelinesHaveTheSameBitsAsInOneJvm() throws Exception {
    List<String> local =
        ClusterProgram.run(LocalSpark.session(), directory.resolve("local").toString());
    Path saved = directory.resolve("saved");
    List<String> lines =
        run(cluster.submit(
                JAR, TESTS, ClusterProgram.class.getName(), List.of(), List.of(saved.toString())))
            .output()
            .lines()
            .toList();
    assertEquals(local.subList(0, 3), lines.subList(0, 3));
    assertTrue(lines.get(3).startsWith("engine simd with 1 cores"), lines.get(3));
    assertNotEquals(local.get(3), lines.get(3));
    Path model;
    try (var stages = Files.list(saved.resolve("stages"))) {
      model = stages.filter(path -> path.toString().contains("lanewise")).findFirst().get();
    }
    assertEquals(
        "hash " + ModelFile.read(model.resolve("model.safetensors")).net().sha256(),
        lines.getFirst());
  }

  @Test
  void filesAreScoredByAllExecutors() throws Exception {
    Mlp net = Mlp.glorot(3, 3, 8, 2);
    Path model = directory.resolve("net.safetensors");
    ModelFile.write(model, Model.of(net));
    SparkSession spark = LocalSpark.session();
    String in = directory.resolve("rows.parquet").toString();
    spark
        .range(0, 5000, 1, 4)
        .selectExpr("id % 7 as a", "id / 5000 as b", "cast(id as float) / 100 as c")
        .write()
        .parquet(in);
    String out = directory.resolve("scored").toString();
    run(
        cluster.submit(
            JAR,
            Score.class.getName(),
            List.of(),
            List.of("--model", model.toString(), "--in", in, "--out", out)));
    List<Row> rows = spark.read().parquet(out).collectAsList();
    assertEquals(5000, rows.size());
    for (Row row : rows) {
      float[] input = {
        row.getLong(0), (float) row.getDouble(1), ((Number) row.get(2)).floatValue()
      };
      int best = net.classify(input);
      assertEquals(String.valueOf(best), row.getString(3));
      assertEquals(net.predict(input)[best], row.getFloat(4));
    }
  }

  @Test
  void refusalsAreOneLineAndAStatus() throws Exception {
    StandaloneCluster.Result result =
        cluster
            .submit(JAR, Score.class.getName(), List.of(), List.of("--model", "x"))
            .await(PATIENCE);
    assertEquals(1, result.status());
    assertTrue(
        result.errors().contains("lanewise score: no --in: expected --model FILE"),
        result.errors());
  }

  @Test
  void aProgramOutlivesOneOfItsExecutors() throws Exception {
    StandaloneCluster.Program program =
        cluster.submit(JAR, TESTS, SlowSum.class.getName(), List.of(), List.of());
    cluster.killExecutor();
    assertTrue(program.isRunning(), "killed too late");
    assertEquals("190", run(program).output().strip());
  }

  /** Adds 0 to 19, a number a task. */
  public static final class SlowSum {
    private SlowSum() {}

    /**
     * Prints the sum.
     *
     * @param arguments none
     * @throws java.io.IOException never; closing a session declares it
     */
    public static void main(String[] arguments) throws java.io.IOException {
      try (SparkSession spark = SparkSession.builder().getOrCreate()) {
        System.out.println(
            spark
                .range(0, 20, 1, 20)
                .javaRDD()
                .map(
                    number -> {
                      Thread.sleep(300);
                      return number;
                    })
                .reduce(Long::sum));
      }
    }
  }
}
