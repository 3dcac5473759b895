package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lanewise.data.DataSource;
import lanewise.data.TableOptions;
import lanewise.model.Model;
import lanewise.model.ModelFile;
import lanewise.model.ModelInfo;
import lanewise.nn.Mlp;
import lanewise.nn.Optimizer;
import lanewise.nn.Task;
import lanewise.nn.Trainer;
import lanewise.run.Json;
import lanewise.table.Encoding;
import lanewise.table.Missing;
import lanewise.table.Scale;
import lanewise.table.Table;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code evaluate}, {@code predict} and {@code export} with networks of tables. */
class TableCommandsTest {
  private static final String LONG = "a species with a very long name, and more";

  @TempDir private static Path shared;
  private static Path species;
  private static Path price;
  private static Path grey;

  @TempDir private Path directory;

  @BeforeAll
  static void train() throws IOException {
    species = shared.resolve("species.safetensors");
    price = shared.resolve("price.safetensors");
    grey = shared.resolve("grey.safetensors");
    StringBuilder flowers = new StringBuilder("length,colour,species\n");
    StringBuilder houses = new StringBuilder("size;garden;price\n");
    for (int row = 0; row < 60; row++) {
      float length = row % 3 + row / 100f;
      String name = List.of("Iris-setosa", "Iris-versicolor", LONG).get(row % 3);
      flowers.append(
          String.format(
              Locale.ROOT, "%.2f,%s,\"%s\"\n", length, row % 3 == 1 ? "red" : "blue", name));
      boolean garden = row % 2 == 0;
      houses.append("%d;%s;%d\n".formatted(row + 40, garden, 1000 * row + (garden ? 9000 : 0)));
    }
    Path train = Files.writeString(shared.resolve("flowers.csv"), flowers);
    fit(train, "species", Task.CLASSIFY, species);
    fit(Files.writeString(shared.resolve("houses.csv"), houses), "price", Task.REGRESS, price);
    ModelFile.write(
        grey,
        new Model(Mlp.glorot(1, 784, 10), new ModelInfo(ModelInfo.numbered(10), 255, Map.of())));
  }

  private static void fit(Path train, String label, Task task, Path model) throws IOException {
    TableOptions options = new TableOptions(label, List.of(), task, Missing.FAIL, (char) 0);
    Table table = DataSource.table(train, options);
    Encoding encoding = Encoding.fit(table, Scale.STANDARD, Missing.FAIL);
    Mlp net = Mlp.glorot(1, encoding.inputs(), 16, encoding.outputs()).withTask(task);
    Trainer.builder(net)
        .batchSize(20)
        .optimizer(Optimizer.adam())
        .learningRate(0.02)
        .build()
        .fit(encoding.samples(table), 200);
    ModelFile.write(model, Model.of(net, encoding));
  }

  private static CommandRun run(String command, Path model, String... more) {
    List<String> all = new ArrayList<>(List.of(command, "--model", model.toString()));
    all.addAll(List.of(more));
    return CommandRun.of(all);
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  @Test
  void jsonOfARegressionIsInTheUnitsOfItsColumn() throws IOException {
    String test = write("test.csv", "garden,price,size\ntrue,4000,40\nfalse,36000,71\n");
    Json json = Json.of(run("evaluate", price, "--test", test, "--json").out());
    assertEquals(test, json.at("data.source"));
    assertEquals("price", json.at("target"));
    assertEquals(2, json.at("rows"));
    assertEquals(5000, ((Number) json.at("rmse")).doubleValue(), 1000);
    assertEquals(5000, ((Number) json.at("meanAbsoluteError")).doubleValue(), 1000);
    assertTrue(((Number) json.at("r2")).doubleValue() > 0.8);
  }

  @Test
  void aClassificationIsEvaluated() {
    String test = shared.resolve("flowers.csv").toString();
    CommandRun run = run("evaluate", species, "--test", test);
    assertEquals(0, run.status(), run.err());
    assertTrue(run.out().startsWith("Accuracy: 100.00% (60 of 60)\n"), run.out());
    assertTrue(run.out().lines().allMatch(line -> line.length() <= 80), run.out());
    assertTrue(run.out().contains("\nIris-versicolor       20    100.00%"), run.out());
    assertTrue(run.out().contains("\na species with ~      20 "), run.out());
    assertEquals(
        "Network: 3-16-3 from %s\nData: %s, 60 rows\n".formatted(species, test), run.err());
  }

  @Test
  void jsonOfAClassificationHasWholeNames() {
    String test = shared.resolve("flowers.csv").toString();
    CommandRun run = run("evaluate", species, "--test", test, "--json");
    List<?> classes = (List<?>) Json.of(run.out()).at("classes");
    assertEquals(LONG, ((Map<?, ?>) classes.get(2)).get("label"));
  }

  @Test
  void aRegressionIsEvaluatedInTheUnitsOfItsColumn() throws IOException {
    // The network is right but for 50 or so: the true values are off by 5000 each.
    String test = write("test.csv", "garden;price;size\ntrue;4000;40\nfalse;36000;71\n");
    CommandRun run = run("evaluate", price, "--test", test, "--delimiter", ";");
    assertEquals(0, run.status(), run.err());
    List<String> lines = run.out().lines().toList();
    assertEquals(3, lines.size(), run.out());
    assertTrue(lines.get(0).matches("R2: 0\\.[89]\\d{3}"), run.out());
    assertEquals(5000, number(lines.get(1), "RMSE: "), 1000);
    assertEquals(5000, number(lines.get(2), "Mean absolute error: "), 1000);
  }

  private static double number(String line, String start) {
    assertTrue(line.startsWith(start), line);
    return Double.parseDouble(line.substring(start.length()));
  }

  @Test
  void predictionsHaveNamesAndProbabilities() throws IOException {
    String rows = write("rows.txt", "colour\tother\tlength\nred\tx\t1.1\n\nblue\ty\t0.1\n");
    CommandRun run = run("predict", species, rows);
    assertEquals(0, run.status(), run.err());
    List<String> lines = run.out().lines().toList();
    assertEquals(2, lines.size());
    assertTrue(
        lines.get(0).matches("\\Q" + rows + "\\E:2  Iris-versicolor +[0-9.]{5,6}%  .*%"),
        run.out());
    assertTrue(
        lines.get(1).matches("\\Q" + rows + "\\E:4  Iris-setosa     +[0-9.]{5,6}%  .*%"),
        run.out());
    assertEquals(run.out(), run("predict", species, "--delimiter", "tab", rows).out());
  }

  @Test
  void aRegressionPredictsValues() throws IOException {
    String rows = write("rows.csv", "size,garden,price\n60,true,\n71,false,?\n");
    CommandRun run = run("predict", price, rows);
    assertEquals(0, run.status(), run.err());
    List<String> lines = run.out().lines().toList();
    assertEquals(29_000, number(lines.get(0), rows + ":2  "), 1500);
    assertEquals(31_000, number(lines.get(1), rows + ":3  "), 1500);
    CommandRun json = run("predict", price, rows, "--json");
    Json first = Json.of(json.out().lines().findFirst().orElseThrow());
    assertEquals(rows + ":2", first.at("name"));
    assertEquals(
        number(lines.get(0), rows + ":2  "), ((Number) first.at("value")).doubleValue(), 1e-9);
  }

  @Test
  void standardInputIsATable() throws IOException {
    InputStream before = System.in;
    try {
      String text = "length,colour\n0.1,blue\n";
      System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
      CommandRun run = run("predict", species, "-", "--json");
      assertEquals(0, run.status(), run.err());
      Json json = Json.of(run.out());
      assertEquals("-:2", json.at("name"));
      assertEquals("Iris-setosa", json.at("class"));
      assertTrue(((Number) json.at("probabilities." + LONG)).doubleValue() < 0.1, run.out());
      System.setIn(new ByteArrayInputStream(new byte[0]));
      CommandRun empty = run("predict", species, "-");
      assertEquals(1, empty.status());
      assertTrue(empty.err().startsWith("lanewise: standard input: "), empty.err());
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void whatDoesNotFitIsReportedAndTheOthersArePredicted() throws IOException {
    String good = write("good.csv", "length,colour\n0.1,blue\n");
    List<String> files =
        List.of(
            write("column.csv", "length,hue\n0.1,blue\n"),
            write("category.csv", "length,colour\n0.1,blue\n0.1,pink\n"),
            write("missing.csv", "length,colour\n,blue\n"),
            write("text.csv", "length,colour\nlong,blue\n"),
            directory.resolve("none.csv").toString(),
            directory.resolve("x.png").toString(),
            good);
    CommandRun run = run("predict", species, files.toArray(String[]::new));
    assertEquals(1, run.status());
    assertEquals(1, run.out().lines().count(), run.out());
    List<String> errors = run.err().lines().toList();
    List<String> expected =
        List.of(
            "column.csv: no column 'colour', which the network needs; the header has ",
            "category.csv, line 3, column 'colour': 'pink', which the training rows do not have",
            "missing.csv, line 2, column 'length': ",
            "text.csv, line 2, column 'length': 'long', expected a number",
            "none.csv: no such file",
            "x.png: an image, but the network in " + species + " takes tables");
    assertEquals(expected.size(), errors.size(), run.err());
    for (int i = 0; i < errors.size(); i++) {
      assertTrue(
          errors.get(i).startsWith("lanewise: " + directory + "/" + expected.get(i)),
          errors.get(i));
    }
  }

  @Test
  void evaluateNeedsKnownLabels() throws IOException {
    String none = write("none.csv", "length,colour\n0.1,blue\n");
    CommandRun run = run("evaluate", species, "--test", none);
    assertEquals(1, run.status());
    assertTrue(run.err().contains("no column 'species', which has the label"), run.err());
    String other = write("other.csv", "length,colour,species\n0.1,blue,rose\n");
    String message = run("evaluate", species, "--test", other).err();
    assertTrue(message.contains("line 2, column 'species': 'rose', which the"), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "evaluate | species | | a network of tables: name one with --test",
        "evaluate | species | --data builtin | a network of tables: name one with --test, as"
            + " --data is for grey values",
        "evaluate | grey | --test x --delimiter ; | a network of grey values, but --delimiter is"
            + " for tables",
        "predict | grey | x --delimiter ; | a network of grey values, but --delimiter is for"
            + " tables",
      })
  void aNetworkOfTheOtherKindIsRefused(
      String command, String network, String options, String message) {
    Path model = shared.resolve(network + ".safetensors");
    String[] more = options == null ? new String[0] : options.split(" ");
    CommandRun run = run(command, model, more);
    assertEquals(1, run.status());
    assertEquals("", run.out());
    assertEquals("lanewise: %s: %s\n".formatted(model, message), run.err());
  }

  @Test
  void aNetworkOfGreyValuesRefusesATableInOneLine() {
    String table = shared.resolve("flowers.csv").toString();
    for (CommandRun run :
        List.of(run("evaluate", grey, "--test", table), run("predict", grey, table))) {
      assertEquals(1, run.status());
      assertEquals("", run.out());
      assertEquals(1, run.err().lines().count(), run.err());
      assertTrue(run.err().startsWith("lanewise: " + table), run.err());
    }
  }

  @Test
  void numbersOfUnknownMeaningAreNotPredicted() throws IOException {
    Path model = directory.resolve("numbers.safetensors");
    ModelFile.write(model, Model.of(Mlp.glorot(1, 784, 2).withTask(Task.REGRESS)));
    for (String command : List.of("evaluate --test x", "predict x.csv")) {
      CommandRun run = run(command.split(" ")[0], model, command.split(" ", 2)[1].split(" "));
      assertEquals(1, run.status());
      assertTrue(run.err().contains("does not take tables: it cannot be used"), run.err());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"ab", "a", "5", "\"", "``", "TAB"})
  void aDelimiterIsOneCharacter(String delimiter) {
    CommandRun run = run("predict", species, "x.csv", "--delimiter=" + delimiter);
    assertEquals(1, run.status());
    assertTrue(run.err().contains("is not a character such as ';', or 'tab'"), run.err());
  }

  @Test
  void aPageOfAClassificationHasNoPictures() throws IOException {
    String test = write("wrong.csv", "length,colour,species\n0.1,blue,Iris-versicolor\n");
    Path page = directory.resolve("page.html");
    CommandRun run = run("evaluate", species, "--test", test, "--report", page.toString());
    assertEquals(0, run.status(), run.err());
    assertTrue(Files.readString(page).contains("</html>"));
  }

  @Test
  void bothFormatsAreExported() {
    Path onnx = directory.resolve("a.onnx");
    Path npz = directory.resolve("a.npz");
    CommandRun run = run("export", price, "--onnx", onnx.toString(), "--npz", npz.toString());
    assertEquals(0, run.status(), run.err());
    assertTrue(Files.exists(onnx) && Files.exists(npz));
    assertFalse(run.err().contains("lanewise: "), run.err());
  }
}
