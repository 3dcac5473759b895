package lanewise.spark;

import java.io.IOException;
import java.io.Serial;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.ml.classification.ProbabilisticClassifier;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MetadataUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * A multilayer perceptron as an estimator of Spark ML. {@link #fit} gathers the rows in one task,
 * which trains with the task's cores ({@code spark.task.cpus}); the weights have the same bits
 * whatever their number, and those of a training of the same rows, in the same order, by {@link
 * lanewise.nn.Trainer} on one machine. The order is that of the partitions and within these.
 *
 * <p>Features, dense or sparse vectors, are used as float32, unscaled: put a {@code StandardScaler}
 * before, or another scaler. Labels are whole numbers from 0, as {@code StringIndexer} makes them;
 * there are as many classes as its metadata say, else the largest label + 1, and at least 2.
 *
 * <p>{@code fit} throws {@link IllegalArgumentException} with a sentence if rows times features are
 * more than 2,147,483,639, a label or a feature cannot be learnt, or the training diverges.
 */
public final class LanewiseClassifier
    extends ProbabilisticClassifier<Vector, LanewiseClassifier, LanewiseClassificationModel>
    implements DefaultParamsWritable {
  @Serial private static final long serialVersionUID = 1;

  private static final long DEFAULT_SEED = 42;

  private final String uid;
  private final Param<String> recipe;
  private final IntArrayParam layers;
  private final IntParam epochs;
  private final IntParam batchSize;
  private final DoubleParam learningRate;
  private final LongParam seed;
  private final BooleanParam balanced;

  /** Creates a classifier with a random identifier. */
  public LanewiseClassifier() {
    this(Identifiable.randomUID("lanewise"));
  }

  /**
   * Creates a classifier.
   *
   * @param uid its identifier in pipelines, unique
   */
  public LanewiseClassifier(String uid) {
    this.uid = uid; // The parameters that the superclass creates ask for it.
    super();
    recipe =
        new Param<>(
            this,
            "recipe",
            "a named recipe, of which the other parameters override parts: "
                + String.join(", ", Plan.names()));
    layers =
        new IntArrayParam(
            this, "layers", "sizes of the hidden layers, without inputs and classes; may be empty");
    epochs = new IntParam(this, "epochs", "passes over the rows, at least 0");
    batchSize = new IntParam(this, "batchSize", "rows per step, at least 1");
    learningRate =
        new DoubleParam(
            this, "learningRate", "finite, at least 0; the peak if the recipe has a schedule");
    seed = new LongParam(this, "seed", "of all random choices, 0 to 2^32 - 1");
    balanced = new BooleanParam(this, "balanced", "whether all classes weigh the same");
    setDefault(recipe, "table");
    setDefault(seed, DEFAULT_SEED);
    setDefault(balanced, false);
  }

  @Override
  public String uid() {
    return uid;
  }

  /**
   * The parameter of {@link #setRecipe}.
   *
   * @return {@code table} by default
   */
  public Param<String> recipe() {
    return recipe;
  }

  /**
   * The parameter of {@link #setLayers}.
   *
   * @return the recipe's by default
   */
  public IntArrayParam layers() {
    return layers;
  }

  /**
   * The parameter of {@link #setEpochs}.
   *
   * @return the recipe's by default
   */
  public IntParam epochs() {
    return epochs;
  }

  /**
   * The parameter of {@link #setBatchSize}.
   *
   * @return the recipe's by default
   */
  public IntParam batchSize() {
    return batchSize;
  }

  /**
   * The parameter of {@link #setLearningRate}.
   *
   * @return the recipe's by default
   */
  public DoubleParam learningRate() {
    return learningRate;
  }

  /**
   * The parameter of {@link #setSeed}.
   *
   * @return 42 by default
   */
  public LongParam seed() {
    return seed;
  }

  /**
   * The parameter of {@link #setBalanced}.
   *
   * @return false by default
   */
  public BooleanParam balanced() {
    return balanced;
  }

  /**
   * Sets the recipe: how the network learns, wherever no other parameter says otherwise.
   *
   * @param name {@code reference}, {@code fast} or {@code table}; {@code best} distorts images and
   *     is refused when fitting
   * @return this classifier
   */
  public LanewiseClassifier setRecipe(String name) {
    set(recipe, name);
    return this;
  }

  /**
   * Sets the hidden layers.
   *
   * @param sizes each at least 1, without inputs and classes, which the rows tell; none for a
   *     linear classifier
   * @return this classifier
   */
  public LanewiseClassifier setLayers(int... sizes) {
    set(layers, sizes);
    return this;
  }

  /**
   * Sets the number of passes over the rows; a recipe's warm-up keeps its share of them.
   *
   * @param passes at least 0
   * @return this classifier
   */
  public LanewiseClassifier setEpochs(int passes) {
    set((Param<Object>) epochs, passes);
    return this;
  }

  /**
   * Sets the batch size.
   *
   * @param rows rows per step, at least 1
   * @return this classifier
   */
  public LanewiseClassifier setBatchSize(int rows) {
    set((Param<Object>) batchSize, rows);
    return this;
  }

  /**
   * Sets the learning rate.
   *
   * @param rate finite, at least 0; the peak if the recipe has a schedule
   * @return this classifier
   */
  public LanewiseClassifier setLearningRate(double rate) {
    set((Param<Object>) learningRate, rate);
    return this;
  }

  /**
   * Sets the seed of the initial weights and of all other random choices.
   *
   * @param value 0 to 2^32 - 1
   * @return this classifier
   */
  public LanewiseClassifier setSeed(long value) {
    set((Param<Object>) seed, value);
    return this;
  }

  /**
   * Sets whether rows of rare classes weigh more, so that all classes weigh the same.
   *
   * @param value false by default
   * @return this classifier
   */
  public LanewiseClassifier setBalanced(boolean value) {
    set((Param<Object>) balanced, value);
    return this;
  }

  @Override
  public LanewiseClassifier copy(ParamMap extra) {
    return copyValues(new LanewiseClassifier(uid), extra);
  }

  /** Checks parameters and columns; a pipeline calls it before it fits anything. */
  @Override
  public StructType transformSchema(StructType schema) {
    plan();
    return super.transformSchema(schema);
  }

  private Plan plan() {
    return new Plan(
        getOrDefault(recipe),
        or(layers),
        (Integer) or(epochs),
        (Integer) or(batchSize),
        (Double) or(learningRate),
        (Long) getOrDefault((Param<Object>) seed),
        (Boolean) getOrDefault((Param<Object>) balanced));
  }

  private <T> T or(Param<T> param) {
    return isDefined(param) ? getOrDefault(param) : null;
  }

  @Override
  public LanewiseClassificationModel train(Dataset<?> dataset) {
    String label = getLabelCol();
    TrainingTask task = new TrainingTask(plan(), classes(dataset.schema(), label));
    JavaPairRDD<Long, Piece> pieces =
        dataset
            .select(dataset.col(label).cast("double"), dataset.col(getFeaturesCol()))
            .javaRDD()
            .mapPartitionsToPair(rows -> new Pieces(TaskContext.getPartitionId(), rows));
    TrainingTask.Outcome outcome =
        pieces
            .repartitionAndSortWithinPartitions(new HashPartitioner(1))
            .mapPartitions(sorted -> List.of(task.train(sorted)).iterator())
            .collect()
            .getFirst();
    if (outcome.refusal != null) {
      throw new IllegalArgumentException(outcome.refusal);
    }
    try {
      return new LanewiseClassificationModel(uid, SentModel.of(outcome.model, uid));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static int classes(StructType schema, String label) {
    scala.Option<Object> known = MetadataUtils.getNumClasses(schema.apply(label));
    return known.isDefined() ? (Integer) known.get() : 0;
  }

  /**
   * Returns a reader of saved classifiers.
   *
   * @return a reader
   */
  public static MLReader<LanewiseClassifier> read() {
    return new DefaultParamsReader<>();
  }

  /**
   * Loads a classifier that was saved.
   *
   * @param path where {@code save} has put it
   * @return the classifier
   */
  public static LanewiseClassifier load(String path) {
    return read().load(path);
  }
}
