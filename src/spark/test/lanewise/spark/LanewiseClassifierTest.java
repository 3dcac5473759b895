package lanewise.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lanewise.model.ModelFile;
import lanewise.nn.Mlp;
import lanewise.nn.Samples;
import lanewise.nn.Task;
import lanewise.run.Recipe;
import org.apache.spark.SparkException;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The estimator keeps Spark ML's contract, and its model has the bits of one machine. */
class LanewiseClassifierTest {
  private static SparkSession spark;
  private static Dataset<Row> rows;

  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    spark = LocalSpark.session();
    rows = assembler().transform(LocalSpark.clusters(spark, 700, 3)).cache();
  }

  private static VectorAssembler assembler() {
    return new VectorAssembler()
        .setInputCols(new String[] {"a", "b", "c", "d"})
        .setOutputCol("features");
  }

  private static LanewiseClassifier classifier() {
    return new LanewiseClassifier().setLayers(16, 8).setEpochs(5).setSeed(3);
  }

  private static float[] floats(Vector vector) {
    double[] values = vector.toArray();
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /** Every row's columns are those of the network itself, bit by bit. */
  private static void assertBits(Mlp net, String features, Dataset<Row> scored, int count) {
    List<Row> all = scored.collectAsList();
    assertEquals(count, all.size());
    Mlp sums = net.withTask(Task.REGRESS);
    for (Row row : all) {
      float[] input = floats(row.getAs(features));
      float[] expected = net.predict(input);
      assertArrayEquals(expected, floats(row.getAs("probability")));
      assertArrayEquals(sums.predict(input), floats(row.getAs("rawPrediction")));
      assertEquals(net.classify(input), row.<Double>getAs("prediction"));
    }
  }

  @Test
  void trainsToTheBitsOfOneMachine() {
    LanewiseClassificationModel model = classifier().fit(rows);
    List<Row> all = rows.collectAsList();
    float[] values = new float[all.size() * 4];
    int[] labels = new int[all.size()];
    for (int row = 0; row < labels.length; row++) {
      System.arraycopy(floats(all.get(row).getAs("features")), 0, values, row * 4, 4);
      labels[row] = all.get(row).<Double>getAs("label").intValue();
    }
    Samples samples = Samples.ofFloats(values, 4, labels);
    Recipe recipe = new Plan("table", new int[] {16, 8}, 5, null, null, 3, false).recipe();
    Mlp net = recipe.network(List.of(4, 16, 8, 3), Task.CLASSIFY);
    recipe.trainer(net, samples).threads(1).build().fit(samples, 5);
    assertEquals(net.sha256(), model.model().net().sha256());
    assertEquals("700", model.model().info().origin().get("settings.train_rows"));
    assertEquals(3, model.numClasses());
    assertEquals(4, model.numFeatures());
    assertBits(net, "features", model.transform(rows), 700);
  }

  @Test
  void pipelinesInACrossValidatorAreSavedLoadedAndScoredToTheSameBits() throws Exception {
    LanewiseClassifier ours = classifier().setFeaturesCol("scaled");
    Pipeline pipeline =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  assembler(),
                  new StandardScaler()
                      .setInputCol("features")
                      .setOutputCol("scaled")
                      .setWithMean(true),
                  ours
                });
    ParamMap[] grid =
        new ParamGridBuilder()
            .addGrid(ours.learningRate(), new double[] {0, 0.01})
            .addGrid(
                ours.layers(),
                scala.jdk.javaapi.CollectionConverters.asScala(List.of(new int[] {8}, new int[0])))
            .build();
    assertEquals(4, grid.length);
    MulticlassClassificationEvaluator evaluator =
        new MulticlassClassificationEvaluator().setMetricName("accuracy");
    Dataset<Row> raw = LocalSpark.clusters(spark, 400, 2);
    CrossValidatorModel validated =
        new CrossValidator()
            .setEstimator(pipeline)
            .setEvaluator(evaluator)
            .setEstimatorParamMaps(grid)
            .setNumFolds(2)
            .setParallelism(2)
            .setSeed(5)
            .fit(raw);
    assertTrue(evaluator.evaluate(validated.transform(raw)) > 0.9);
    String path = directory.resolve("validated").toString();
    validated.write().save(path);
    PipelineModel loaded = (PipelineModel) CrossValidatorModel.load(path).bestModel();
    LanewiseClassificationModel model = (LanewiseClassificationModel) loaded.stages()[2];
    assertBits(model.model().net(), "scaled", loaded.transform(raw), 400);
    LanewiseClassificationModel before =
        (LanewiseClassificationModel) ((PipelineModel) validated.bestModel()).stages()[2];
    assertEquals(before.model().net().sha256(), model.model().net().sha256());
    assertEquals(before.uid(), model.uid());
    assertEquals("scaled", model.getFeaturesCol());
    pipeline.write().save(directory.resolve("pipeline").toString());
    Pipeline unfitted = Pipeline.load(directory.resolve("pipeline").toString());
    LanewiseClassifier again = (LanewiseClassifier) unfitted.getStages()[2];
    assertArrayEquals(new int[] {16, 8}, again.getOrDefault(again.layers()));
    assertFalse(again.isDefined(again.batchSize()));
  }

  @Test
  void splitsForValidationWork() {
    LanewiseClassifier ours = classifier();
    ParamMap[] grid = new ParamGridBuilder().addGrid(ours.epochs(), new int[] {0, 20}).build();
    var best =
        new TrainValidationSplit()
            .setEstimator(ours)
            .setEvaluator(new MulticlassClassificationEvaluator())
            .setEstimatorParamMaps(grid)
            .setSeed(1)
            .fit(rows)
            .bestModel();
    assertEquals(
        "20", ((LanewiseClassificationModel) best).model().info().origin().get("settings.epochs"));
  }

  @Test
  void savedModelsAreFilesOfLanewise() throws Exception {
    LanewiseClassificationModel model = classifier().fit(rows);
    Path path = directory.resolve("model");
    model.write().save(path.toString());
    assertEquals(
        model.model().net().sha256(),
        ModelFile.read(path.resolve("model.safetensors")).net().sha256());
    LanewiseClassificationModel loaded = LanewiseClassificationModel.load(path.toString());
    assertBits(model.model().net(), "features", loaded.transform(rows), 700);
    Files.write(path.resolve("model.safetensors"), new byte[100]);
    Files.deleteIfExists(path.resolve(".model.safetensors.crc"));
    String message =
        assertThrows(
                java.io.UncheckedIOException.class,
                () -> LanewiseClassificationModel.load(path.toString()))
            .getCause()
            .getMessage();
    assertTrue(message.contains(path + "/model.safetensors"), message);
  }

  @Test
  void sparseRowsAreDenseRows() {
    Dataset<Row> sparse =
        rows.withColumn(
            "features",
            functions
                .udf(
                    (Vector features) -> (Vector) features.toSparse(),
                    org.apache.spark.ml.linalg.SQLDataTypes.VectorType())
                .apply(rows.col("features")));
    LanewiseClassificationModel dense = classifier().fit(rows);
    assertEquals(dense.model().net().sha256(), classifier().fit(sparse).model().net().sha256());
    assertBits(dense.model().net(), "features", dense.transform(sparse), 700);
  }

  @Test
  void streamsAreScored() throws Exception {
    LanewiseClassificationModel model = classifier().fit(rows);
    String in = directory.resolve("in").toString();
    rows.write().parquet(in);
    Dataset<Row> stream =
        model.transform(
            spark.readStream().schema(rows.schema()).option("maxFilesPerTrigger", 1).parquet(in));
    assertTrue(stream.isStreaming());
    StreamingQuery query =
        stream
            .writeStream()
            .format("memory")
            .queryName("scored")
            .trigger(org.apache.spark.sql.streaming.Trigger.AvailableNow())
            .start();
    query.processAllAvailable();
    query.stop();
    assertBits(model.model().net(), "features", spark.table("scored"), 700);
  }

  @Test
  void columnsCanBeLeftOutAndKeepWhatTheyKnow() {
    LanewiseClassificationModel model = classifier().fit(rows);
    model.setRawPredictionCol("").setProbabilityCol("p");
    Dataset<Row> scored = model.transform(rows);
    List<String> expected = new ArrayList<>(Arrays.asList(rows.columns()));
    expected.addAll(List.of("p", "prediction"));
    assertEquals(expected, Arrays.asList(scored.columns()));
    assertEquals(
        rows.schema().apply("features").metadata(), scored.schema().apply("features").metadata());
    model.setProbabilityCol("").setPredictionCol("");
    assertEquals(rows.schema(), model.transform(rows).schema());
  }

  @Test
  void thresholdsDecide() {
    LanewiseClassificationModel model = classifier().fit(rows);
    model.setThresholds(new double[] {1, 1, 0});
    assertEquals(700, model.transform(rows).filter("prediction = 2").count());
    assertEquals(2.0, model.predict(rows.first().getAs("features")));
  }

  @Test
  void singleRowsHaveTheSameBits() {
    LanewiseClassificationModel model = classifier().fit(rows);
    Vector row = rows.first().getAs("features");
    Mlp net = model.model().net();
    assertArrayEquals(net.predict(floats(row)), floats(model.predictProbability(row)));
    assertEquals(net.classify(floats(row)), model.predict(row));
  }

  @Test
  void theNetworkIsBroadcastOnce() {
    SentModel sent = sent();
    var first = sent.broadcast(spark.sparkContext());
    assertSame(first, sent.broadcast(spark.sparkContext()));
  }

  private static SentModel sent() {
    try {
      return SentModel.of(
          SentModel.bytes(lanewise.model.Model.of(Mlp.glorot(1, 2, 2))), "a network");
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String refusal(LanewiseClassifier classifier, Object... labelsAndVectors) {
    Dataset<Row> bad = LocalSpark.vectors(spark, labelsAndVectors).coalesce(1);
    return assertThrows(IllegalArgumentException.class, () -> classifier.fit(bad)).getMessage();
  }

  @Test
  void refusesWhatItCannotLearn() {
    Vector good = LocalSpark.dense(1, 2);
    assertEquals(
        "row 2 of partition 0: the label 1.5, expected a whole number from 0 to 65534"
            + " (StringIndexer makes them of text)",
        refusal(classifier(), 0.0, good, 1.5, good));
    assertTrue(refusal(classifier(), -1.0, good).contains("row 1 of partition 0: the label -1.0"));
    assertTrue(refusal(classifier(), Double.NaN, good).contains("the label NaN"));
    assertEquals(
        "row 1 of partition 0: feature 1 is 1.0E300, expected a finite float32 (Imputer fills in"
            + " what is missing)",
        refusal(classifier(), 0.0, LocalSpark.dense(1, 1e300)));
    assertTrue(
        refusal(classifier(), 0.0, good, 1.0, LocalSpark.dense(1))
            .contains("row 2 of partition 0: a vector of 1 features, expected 2"));
    assertTrue(refusal(classifier(), 0.0, null).contains("row 1 of partition 0: no features"));
    assertEquals("no rows to train on, expected at least one", refusal(classifier()));
  }

  @Test
  void classesAreThoseOfTheMetadata() {
    Vector good = LocalSpark.dense(1, 2);
    var nominal =
        org.apache.spark.ml.attribute.NominalAttribute.defaultAttr()
            .withName("label")
            .withNumValues(4)
            .toMetadata();
    Dataset<Row> known = LocalSpark.vectors(spark, 0.0, good, 1.0, good);
    assertEquals(
        4,
        classifier()
            .fit(known.withColumn("label", known.col("label").as("label", nominal)))
            .numClasses());
    assertEquals(2, classifier().fit(LocalSpark.vectors(spark, 0.0, good)).numClasses());
    Dataset<Row> beyond = LocalSpark.vectors(spark, 4.0, good);
    Dataset<Row> bad = beyond.withColumn("label", beyond.col("label").as("label", nominal));
    assertEquals(
        "the label 4, expected 0 to 3 as the label column's metadata says",
        assertThrows(IllegalArgumentException.class, () -> classifier().fit(bad)).getMessage());
  }

  @Test
  void rareClassesCanWeighMore() {
    assertNotEquals(
        classifier().fit(rows).model().net().sha256(),
        classifier().setBalanced(true).fit(rows).model().net().sha256());
  }

  @Test
  void refusesPlansThatCannotBe() {
    Vector good = LocalSpark.dense(1, 2);
    assertEquals(
        "the recipe best distorts images, and columns of features are none: expected reference,"
            + " fast, table",
        refusal(classifier().setRecipe("best"), 0.0, good));
    assertTrue(refusal(classifier().setRecipe("worst"), 0.0, good).contains("no recipe worst"));
    assertTrue(refusal(classifier().setLayers(0), 0.0, good).contains("at least 1 unit"));
    assertTrue(refusal(classifier().setSeed(-1), 0.0, good).contains("seed"));
    assertTrue(refusal(classifier().setBatchSize(0), 0.0, good).contains("batch"));
    assertTrue(
        refusal(classifier().setLearningRate(1e30), 0.0, good, 1.0, LocalSpark.dense(-1e20, 1e20))
            .contains("try a learning rate below 1.0E30"));
  }

  @Test
  void refusesMoreThanFitsIntoAnArray() {
    TrainingTask.checkSize(TrainingTask.MAX_VALUES / 784, 784);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> TrainingTask.checkSize(TrainingTask.MAX_VALUES / 784 + 1, 784))
            .getMessage();
    assertEquals(
        "2739138 rows of 784 features are 2147484192 values, more than the 2147483639 that fit into"
            + " an array of the one task that trains: sample the rows, or select features",
        message);
  }

  @Test
  void refusesRowsThatItCannotScore() {
    LanewiseClassificationModel model = classifier().fit(rows);
    Dataset<Row> narrow = LocalSpark.vectors(spark, 0.0, LocalSpark.dense(1, 2));
    String message =
        assertThrows(SparkException.class, () -> model.transform(narrow).collectAsList())
            .getMessage();
    assertTrue(
        message.contains("column features: a vector of 2 features, expected 4 as in training"),
        message);
  }
}
