package lanewise.spark;

import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import lanewise.model.Model;
import lanewise.model.ModelFile;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.classification.ProbabilisticClassificationModel;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Tuple3;

/**
 * A network that {@link LanewiseClassifier} has trained. It scores rows in batches, in every task,
 * of data sets and of streams; it travels to each executor once.
 *
 * <p>{@code rawPrediction} are the logits, {@code probability} their softmax, with the bits of
 * {@link lanewise.nn.Mlp#predict(float[])} of the features as float32, and {@code prediction} is
 * the class with the largest logit, or as {@code thresholds} say. Saved, it is a directory with
 * Spark's metadata and {@code model.safetensors}, which every command of Lanewise reads.
 */
public final class LanewiseClassificationModel
    extends ProbabilisticClassificationModel<Vector, LanewiseClassificationModel>
    implements MLWritable {
  @Serial private static final long serialVersionUID = 1;

  private final String uid;
  private final SentModel sent;

  /**
   * @param uid that of the estimator
   * @param sent a classification
   */
  LanewiseClassificationModel(String uid, SentModel sent) {
    this.uid = uid; // The parameters that the superclass creates ask for it.
    super();
    this.sent = sent;
  }

  @Override
  public String uid() {
    return uid;
  }

  /**
   * Returns the network, to use it without Spark.
   *
   * @return the model, not a copy
   */
  public Model model() {
    return sent.model();
  }

  @Override
  public int numClasses() {
    return sent.model().net().outputs();
  }

  @Override
  public int numFeatures() {
    return sent.model().net().inputs();
  }

  @Override
  public LanewiseClassificationModel copy(ParamMap extra) {
    LanewiseClassificationModel copy =
        copyValues(new LanewiseClassificationModel(uid, sent), extra);
    return copy.setParent(parent());
  }

  /**
   * Hands on to the superclass. In Scala, whose tuples are covariant, it overrides that of its own
   * superclass; Java asks for a method that overrides both, which only a raw type can.
   *
   * @return the model for a summary and its columns
   */
  @Override
  @SuppressWarnings({"rawtypes", "unchecked"})
  public Tuple3 findSummaryModel() {
    return super.findSummaryModel();
  }

  @Override
  public Vector predictRaw(Vector features) {
    float[] row = new float[numFeatures()];
    FeatureRows.copy(FeatureRows.check(features, getFeaturesCol(), row.length), row, 0);
    float[] logits = new float[numClasses()];
    sent.predict(row, 1, logits, new float[logits.length]);
    return vector(logits, 0, logits.length);
  }

  @Override
  public Vector raw2probabilityInPlace(Vector rawPrediction) {
    double[] values = ((DenseVector) rawPrediction).values();
    float[] logits = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      logits[i] = (float) values[i]; // Exact: they were floats.
    }
    float[] probabilities = new float[values.length];
    sent.probabilities(logits, 1, probabilities);
    for (int i = 0; i < values.length; i++) {
      values[i] = probabilities[i];
    }
    return rawPrediction;
  }

  /** Appends the columns that have a name, in the order of Spark's own classifiers. */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType all = transformSchema(dataset.schema());
    StructType schema = dataset.schema();
    List<Output> outputs = new ArrayList<>();
    for (Output output : Output.values()) {
      String name = output.column(this);
      if (!name.isEmpty()) {
        schema = schema.add(all.apply(name));
        outputs.add(output);
      }
    }
    if (outputs.isEmpty()) {
      return dataset.toDF();
    }
    Dataset<Row> scored =
        dataset
            .toDF()
            .mapPartitions(
                scoring(
                    sent.broadcast(dataset.sparkSession().sparkContext()),
                    dataset.schema().fieldIndex(getFeaturesCol()),
                    getFeaturesCol(),
                    outputs,
                    new Decision(isDefined(thresholds()) ? getThresholds() : null)),
                Encoders.row(schema));
    return withMetadata(scored, schema);
  }

  /** Static, so that tasks get the network by its handle alone. */
  private static MapPartitionsFunction<Row, Row> scoring(
      Broadcast<SentModel> sent,
      int index,
      String column,
      List<Output> outputs,
      Decision decision) {
    return rows ->
        new Batches(rows, new VectorScorer(sent.value(), index, column, outputs, decision));
  }

  /** What columns know of themselves, such as their classes, does not survive a function. */
  private static Dataset<Row> withMetadata(Dataset<Row> scored, StructType schema) {
    StructField[] fields = schema.fields();
    Column[] columns = new Column[fields.length];
    boolean any = false;
    for (int i = 0; i < fields.length; i++) {
      Metadata metadata = fields[i].metadata();
      any |= !metadata.equals(Metadata.empty());
      Column column = scored.col("`" + fields[i].name().replace("`", "``") + "`");
      columns[i] = column.as(fields[i].name(), metadata);
    }
    return any ? scored.select(columns) : scored;
  }

  /** The columns that a model appends. */
  enum Output {
    RAW,
    PROBABILITY,
    PREDICTION;

    private String column(LanewiseClassificationModel model) {
      return switch (this) {
        case RAW -> model.getRawPredictionCol();
        case PROBABILITY -> model.getProbabilityCol();
        case PREDICTION -> model.getPredictionCol();
      };
    }
  }

  /** Scores batches of vectors; for one task. */
  private static final class VectorScorer implements Batches.Scorer {
    private final SentModel sent;
    private final int index;
    private final String column;
    private final List<Output> outputs;
    private final Decision decision;
    private final int inputs;
    private final int classes;
    private final float[] values;
    private final float[] logits;
    private final float[] probabilities;

    VectorScorer(
        SentModel sent, int index, String column, List<Output> outputs, Decision decision) {
      this.sent = sent;
      this.index = index;
      this.column = column;
      this.outputs = outputs;
      this.decision = decision;
      this.inputs = sent.model().net().inputs();
      this.classes = sent.model().net().outputs();
      this.values = new float[Math.multiplyExact(Batches.ROWS, inputs)];
      this.logits = new float[Math.multiplyExact(Batches.ROWS, classes)];
      this.probabilities = new float[logits.length];
    }

    @Override
    public List<Object[]> score(List<Row> rows, long first) {
      int count = rows.size();
      java.util.Arrays.fill(values, 0, count * inputs, 0);
      for (int row = 0; row < count; row++) {
        Vector features = FeatureRows.check(rows.get(row).get(index), column, inputs);
        FeatureRows.copy(features, values, row * inputs);
      }
      sent.predict(values, count, logits, probabilities);
      List<Object[]> scored = new ArrayList<>(count);
      for (int row = 0; row < count; row++) {
        int from = row * classes;
        scored.add(outputs.stream().map(output -> value(output, from)).toArray());
      }
      return scored;
    }

    private Object value(Output output, int from) {
      return switch (output) {
        case RAW -> vector(logits, from, classes);
        case PROBABILITY -> vector(probabilities, from, classes);
        case PREDICTION -> (double) decision.of(logits, probabilities, from, classes);
      };
    }
  }

  private static Vector vector(float[] values, int from, int count) {
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = values[from + i];
    }
    return Vectors.dense(numbers);
  }

  @Override
  public MLWriter write() {
    return new Writer(this);
  }

  /** Writes Spark's metadata, and the network as a file of its own. */
  private static final class Writer extends MLWriter {
    private final LanewiseClassificationModel model;

    Writer(LanewiseClassificationModel model) {
      this.model = model;
    }

    @Override
    public void saveImpl(String path) {
      DefaultParamsWriter.saveMetadata(model, path, sparkSession());
      try {
        model.sent.write(
            new Path(path, ModelFile.FILE_NAME),
            sparkSession().sparkContext().hadoopConfiguration());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Reads what {@link Writer} wrote. */
  private static final class Reader extends MLReader<LanewiseClassificationModel> {
    @Override
    public LanewiseClassificationModel load(String path) {
      DefaultParamsReader.Metadata metadata =
          DefaultParamsReader$.MODULE$.loadMetadata(
              path, sparkSession(), LanewiseClassificationModel.class.getName());
      try {
        SentModel sent =
            SentModel.read(
                new Path(path, ModelFile.FILE_NAME),
                sparkSession().sparkContext().hadoopConfiguration());
        LanewiseClassificationModel model = new LanewiseClassificationModel(metadata.uid(), sent);
        metadata.getAndSetParams(model, metadata.getAndSetParams$default$2());
        return model;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Returns a reader of saved models.
   *
   * @return a reader
   */
  public static MLReader<LanewiseClassificationModel> read() {
    return new Reader();
  }

  /**
   * Loads a model that was saved.
   *
   * @param path where {@code save} has put it
   * @return the model
   */
  public static LanewiseClassificationModel load(String path) {
    return read().load(path);
  }
}
