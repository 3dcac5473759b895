package lanewise.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Spark in this JVM, and small data sets. */
final class LocalSpark {
  private LocalSpark() {}

  /** The session of all tests, with two threads. */
  static SparkSession session() {
    return SparkSession.builder()
        .master("local[2]")
        .appName("tests")
        .config("spark.log.level", "ERROR")
        .config("spark.ui.enabled", false)
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", 2)
        .config("spark.sql.warehouse.dir", "target/spark/warehouse")
        .getOrCreate();
  }

  /**
   * Rows of an index, a class of three and four numbers of different scales around its centre. They
   * are in the same order on every cluster, which no shuffle promises.
   */
  static Dataset<Row> clusters(SparkSession spark, int count, int partitions) {
    StructType schema =
        new StructType()
            .add("id", DataTypes.IntegerType)
            .add("label", DataTypes.DoubleType)
            .add("a", DataTypes.DoubleType)
            .add("b", DataTypes.DoubleType)
            .add("c", DataTypes.DoubleType)
            .add("d", DataTypes.DoubleType);
    Random random = new Random(1);
    List<Row> rows = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      int label = random.nextInt(3);
      rows.add(
          RowFactory.create(
              row,
              (double) label,
              label + 0.3 * random.nextGaussian(),
              100 * (label == 1 ? 1 : -1) + 30 * random.nextGaussian(),
              random.nextBoolean() ? 0.0 : 0.01 * (label + random.nextGaussian()),
              random.nextGaussian()));
    }
    return spark.createDataFrame(
        JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(rows, partitions),
        schema);
  }

  /** Rows of a label and a vector. */
  static Dataset<Row> vectors(SparkSession spark, Object... labelsAndVectors) {
    StructType schema =
        new StructType()
            .add("label", DataTypes.DoubleType)
            .add("features", SQLDataTypes.VectorType());
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < labelsAndVectors.length; i += 2) {
      rows.add(RowFactory.create(labelsAndVectors[i], labelsAndVectors[i + 1]));
    }
    return spark.createDataFrame(rows, schema);
  }

  /** A dense vector. */
  static Vector dense(double... values) {
    return Vectors.dense(values);
  }
}
