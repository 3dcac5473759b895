package lanewise.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import lanewise.data.DataSource;
import lanewise.nn.Mlp;
import lanewise.nn.Samples;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Measures on whatever cluster it is submitted to; {@link SparkBenchmarkRun} starts one. Arguments:
 *
 * <ul>
 *   <li>{@code train DIRECTORY ROWS EPOCHS ITERATIONS}: MNIST, of which the first ROWS, against
 *       Spark's own perceptron with the same layers: seconds and test accuracy
 *   <li>{@code score DIRECTORY ROWS}: rows per second of a 784-256-128-10, of MNIST's test rows
 *       repeated up to ROWS, next to plain Java on one thread of the driver
 *   <li>{@code generated ROWS}, {@code files DIRECTORY ROWS}, {@code tasks COUNT}, {@code broadcast
 *       MEGABYTES}: see {@link ScaleBenchmark}
 * </ul>
 */
public final class SparkBenchmark {
  /** Of all networks that are measured. */
  static final int[] HIDDEN = {256, 128};

  private static final int WIDTH = 784;
  private static final int TEST_ROWS = 10_000;

  private static final StructType ROWS =
      new StructType()
          .add("label", DataTypes.DoubleType)
          .add("features", SQLDataTypes.VectorType());

  private SparkBenchmark() {}

  /**
   * Runs one measurement and prints its lines.
   *
   * @param arguments see above
   * @throws IOException if MNIST cannot be read
   */
  public static void main(String[] arguments) throws IOException {
    try (SparkSession spark = SparkSession.builder().appName("lanewise benchmark").getOrCreate()) {
      switch (arguments[0]) {
        case "train" ->
            train(
                spark,
                arguments[1],
                Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]),
                Integer.parseInt(arguments[4]));
        case "score" -> score(spark, arguments[1], Integer.parseInt(arguments[2]));
        case "generated" -> ScaleBenchmark.generated(spark, Long.parseLong(arguments[1]));
        case "files" -> ScaleBenchmark.files(spark, arguments[1], Long.parseLong(arguments[2]));
        case "tasks" -> ScaleBenchmark.tasks(spark, Integer.parseInt(arguments[1]));
        case "broadcast" -> ScaleBenchmark.broadcast(spark, Integer.parseInt(arguments[1]));
        default -> throw new IllegalArgumentException("no measurement " + arguments[0]);
      }
    }
  }

  static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }

  static int partitions(SparkSession spark) {
    return 2 * spark.sparkContext().defaultParallelism();
  }

  /**
   * Rows of a label and a vector of values from 0 to 1, read by the executors: a driver is small.
   *
   * @param count the first ones
   * @param training whether from the training rows, not the test rows
   */
  private static Dataset<Row> rows(
      SparkSession spark, String directory, int count, boolean training) {
    return spark
        .range(0, count, 1, partitions(spark))
        .mapPartitions(
            (MapPartitionsFunction<Long, Row>)
                ids -> {
                  var mnist = DataSource.directory(Path.of(directory));
                  Samples samples = training ? mnist.train() : mnist.test();
                  float[] values = new float[samples.width()];
                  double[] features = new double[values.length];
                  Stream<Row> rows =
                      StreamSupport.stream(
                              Spliterators.spliteratorUnknownSize(ids, Spliterator.ORDERED), false)
                          .map(
                              id -> {
                                int row = id.intValue();
                                samples.copyRows(row, row + 1, values, 0);
                                Arrays.setAll(features, i -> values[i]);
                                return RowFactory.create(
                                    (double) samples.label(row),
                                    Vectors.dense(features.clone()).compressed());
                              });
                  return rows.iterator();
                },
            Encoders.row(ROWS))
        .cache();
  }

  private static void train(
      SparkSession spark, String directory, int count, int epochs, int iterations) {
    Dataset<Row> training = rows(spark, directory, count, true);
    Dataset<Row> test = rows(spark, directory, TEST_ROWS, false);
    print("%d rows to train on, %d to test", training.count(), test.count());
    long start = System.nanoTime();
    Transformer ours =
        new LanewiseClassifier()
            .setRecipe("fast")
            .setLayers(HIDDEN)
            .setEpochs(epochs)
            .fit(training);
    report("Lanewise, fast, %d epochs".formatted(epochs), start, ours, test);
    start = System.nanoTime();
    int[] layers = {WIDTH, HIDDEN[0], HIDDEN[1], 10};
    Transformer sparks =
        new MultilayerPerceptronClassifier()
            .setLayers(layers)
            .setMaxIter(iterations)
            .setSeed(42)
            .fit(training);
    report("Spark's perceptron, %d iterations".formatted(iterations), start, sparks, test);
  }

  private static void report(String name, long start, Transformer model, Dataset<Row> test) {
    double seconds = (System.nanoTime() - start) * 1e-9;
    double accuracy =
        new MulticlassClassificationEvaluator()
            .setMetricName("accuracy")
            .evaluate(model.transform(test));
    print("%s: %.2f s, accuracy %.4f", name, seconds, accuracy);
  }

  private static void score(SparkSession spark, String directory, int count) throws IOException {
    Samples test = DataSource.directory(Path.of(directory)).test();
    Mlp net = Mlp.glorot(42, test.width(), HIDDEN[0], HIDDEN[1], 10);
    Dataset<Row> once = rows(spark, directory, TEST_ROWS, false);
    int times = Math.max(1, count / (int) once.count());
    LanewiseClassificationModel model = model(net);
    for (int pass = 0; pass < 3; pass++) {
      long start = System.nanoTime();
      long scored = 0;
      for (int i = 0; i < times; i++) {
        scored += drain(model.transform(once));
      }
      report("Spark, pass " + pass, scored, start);
    }
    float[] values = new float[Math.multiplyExact(test.rows(), test.width())];
    test.copyRows(0, test.rows(), values, 0);
    float[] out = new float[test.rows() * net.outputs()];
    for (int pass = 0; pass < 3; pass++) {
      long start = System.nanoTime();
      for (int i = 0; i < times; i++) {
        net.predict(values, test.rows(), out);
      }
      report("plain Java, one thread, pass " + pass, (long) times * test.rows(), start);
    }
  }

  static LanewiseClassificationModel model(Mlp net) {
    try {
      return new LanewiseClassificationModel(
          "benchmark", SentModel.of(SentModel.bytes(lanewise.model.Model.of(net)), "benchmark"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void report(String name, long rows, long start) {
    double seconds = (System.nanoTime() - start) * 1e-9;
    print("%s: %d rows, %.2f s, %.0f rows/s", name, rows, seconds, rows / seconds);
  }

  /** Computes all columns and counts the rows, without collecting them. */
  static long drain(Dataset<Row> scored) {
    var rows = scored.sparkSession().sparkContext().longAccumulator();
    scored.foreachPartition(
        (ForeachPartitionFunction<Row>)
            partition ->
                partition.forEachRemaining(
                    row -> rows.add(row.isNullAt(row.length() - 1) ? 0 : 1)));
    return rows.value();
  }
}
