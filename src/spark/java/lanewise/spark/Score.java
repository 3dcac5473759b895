package lanewise.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import lanewise.cli.Programs;
import lanewise.data.DataException;
import lanewise.io.FloatText;
import lanewise.model.Model;
import lanewise.model.ModelException;
import lanewise.model.ModelFile;
import lanewise.nn.Task;
import lanewise.run.RunException;
import lanewise.table.Encoding;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Scores files with a network, on a cluster: {@code spark-submit --class lanewise.spark.Score
 * lanewise-spark.jar --model FILE --in PATH --out PATH}. Reads CSV or Parquet, and writes the same
 * rows in the same format with what the network says: {@code prediction}, the class or the value,
 * and of a class {@code probability}. A task holds one batch of rows at a time.
 *
 * <p>A network of tables takes its columns by their names, as {@code lanewise predict} does; any
 * other takes the columns in their order, after a label if there is one column more.
 */
@Command(
    description = "Scores the rows of CSV or Parquet files with a network.",
    sortOptions = false)
public final class Score implements Callable<Integer> {
  /** The column of the class or the value. */
  static final String PREDICTION = "prediction";

  /** The column of the probability of the class. */
  static final String PROBABILITY = "probability";

  /** Spark's name for a first column without one, as of an index that a program wrote. */
  private static final String SPARKS_FIRST = "_c0";

  private final Supplier<SparkSession> spark;

  @Mixin private ScoreOptions options;

  private Score(Supplier<SparkSession> spark) {
    this.spark = spark;
  }

  /**
   * Scores files. What cannot be done is said in one line, with exit status 1.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    SparkProgram.submitted("lanewise score", Score::run, arguments);
  }

  /**
   * Scores files.
   *
   * @param spark called if the options are valid
   * @param out receives help
   * @param err receives everything else
   * @return the exit status
   */
  static int run(
      Supplier<SparkSession> spark, PrintWriter out, PrintWriter err, String... arguments) {
    return Programs.commandLine("lanewise.spark.Score", new Score(spark), out, err)
        .execute(arguments);
  }

  @Override
  public Integer call() throws RunException {
    try {
      score(spark.get());
      return 0;
    } catch (Exception e) { // Spark's own messages tell what its readers and writers found.
      throw new RunException(reason(e), e);
    }
  }

  /** The sentence of ours among the causes, else the first line of what Spark says. */
  static String reason(Throwable problem) {
    for (Throwable e = problem; e != null; e = e.getCause()) {
      if (e instanceof DataException || e instanceof ModelException || e instanceof RunException) {
        return e.getMessage();
      }
    }
    String message = problem.getMessage();
    return message == null ? problem.toString() : message.lines().findFirst().orElse("");
  }

  private void score(SparkSession spark) throws IOException {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    SentModel sent = SentModel.read(file(options.model(), hadoop), hadoop);
    boolean header = options.csv() && hasHeader(spark, sent.model());
    Dataset<Row> rows = options.csv() ? csv(spark, header) : spark.read().parquet(options.in());
    DataFrameWriter<Row> writer = score(rows, header, sent).write();
    if (options.csv()) {
      writer
          .option("header", header)
          .option("sep", options.delimiter())
          .option("escape", "\"")
          .csv(options.out());
    } else {
      writer.parquet(options.out());
    }
  }

  /** The model's file, in a directory of Spark's or by itself. */
  private static Path file(String name, Configuration hadoop) throws IOException {
    Path path = new Path(name);
    FileSystem files = path.getFileSystem(hadoop);
    try {
      return files.getFileStatus(path).isDirectory() ? new Path(path, ModelFile.FILE_NAME) : path;
    } catch (FileNotFoundException e) {
      throw new ModelException(name + ": no such file", e);
    }
  }

  /** As in training or, for a network without a table, as the first line looks. */
  private boolean hasHeader(SparkSession spark, Model model) {
    return model.info().encoding().map(Encoding::named).orElseGet(() -> startsWithNames(spark));
  }

  private Dataset<Row> csv(SparkSession spark, boolean header) {
    return spark
        .read()
        .option("header", header)
        .option("sep", options.delimiter())
        .option("escape", "\"")
        // Rows of more or fewer cells are refused, and files with another header.
        .option("mode", "FAILFAST")
        .option("enforceSchema", false)
        .csv(options.in());
  }

  /** Whether the first line has no number, and so must be a header. */
  private boolean startsWithNames(SparkSession spark) {
    List<String> first = spark.read().textFile(options.in()).takeAsList(1);
    return !first.isEmpty()
        && Arrays.stream(first.getFirst().split(Pattern.quote(options.delimiter())))
            .allMatch(cell -> Float.isNaN(FloatText.parse(cell.strip())));
  }

  /**
   * Appends what the network says of each row.
   *
   * @param header whether the rows come from CSV with a header, whose first name may be blank
   */
  private Dataset<Row> score(Dataset<Row> rows, boolean header, SentModel sent) throws IOException {
    Model model = sent.model();
    List<String> names = new ArrayList<>(List.of(rows.columns()));
    if (header && names.getFirst().equals(SPARKS_FIRST)) {
      names.set(0, "");
    }
    boolean classifies = model.net().task() == Task.CLASSIFY;
    for (String added : Set.of(PREDICTION, PROBABILITY)) {
      if (names.contains(added)) {
        throw new DataException(
            "%s: it has a column %s already, rename it".formatted(options.in(), added));
      }
    }
    StructType schema =
        rows.schema().add(PREDICTION, classifies ? DataTypes.StringType : DataTypes.FloatType);
    if (classifies) {
      schema = schema.add(PROBABILITY, DataTypes.FloatType);
    }
    if (!classifies && model.net().outputs() != 1) {
      throw new DataException(
          "%s: a regression of %d values, expected one"
              .formatted(options.model(), model.net().outputs()));
    }
    boolean table = model.info().encoding().isPresent();
    int[] inputs = table ? null : PixelInputs.columns(names, options, model.net().inputs());
    return rows.mapPartitions(
        scoring(sent.broadcast(rows.sparkSession().sparkContext()), names, options.in(), inputs),
        Encoders.row(schema));
  }

  /**
   * Static, so that tasks get the network by its handle alone.
   *
   * @param inputs the columns of a network of pixels; null for one of tables
   */
  private static MapPartitionsFunction<Row, Row> scoring(
      Broadcast<SentModel> sent, List<String> names, String source, int[] inputs) {
    return rows -> {
      String part = "%s, partition %d".formatted(source, TaskContext.getPartitionId());
      Model model = sent.value().model();
      CellInputs encoder =
          inputs == null
              ? new TableInputs(model.info().encoding().get(), names, part)
              : new PixelInputs(inputs, model.info().inputDivisor(), names, part);
      return new Batches(rows, new CellScorer(sent.value(), encoder, part));
    };
  }
}
