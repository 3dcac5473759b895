package lanewise.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lanewise.data.DataSource;
import lanewise.data.TableOptions;
import lanewise.kernel.Grey;
import lanewise.model.Model;
import lanewise.model.ModelFile;
import lanewise.model.ModelInfo;
import lanewise.nn.Mlp;
import lanewise.nn.Task;
import lanewise.run.Version;
import lanewise.table.Encoding;
import lanewise.table.Missing;
import lanewise.table.Scale;
import lanewise.table.Target;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files are scored to the bits of one machine. */
class ScoreTest {
  private static final String TRAIN =
      "age,color,note,y\n1,red,\"a, b\",no\n20,green,c,yes\n3,red,\"say \"\"d\"\"\",no\n9,blue,e,maybe\n";

  private static final String ROWS =
      "note,color,age,more\n\"x, y\",green,7.25,1\n\"say \"\"z\"\"\",red,,2\n,?,0.1,3\n,blue,1e1,4\n";

  private static SparkSession spark;

  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    spark = LocalSpark.session();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private Model model(String text, String label, Task task) throws IOException {
    List<String> ignored = text.contains("note") ? List.of("note") : List.of();
    TableOptions options = new TableOptions(label, ignored, task, Missing.MEAN, ',');
    var table = DataSource.table(write("train.csv", text), options);
    Encoding encoding = Encoding.fit(table, Scale.STANDARD, Missing.MEAN);
    Mlp net = Mlp.glorot(7, encoding.inputs(), 5, encoding.outputs()).withTask(task);
    return Model.of(net, encoding);
  }

  private List<String> arguments(Model model, Path in, String... others) throws IOException {
    Path file = directory.resolve("model.safetensors");
    ModelFile.write(file, model);
    return arguments(file, in, others);
  }

  private List<String> arguments(Path model, Path in, String... others) {
    List<String> all = new ArrayList<>(List.of("--model", model.toString(), "--in", in.toString()));
    all.addAll(List.of("--out", out().toString()));
    all.addAll(List.of(others));
    return all;
  }

  private void score(Model model, Path in, String... others) throws IOException {
    assertEquals(
        new ProgramRun(0, "", ""), ProgramRun.onSpark(Score::run, arguments(model, in, others)));
  }

  private Path out() {
    return directory.resolve("out");
  }

  private static float[] expected(Model model, Path csv) throws IOException {
    Encoding encoding = model.info().encoding().get();
    var table = DataSource.table(csv, encoding, false, ',');
    float[] out = new float[table.rows() * encoding.outputs()];
    model.net().predict(encoding.inputs(table), table.rows(), out);
    return out;
  }

  private static void assertScored(Model model, float[] expected, List<Row> scored) {
    List<String> classes = model.info().classes();
    int outputs = classes.size();
    assertEquals(expected.length / outputs, scored.size());
    for (int row = 0; row < scored.size(); row++) {
      int best = classes.indexOf(scored.get(row).<String>getAs("prediction"));
      float probability = Float.parseFloat(scored.get(row).getAs("probability").toString());
      assertEquals(expected[row * outputs + best], probability);
      for (int i = 0; i < outputs; i++) {
        assertTrue(expected[row * outputs + i] <= probability);
      }
    }
  }

  @Test
  void csvOfTablesIsScoredByName() throws IOException {
    Model model = model(TRAIN, "y", Task.CLASSIFY);
    Path rows = write("rows.csv", ROWS);
    score(model, rows);
    Dataset<Row> scored =
        spark.read().option("header", true).option("escape", "\"").csv(out().toString());
    assertEquals(
        List.of("note", "color", "age", "more", "prediction", "probability"),
        List.of(scored.columns()));
    List<Row> all = scored.collectAsList();
    assertScored(model, expected(model, rows), all);
    assertEquals("say \"z\"", all.get(1).getAs("note"));
    assertEquals("x, y", all.get(0).getAs("note"));
  }

  @Test
  void parquetIsScoredWhateverItsTypes() throws IOException {
    Model model = model(TRAIN, "y", Task.CLASSIFY);
    Path rows = write("rows.csv", ROWS);
    Dataset<Row> typed =
        spark
            .read()
            .option("header", true)
            .option("escape", "\"")
            .option("inferSchema", true)
            .csv(rows.toString());
    assertEquals("double", typed.schema().apply("age").dataType().typeName());
    String in = directory.resolve("rows.parquet").toString();
    typed.write().parquet(in);
    score(model, Path.of(in));
    Dataset<Row> scored = spark.read().parquet(out().toString());
    assertEquals("double", scored.schema().apply("age").dataType().typeName());
    assertScored(model, expected(model, rows), scored.collectAsList());
  }

  @Test
  void valuesAreInTheirUnits() throws IOException {
    Model model = model("age,y\n1,100\n2,300\n3,200\n", "y", Task.REGRESS);
    Path rows = write("rows.csv", "age\n1.5\n2.5\n");
    score(model, rows);
    List<Row> scored = spark.read().option("header", true).csv(out().toString()).collectAsList();
    Target.Value target = (Target.Value) model.info().encoding().get().target();
    float[] expected = expected(model, rows);
    for (int row = 0; row < 2; row++) {
      float value = Float.parseFloat(scored.get(row).getAs("prediction"));
      assertEquals(target.unscale(expected[row]), value);
    }
    assertEquals(2, scored.getFirst().length());
  }

  @Test
  void tablesWithoutHeaderAreScoredByPosition() throws IOException {
    Model model = model("1,5,no\n2,7,yes\n4,1,no\n", "3", Task.CLASSIFY);
    Path rows = write("rows.csv", "1,6\n3,2\n");
    score(model, rows);
    assertScored(
        model,
        expected(model, rows),
        spark
            .read()
            .csv(out().toString())
            .toDF("a", "b", "prediction", "probability")
            .collectAsList());
  }

  private static Model pixels() {
    Mlp net = Mlp.glorot(3, 4, 6, 3);
    return new Model(net, new ModelInfo(List.of("a", "b", "c"), ModelInfo.GREY, Map.of()));
  }

  private static float[] expectedOfPixels(int... greys) {
    float[] values = new float[greys.length];
    IntStream.range(0, greys.length).forEach(i -> values[i] = Grey.unit(greys[i]));
    float[] out = new float[greys.length / 4 * 3];
    pixels().net().predict(values, greys.length / 4, out);
    return out;
  }

  @Test
  void pixelsAreScoredWithAndWithoutHeaderAndLabel() throws IOException {
    float[] expected = expectedOfPixels(0, 10, 200, 255, 7, 0, 0, 99);
    String[] files = {
      "label,p1,p2,p3,p4\n5,0,10,200,255\n6,7,0,0,99\n",
      "p1,p2,p3,p4\n0,10,200,255\n7,0,0,99\n",
      "5,0,10,200,255\n6,7,0,0,99\n",
      "0,10,200,255\n7,0,0,99\n",
    };
    for (String text : files) {
      Path rows = write("rows.csv", text);
      score(pixels(), rows);
      boolean header = text.contains("p1");
      Dataset<Row> scored = spark.read().option("header", header).csv(out().toString());
      String[] names = scored.columns();
      names[names.length - 2] = "prediction";
      names[names.length - 1] = "probability";
      assertScored(pixels(), expected, scored.toDF(names).collectAsList());
      deleteOut();
    }
    Path rows = write("rows.csv", "p1,p2,p3,p4,digit\n0,10,200,255,x\n7,0,0,99,y\n");
    score(pixels(), rows, "--label", "digit");
    assertScored(
        pixels(),
        expected,
        spark.read().option("header", true).csv(out().toString()).collectAsList());
  }

  private void deleteOut() throws IOException {
    try (var files = Files.walk(out())) {
      for (Path each : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private String refusal(Model model, String text, String... others) throws IOException {
    return refusal(
        ProgramRun.onSpark(Score::run, arguments(model, write("rows.csv", text), others)));
  }

  /** The one line of a refusal. */
  private static String refusal(ProgramRun run) {
    assertEquals(1, run.status(), run.err());
    assertTrue(run.err().startsWith("lanewise: ") && run.err().endsWith("\n"), run.err());
    String line = run.err().substring(10, run.err().length() - 1);
    assertFalse(line.contains("\n"), line);
    return line;
  }

  @Test
  void refusesWhatItCannotScore() throws IOException {
    Model table = model(TRAIN, "y", Task.CLASSIFY);
    String rows = directory.resolve("rows.csv").toString();
    String noColumn = refusal(table, "note,color\nx,red\n");
    assertTrue(noColumn.contains("no column 'age', which the network needs"), noColumn);
    assertTrue(noColumn.startsWith(rows), noColumn);
    deleteOut();
    String bad = refusal(table, "color,age\nred,1\nred,old\n");
    assertEquals(
        rows
            + ", partition 0, line 2, column 'age': 'old', expected a number as in the training rows",
        bad);
    deleteOut();
    String unknown = refusal(table, "color,age\nred,1\npink,2\n");
    assertTrue(
        unknown.contains("line 2, column 'color': 'pink', which the training rows do not"),
        unknown);
    deleteOut();
    assertEquals(
        rows + ": it has a column prediction already, rename it",
        refusal(table, "color,age,prediction\nred,1,1\n"));
    assertEquals(
        rows + ": 3 columns, expected 4 for the network, or one more, the label",
        refusal(pixels(), "1,2,3\n"));
    assertEquals(
        rows + ": no column 'digit', which --label names",
        refusal(pixels(), "1,2,3,4,5\n", "--label", "digit"));
    String pixel = refusal(pixels(), "1,2,3,4\n5,6,x,8\n");
    assertEquals(rows + ", partition 0, line 2, column '_c2': 'x', expected a number", pixel);
  }

  @Test
  void refusesModelsThatAreNone() throws IOException {
    Path rows = write("rows.csv", "1,2\n");
    Path none = directory.resolve("none");
    assertEquals(
        none + ": no such file", refusal(ProgramRun.onSpark(Score::run, arguments(none, rows))));
    Path text = write("text", "no model");
    String line = refusal(ProgramRun.onSpark(Score::run, arguments(text, rows)));
    assertTrue(line.startsWith(text + ": "), line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--model m --in x --out y --mode x | unknown option '--mode'; did you mean --model?",
        "--in x --out y | missing required option: '--model=FILE'",
        "--model m --in | missing required parameter for option '--in' (PATH)",
        "--in x --in y | option '--in' (PATH) should be specified only once",
        "--model m --in x --out y --format xml | 'xml' is not csv or parquet",
      })
  void refusesOptions(String arguments, String line) {
    ProgramRun run = withoutSpark(arguments.split(" "));
    assertEquals(1, run.status());
    assertTrue(run.err().lines().findFirst().orElse("").contains(line.strip()), run.err());
    assertTrue(run.err().endsWith("\nTry 'lanewise.spark.Score --help'\n"), run.err());
  }

  private static ProgramRun withoutSpark(String... arguments) {
    return ProgramRun.of(Score::run, () -> fail("no need for Spark"), List.of(arguments));
  }

  @Test
  void helpAndVersionNeedNoCluster() {
    ProgramRun help = withoutSpark("--help");
    assertEquals(0, help.status(), help.err());
    assertTrue(help.out().startsWith("Usage: lanewise.spark.Score "), help.out());
    assertTrue(help.out().contains("  --delimiter=CHAR"), help.out());
    assertTrue(help.out().lines().allMatch(line -> line.length() <= 80), help.out());
    assertTrue(withoutSpark("--version").out().startsWith("Lanewise " + Version.text()));
  }

  @Test
  void theEndingTellsTheFormatAndTabSeparates() throws IOException {
    Path rows = write("rows.csv", "p1\tp2\tp3\tp4\n0\t10\t200\t255\n");
    score(pixels(), rows, "--delimiter", "tab");
    Dataset<Row> scored =
        spark.read().option("header", true).option("sep", "\t").csv(out().toString());
    assertScored(pixels(), expectedOfPixels(0, 10, 200, 255), scored.collectAsList());
    String parquet = directory.resolve("rows.PARQUET").toString();
    scored.drop("prediction", "probability").write().parquet(parquet);
    deleteOut();
    score(pixels(), Path.of(parquet));
    assertScored(
        pixels(),
        expectedOfPixels(0, 10, 200, 255),
        spark.read().parquet(out().toString()).collectAsList());
  }

  @Test
  void partitionsOfManyBatchesKeepTheirOrder() {
    List<Row> rows =
        IntStream.range(0, 1000).mapToObj(i -> org.apache.spark.sql.RowFactory.create(i)).toList();
    Batches batches =
        new Batches(
            rows.iterator(),
            (batch, first) ->
                IntStream.range(0, batch.size()).mapToObj(i -> new Object[] {first + i}).toList());
    long[] numbers = new long[1000];
    for (int i = 0; i < numbers.length; i++) {
      assertTrue(batches.hasNext());
      Row row = batches.next();
      assertEquals(i, row.getInt(0));
      numbers[i] = row.getLong(1);
    }
    assertArrayEquals(IntStream.rangeClosed(1, 1000).asLongStream().toArray(), numbers);
    assertThrows(java.util.NoSuchElementException.class, batches::next);
  }
}
