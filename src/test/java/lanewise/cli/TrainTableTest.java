package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import lanewise.model.Model;
import lanewise.model.ModelFile;
import lanewise.nn.Activation;
import lanewise.nn.Task;
import lanewise.run.HistoryReader;
import lanewise.run.Json;
import lanewise.table.Encoding;
import lanewise.table.Target;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code train --label}. */
class TrainTableTest {
  @TempDir private Path directory;

  @BeforeEach
  void write() throws IOException {
    Random random = new Random(11);
    Files.writeString(directory.resolve("train.csv"), fruit(120, random));
    Files.writeString(directory.resolve("test.csv"), fruit(60, random));
  }

  /** The kind depends on weight and colour; the price on weight; neither on shelf, always 3. */
  private static String fruit(int rows, Random random) {
    StringBuilder text = new StringBuilder("id,weight,colour,shelf,noise,price,kind\n");
    for (int row = 0; row < rows; row++) {
      double weight = 100 + 10 * random.nextGaussian();
      String colour = random.nextBoolean() ? "red" : "dark green";
      double price = 3 * weight + 20 + random.nextGaussian();
      String kind = colour.equals("red") ? "cherry, sweet" : weight > 100 ? "melon" : "pear";
      text.append(
          String.format(
              Locale.ROOT,
              "%d,%.3f,%s,3,%.3f,%.2f,\"%s\"\n",
              row,
              weight,
              colour,
              random.nextDouble(),
              price,
              kind));
    }
    return text.toString();
  }

  private Path out() {
    return directory.resolve("run");
  }

  private CommandRun train(String options) {
    List<String> args = new ArrayList<>(List.of("train", "--out", out().toString()));
    args.addAll(List.of(options.replace("DIR", directory.toString()).split(" ")));
    return CommandRun.of(args);
  }

  @Test
  void learnsClasses() throws IOException {
    CommandRun run =
        train("--train DIR/train.csv --test DIR/test.csv --label kind --ignore id,6 --epochs 60");
    assertEquals(0, run.status(), run.err());
    assertTrue(
        run.err()
            .contains(
                "Table: 2 columns of numbers, of text (categories): colour (2); 'kind': 3 classes"),
        run.err());
    assertTrue(run.err().contains("column 'shelf' is left out"), run.err());
    List<String> lines = run.out().lines().toList();
    assertEquals(62, lines.size());
    assertTrue(lines.get(60).matches("Test Accuracy: (9\\d|100)\\.\\d\\d%"), lines.get(60));
    Model model = ModelFile.read(out().resolve("model.safetensors"));
    assertEquals(List.of("cherry, sweet", "melon", "pear"), model.info().classes());
    Encoding encoding = model.info().encoding().orElseThrow();
    assertEquals(List.of("shelf"), encoding.dropped());
    assertEquals(4, model.net().inputs());
    Json summary = Json.read(out().resolve("summary.json"));
    assertEquals("kind", summary.at("data.label"));
    assertEquals("classify", summary.at("data.task"));
    List<?> importance = (List<?>) summary.at("importance.columns");
    assertEquals(3, importance.size());
    assertEquals("noise", name(importance.getLast()));
    CommandRun evaluated =
        CommandRun.of(
            "evaluate",
            "--model",
            out().resolve("model.safetensors").toString(),
            "--test",
            directory.resolve("test.csv").toString(),
            "--json");
    assertEquals(0, evaluated.status(), evaluated.err());
    assertTrue(
        evaluated.out().contains("\"accuracy\":" + summary.at("test.accuracy")), evaluated.out());
  }

  private static Object name(Object column) {
    return ((Map<?, ?>) column).get("name");
  }

  @Test
  void learnsNumbers() throws IOException {
    CommandRun run =
        train(
            "--train DIR/train.csv --label price --task regress --ignore id,kind --validation 0.25"
                + " --activation tanh --epochs 80 --test-every 40");
    assertEquals(0, run.status(), run.err());
    assertTrue(run.err().contains("90 training rows, 30 to validate and test with"), run.err());
    List<String> lines = run.out().lines().toList();
    assertTrue(
        lines.get(0).matches("Epoch 1/80 - loss: \\d+\\.\\d{4} - r2: .* - val_r2: .*"),
        lines.get(0));
    assertTrue(lines.get(80).matches("Test R2: 0\\.9\\d{3}"), lines.get(80));
    assertTrue(lines.get(81).matches("Test RMSE: \\d\\.\\d+"), lines.get(81));
    assertTrue(lines.get(82).startsWith("Weights: sha256 "), lines.get(82));
    Model model = ModelFile.read(out().resolve("model.safetensors"));
    assertEquals(Task.REGRESS, model.net().task());
    assertEquals(Activation.TANH, model.net().activation());
    Encoding encoding = model.info().encoding().orElseThrow();
    assertEquals(325, ((Target.Value) encoding.target()).offset(), 20);
    Json summary = Json.read(out().resolve("summary.json"));
    double rmse =
        rmse((List<?>) summary.at("pairs.truth"), (List<?>) summary.at("pairs.predicted"));
    assertEquals(rmse, number(summary.at("test.rmse")), 1e-4 * rmse);
    assertEquals(rmse, Double.parseDouble(lines.get(81).substring(11)), 1e-4 * rmse);
    assertEquals(30, summary.at("test.rows"));
    assertEquals("r2", Files.readAllLines(out().resolve("history.csv")).get(0).split(",")[2]);
    assertEquals(80, HistoryReader.read(out()).size());
    assertFalse(Files.exists(out().resolve("mistakes.json")));
    CommandRun again = CommandRun.of("train", "--resume", out().toString());
    assertEquals(0, again.status(), again.err());
    assertEquals(String.join("\n", lines.subList(80, 83)) + "\n", again.out());
    CommandRun report = CommandRun.of("report", "--run", out().toString());
    assertEquals(0, report.status(), report.err());
  }

  /** In the units of the values. */
  private static double rmse(List<?> truth, List<?> predicted) {
    assertEquals(30, truth.size());
    double sum = 0;
    for (int row = 0; row < truth.size(); row++) {
      double difference = number(predicted.get(row)) - number(truth.get(row));
      sum += difference * difference;
    }
    return Math.sqrt(sum / truth.size());
  }

  private static double number(Object json) {
    return ((Number) json).doubleValue();
  }

  /** Means and deviations are those of the rows that are learnt from. */
  @Test
  void validationRowsHaveNoPartInTheScales() throws IOException {
    Path file = directory.resolve("last.csv");
    Files.writeString(file, "x,y\n1,a\n3,b\n1,a\n3,b\n1000,a\n");
    assertEquals(
        0,
        train("--train " + file + " --label y --validation 1 --shuffle none --epochs 1").status());
    Model model = ModelFile.read(out().resolve("model.safetensors"));
    assertEquals(
        "[Numbers[name=x, offset=2.0, divisor=1.0, mean=2.0]]",
        model.info().encoding().orElseThrow().columns().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--label kind --class-weights balanced", "--label price --task regress"})
  void isResumedToTheSameBits(String options) throws IOException {
    String files = "--train DIR/train.csv --test DIR/test.csv --ignore id ";
    CommandRun first = train(files + options + " --epochs 9");
    assertEquals(0, first.status(), first.err());
    byte[] whole = Files.readAllBytes(out().resolve("model.safetensors"));
    assertEquals(0, train(files + options + " --epochs 9 --engine scalar --threads 1").status());
    assertArrayEquals(whole, Files.readAllBytes(out().resolve("model.safetensors")));
    Files.delete(out().resolve("summary.json"));
    Files.delete(out().resolve("model.safetensors"));
    CommandRun resumed = CommandRun.of("train", "--resume", out().toString());
    assertEquals(0, resumed.status(), resumed.err());
    assertArrayEquals(whole, Files.readAllBytes(out().resolve("model.safetensors")));
  }

  @Test
  void aMovedTableIsNamedAgain() throws IOException {
    assertEquals(
        0, train("--train DIR/train.csv --label kind --validation 0.2 --epochs 2").status());
    Files.delete(out().resolve("summary.json"));
    Path moved = directory.resolve("moved.csv");
    Files.move(directory.resolve("train.csv"), moved);
    CommandRun lost = CommandRun.of("train", "--resume", out().toString());
    assertEquals(1, lost.status());
    assertEquals(1, lost.err().lines().count(), lost.err());
    CommandRun found =
        CommandRun.of("train", "--resume", out().toString(), "--train", moved.toString());
    assertEquals(0, found.status(), found.err());
    CommandRun other =
        CommandRun.of(
            "train",
            "--resume",
            out().toString(),
            "--train",
            directory.resolve("test.csv").toString());
    assertEquals(0, other.status(), "a complete run reads no data");
  }

  /** Rows of bytes, read as a table without scaling, give the network of the byte way. */
  @Test
  void bytesAsATableGiveTheSameBits() throws IOException {
    StringBuilder bytes = new StringBuilder();
    StringBuilder units = new StringBuilder();
    Random random = new Random(2);
    for (int row = 0; row < 40; row++) {
      bytes.append(row % 3);
      units.append(row % 3);
      for (int i = 0; i < 6; i++) {
        int value = random.nextInt(256);
        bytes.append(',').append(value);
        units.append(',').append(value / 255f);
      }
      bytes.append('\n');
      units.append('\n');
    }
    Path grey = Files.writeString(directory.resolve("grey.csv"), bytes);
    Path table = Files.writeString(directory.resolve("table.csv"), units);
    String recipe = " --recipe reference --epochs 5 --lr 0.5 --hidden 9";
    CommandRun first = train("--train " + grey + " --test " + grey + recipe);
    CommandRun second =
        train("--train " + table + " --test " + table + " --label 1 --scale none" + recipe);
    assertEquals(0, second.status(), second.err());
    assertEquals(first.out(), second.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--label kind | --label needs a table: give --train FILE",
        "--train T --label kind | a table needs test rows: give --test FILE, or --validation SHARE",
        "--train T --test T --task regress | --task would have no effect without --label",
        "--train T --test T --ignore a --scale none | --ignore, --scale would have no effect without --label",
        "--train T --test T --missing mean | --missing would have no effect without --label",
        "--train T --test T --delimiter tab | --delimiter would have no effect without --label",
        "--train T --test T --label price --task regress --class-weights balanced | --class-weights needs classes: leave it out with --task regress",
        "--train T --test T --label price --task regress --label-smoothing 0.1 | --label-smoothing needs classes: leave it out with --task regress",
        "--train T --test T --label price --task regress --target-accuracy 0.9 | --target-accuracy needs classes: leave it out with --task regress",
        "--train T --test T --label kind --task guess | 'guess' is not classify or regress",
        "--train T --test T --label kind --missing skip | 'skip' is not fail or mean",
        "--train T --test T --label kind --scale log | 'log' is not standard, minmax or none",
        "--train T --test T --label kind --activation elu | 'elu' is not relu or tanh",
        "--train T --test T --label kind --class-weights even | 'even' is not balanced",
        "--train T --test T --label kind --delimiter ab | 'ab' is not a character such as ';', or 'tab'",
      })
  void misuseIsExplained(String options, String sentence) {
    CommandRun run = train(options.replace(" T", " DIR/train.csv"));
    assertEquals(1, run.status());
    assertEquals("", run.out());
    assertTrue(run.err().startsWith("lanewise: "), run.err());
    assertTrue(run.err().contains(sentence), run.err());
    assertFalse(Files.exists(out()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--label colour --augment | only square grey images can be distorted",
        "--label colour --shuffle groups | only rows of at most",
        "--label weight --ignore id,colour,noise,price,kind --task regress | every column but the label has the same value",
        "--label colour --train-rows 200 | 200 training rows requested, but only 120 available",
        "--label Kind | 'Kind'",
        "--label kind --ignore colours | 'colours'",
        "--label colour --task regress | line 2, column 'colour': 'red', expected a number to predict",
      })
  void unfitTablesAreRefusedInOneLine(String options, String part) {
    CommandRun run = train("--train DIR/train.csv --test DIR/test.csv --epochs 1 " + options);
    assertEquals(1, run.status());
    assertEquals("", run.out());
    String last = run.err().lines().toList().getLast();
    assertTrue(last.startsWith("lanewise: ") && last.contains(part), run.err());
    assertFalse(run.err().contains("\tat "), run.err());
    assertFalse(Files.exists(out()));
  }

  @Test
  void manyNumbersAreSuspectedToBeNoClasses() {
    CommandRun run = train("--train DIR/train.csv --label id --validation 20 --epochs 1");
    assertEquals(0, run.status(), run.err());
    assertTrue(
        run.err()
            .contains("column 'id' has 120 classes, all of them numbers; --task regress predicts"),
        run.err());
    CommandRun few = train("--train DIR/train.csv --label shelf --validation 20 --epochs 1");
    assertFalse(few.err().contains("--task regress"), few.err());
  }

  @Test
  void theTestFileMustFit() throws IOException {
    String test = Files.readString(directory.resolve("test.csv")).replace("melon", "grape");
    Files.writeString(directory.resolve("test.csv"), test);
    CommandRun run = train("--train DIR/train.csv --test DIR/test.csv --label kind --epochs 1");
    assertEquals(1, run.status());
    assertTrue(run.err().contains("test.csv, line ") && run.err().contains("'grape'"), run.err());
  }
}
