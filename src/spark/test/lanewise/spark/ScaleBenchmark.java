package lanewise.spark;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Random;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import lanewise.kernel.Grey;
import lanewise.model.Model;
import lanewise.model.ModelFile;
import lanewise.nn.Mlp;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What a plan for a larger cluster needs: rates per core, the memory of executors, overheads. */
final class ScaleBenchmark {
  /** Inputs of the network that scores generated rows. */
  private static final int FEATURES = 20;

  /** Rows of a task. */
  private static final int TASK_ROWS = 1 << 18;

  private ScaleBenchmark() {}

  private static Mlp net() {
    return Mlp.glorot(42, FEATURES, SparkBenchmark.HIDDEN[0], SparkBenchmark.HIDDEN[1], 10);
  }

  /** Rows per second of generated vectors, scored and dropped; then the executors' heaps. */
  static void generated(SparkSession spark, long count) {
    Dataset<Row> rows =
        ids(spark, count)
            .mapPartitions(
                (MapPartitionsFunction<Long, Row>)
                    ids ->
                        new Batches(
                            new Ids(ids),
                            (batch, first) ->
                                batch.stream().map(row -> generated(row.getLong(0))).toList()),
                Encoders.row(
                    new StructType()
                        .add("id", DataTypes.LongType)
                        .add("features", SQLDataTypes.VectorType())));
    long start = System.nanoTime();
    long scored = SparkBenchmark.drain(SparkBenchmark.model(net()).transform(rows));
    SparkBenchmark.report("generated", scored, start);
    printHeaps(spark);
  }

  /**
   * Rows per second of {@link Score} from files to files, CSV and Parquet, and the heaps after
   * each.
   *
   * @param directory for the files, which every executor sees
   */
  static void files(SparkSession spark, String directory, long count) throws IOException {
    Path model = Path.of(directory, "model.safetensors");
    Files.createDirectories(model.getParent());
    ModelFile.write(model, Model.of(net()));
    Column[] columns =
        IntStream.range(0, FEATURES)
            .mapToObj(
                i -> functions.expr("(id * 31 + %d) %% 256".formatted(i * 17)).as("pixel" + i))
            .toArray(Column[]::new);
    for (String format : new String[] {"csv", "parquet"}) {
      String in = directory + "/in." + format;
      ids(spark, count)
          .toDF("id")
          .select(columns)
          .write()
          .option("header", true)
          .format(format)
          .save(in);
      long start = System.nanoTime();
      Score.run(
          () -> spark,
          new PrintWriter(System.out),
          new PrintWriter(System.err, true),
          "--model",
          model.toString(),
          "--in",
          in,
          "--format",
          format,
          "--out",
          directory + "/out." + format);
      SparkBenchmark.report(format, count, start);
      printHeaps(spark);
    }
  }

  private static Dataset<Long> ids(SparkSession spark, long count) {
    int tasks = Math.max(SparkBenchmark.partitions(spark), (int) (count / TASK_ROWS));
    return spark.range(0, count, 1, tasks);
  }

  /** Seconds for tasks that do nothing: what the driver needs to send them and hear of them. */
  static void tasks(SparkSession spark, int count) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    for (int pass = 0; pass < 3; pass++) {
      long start = System.nanoTime();
      long done = context.parallelize(IntStream.range(0, count).boxed().toList(), count).count();
      double seconds = (System.nanoTime() - start) * 1e-9;
      SparkBenchmark.print("%d tasks: %.2f s, %.0f tasks/s", done, seconds, done / seconds);
    }
  }

  /** Seconds until every executor has received some bytes that do not compress. */
  static void broadcast(SparkSession spark, int megabytes) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    int executors = spark.sparkContext().defaultParallelism();
    byte[] bytes = new byte[megabytes * 1_000_000];
    new Random(1).nextBytes(bytes);
    for (int pass = 0; pass < 3; pass++) {
      long start = System.nanoTime();
      Broadcast<byte[]> sent = context.broadcast(bytes);
      double stored = (System.nanoTime() - start) * 1e-9;
      context
          .parallelize(Arrays.asList(new Integer[executors]), executors)
          .foreach(i -> sent.value());
      double seconds = (System.nanoTime() - start) * 1e-9;
      SparkBenchmark.print(
          "%d MB to %d executors: %.2f s, of which %.2f to store it on the driver",
          megabytes, executors, seconds, stored);
      sent.destroy();
    }
  }

  private static void printHeaps(SparkSession spark) {
    int executors = spark.sparkContext().defaultParallelism();
    spark
        .range(0, executors, 1, executors)
        .javaRDD()
        .map(
            id -> {
              System.gc();
              return "process %d: peak heap %.0f MB, live %.0f MB"
                  .formatted(
                      ProcessHandle.current().pid(),
                      heap(pool -> pool.getPeakUsage().getUsed()),
                      heap(pool -> pool.getUsage().getUsed()));
            })
        .collect()
        .stream()
        .distinct()
        .forEach(System.out::println);
  }

  private static double heap(ToLongFunction<MemoryPoolMXBean> of) {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .mapToLong(of)
            .sum()
        / 1e6;
  }

  private static Object[] generated(long id) {
    double[] features = new double[FEATURES];
    for (int i = 0; i < FEATURES; i++) {
      features[i] = Grey.unit((int) (id * 31 + i * 17L + (id >> 8)));
    }
    return new Object[] {Vectors.dense(features)};
  }

  /** Numbers as rows. */
  private record Ids(Iterator<Long> ids) implements Iterator<Row> {
    @Override
    public boolean hasNext() {
      return ids.hasNext();
    }

    @Override
    public Row next() {
      return RowFactory.create(ids.next());
    }
  }
}
