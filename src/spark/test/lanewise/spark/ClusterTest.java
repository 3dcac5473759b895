package lanewise.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
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
  static final Path JAR = Path.of("target", "lanewise-spark.jar");

  private static final Path TESTS = Path.of("target", "spark", "test-classes");

  /**
   * A run takes seconds even on a fast machine, so that a task is in progress whenever it is
   * killed.
   */
  private static final int EPOCHS = 250;

  /** The exit status of a JVM that SIGTERM ends: 128 + 15. */
  private static final int STOPPED = 143;

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
        result.errors().contains("lanewise: missing required options: '--in=PATH', '--out=PATH'"),
        result.errors());
    StandaloneCluster.Result sweep =
        cluster
            .submit(
                JAR, Sweep.class.getName(), List.of(), List.of("--grid", "lr=1|2", "--threads=2"))
            .await(PATIENCE);
    assertEquals(1, sweep.status());
    assertTrue(sweep.errors().contains("lanewise: --threads: Spark decides"), sweep.errors());
  }

  /** A name that means the file to the driver only, as executors have other working directories. */
  private static String fromHere(Path file) {
    return Path.of("").toAbsolutePath().relativize(file.toAbsolutePath()).toString();
  }

  @Test
  void aSweepLosesNothingWhenAnExecutorDiesAndItsDriverIsStopped() throws Exception {
    int runs = 8;
    List<String> lines = noisyRows();
    Path train = Files.write(directory.resolve("train.csv"), lines);
    Path test = Files.write(directory.resolve("test.csv"), lines.subList(0, 200));
    List<String> options =
        List.of(
            ("--grid seed=1..%d --hidden 64 --epochs %d --train %s --test %s --out"
                    .formatted(runs, EPOCHS, fromHere(train), fromHere(test)))
                .split(" "));
    List<String> local = new ArrayList<>(options);
    local.add(directory.resolve("swept-here").toString());
    assertEquals(0, ProgramRun.sweepHere(local).status());
    Path out = directory.resolve("swept");
    List<String> submitted = new ArrayList<>(options);
    submitted.add(out.toString());
    StandaloneCluster.Program program =
        cluster.submit(JAR, Sweep.class.getName(), List.of(), submitted);
    awaitRuns(out, 1, program);
    cluster.killExecutor();
    awaitRuns(out, complete(out) + 1, program);
    long before = complete(out);
    assertTrue(before <= runs - 3, "stopped too late: " + before);
    program.stop();
    StandaloneCluster.Result stopped = program.await(PATIENCE);
    assertEquals(STOPPED, stopped.status(), stopped.errors());
    assertTrue(stopped.errors().contains("ExecutorLostFailure"), "a task was lost");
    assertTrue(
        stopped.errors().contains("; the same command continues"), "says how: " + stopped.errors());
    StandaloneCluster.Result result =
        run(cluster.submit(JAR, Sweep.class.getName(), List.of(), submitted));
    assertEquals(
        runs, stopped.output().lines().count() + result.output().lines().count(), result.output());
    assertEquals(ProgramRun.table(directory.resolve("swept-here")), ProgramRun.table(out));
  }

  private static List<String> noisyRows() {
    Random random = new Random(1);
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < 2000; row++) {
      StringBuilder line = new StringBuilder().append(row % 10);
      for (int pixel = 0; pixel < 64; pixel++) {
        line.append(',').append(random.nextInt(200) + (pixel % 10 == row % 10 ? 50 : 0));
      }
      lines.add(line.toString());
    }
    return lines;
  }

  private static void awaitRuns(Path out, long count, StandaloneCluster.Program program)
      throws Exception {
    while (complete(out) < count) {
      assertTrue(program.isRunning(), "ended early");
      Thread.sleep(20);
    }
  }

  /** The number of runs whose results have arrived. */
  private static long complete(Path out) throws IOException {
    if (!Files.exists(out.resolve("runs"))) {
      return 0;
    }
    try (Stream<Path> runs = Files.list(out.resolve("runs"))) {
      return runs.filter(run -> Files.exists(run.resolve("summary.json"))).count();
    }
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
