package lanewise.spark;

import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Cross-validates a pipeline on whatever master runs it, saves it, and prints the hash of the best
 * network, the engine of a task, and whether tasks ran elsewhere than in the driver.
 */
public final class ClusterProgram {
  private ClusterProgram() {}

  /**
   * Runs it.
   *
   * @param arguments the path where the model is saved
   */
  public static void main(String[] arguments) throws Exception {
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      run(spark, arguments[0]).forEach(System.out::println);
    }
  }

  /**
   * Runs it.
   *
   * @param path where the model is saved
   * @return lines to print
   */
  static List<String> run(SparkSession spark, String path) throws Exception {
    // One partition: a scaler adds up those of several in the order in which their tasks end.
    Dataset<Row> rows = LocalSpark.clusters(spark, 400, 1);
    VectorAssembler assembler =
        new VectorAssembler()
            .setInputCols(new String[] {"a", "b", "c", "d"})
            .setOutputCol("features");
    LanewiseClassifier ours =
        new LanewiseClassifier().setFeaturesCol("scaled").setEpochs(4).setLayers(16);
    Pipeline pipeline =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  assembler,
                  new StandardScaler().setInputCol("features").setOutputCol("scaled"),
                  ours
                });
    ParamMap[] grid =
        new ParamGridBuilder().addGrid(ours.learningRate(), new double[] {0.001, 0.01}).build();
    PipelineModel best =
        (PipelineModel)
            new CrossValidator()
                .setEstimator(pipeline)
                .setEvaluator(new MulticlassClassificationEvaluator())
                .setEstimatorParamMaps(grid)
                .setNumFolds(2)
                .setSeed(5)
                .fit(rows)
                .bestModel();
    best.write().save(path);
    LanewiseClassificationModel model = (LanewiseClassificationModel) best.stages()[2];
    // The pieces of several partitions are put in order again.
    LanewiseClassificationModel gathered =
        new LanewiseClassifier()
            .setEpochs(2)
            .fit(assembler.transform(LocalSpark.clusters(spark, 400, 5)));
    double sum =
        best.transform(rows).collectAsList().stream()
            .mapToDouble(
                row -> row.<org.apache.spark.ml.linalg.Vector>getAs("probability").apply(1))
            .sum();
    return List.of(
        "hash " + model.model().net().sha256(),
        "gathered " + gathered.model().net().sha256(),
        "probabilities " + sum,
        "engine " + engine(spark));
  }

  /** The engine where a task runs, and the process. */
  private static String engine(SparkSession spark) {
    return spark
        .range(1)
        .javaRDD()
        .map(
            row ->
                "%s with %d cores, process %d"
                    .formatted(
                        lanewise.nn.Engine.AUTO.implementation(),
                        TaskContext.get().cpus(),
                        ProcessHandle.current().pid()))
        .first();
  }
}
