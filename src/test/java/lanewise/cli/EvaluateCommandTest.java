package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lanewise.model.Model;
import lanewise.model.ModelFile;
import lanewise.model.ModelInfo;
import lanewise.nn.ThreeClasses;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A saved network is evaluated with the same result as after its training. */
class EvaluateCommandTest {
  @TempDir private static Path directory;
  private static CommandRun training;
  private static Path model;
  private static Path test;

  @BeforeAll
  static void train() throws IOException {
    Path out = directory.resolve("run");
    String[] more = {"--out", out.toString(), "--epochs", "4", "--hidden", "8", "--batch", "4"};
    List<String> args = TinyData.train(directory, more);
    args.addAll(List.of("--lr", "0.8"));
    training = CommandRun.of(args);
    assertEquals(0, training.status(), training.err());
    model = out.resolve("model.safetensors");
    test = directory.resolve("test.csv");
  }

  private static CommandRun evaluate(String... more) {
    List<String> all = new ArrayList<>(List.of("evaluate", "--model", model.toString()));
    all.addAll(List.of(more));
    return CommandRun.of(all);
  }

  @Test
  void theAccuracyIsThatOfTheTraining() {
    CommandRun run = evaluate("--test", test.toString());
    assertEquals(0, run.status(), run.err());
    String accuracy = training.out().replaceAll("(?s).*Test (Accuracy: [0-9.]+%).*", "$1");
    assertTrue(run.out().startsWith(accuracy + " ("), run.out());
    assertTrue(run.out().contains("of 20)"), run.out());
    assertTrue(run.err().contains("Network: 6-8-3 from " + model), run.err());
    assertTrue(run.err().contains("Data: " + test + ", 20 rows"), run.err());
    assertEquals("", evaluate("--test", test.toString(), "--quiet").err());
  }

  @Test
  void jsonIsOneObjectThatAddsUp() throws IOException {
    CommandRun run = evaluate("--test", test.toString(), "--json");
    assertEquals(1, run.out().lines().count());
    int sum = 0;
    int diagonal = 0;
    int correct = -1;
    try (JsonParser json = new JsonFactory().createParser(run.out())) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        String path = json.getParsingContext().pathAsPointer().toString();
        if (token == JsonToken.VALUE_NUMBER_INT && path.startsWith("/confusion/")) {
          String[] place = path.split("/");
          sum += json.getIntValue();
          diagonal += place[2].equals(place[3]) ? json.getIntValue() : 0;
        }
        if (path.equals("/correct") && token == JsonToken.VALUE_NUMBER_INT) {
          correct = json.getIntValue();
        }
      }
    }
    assertEquals(TinyData.TEST_ROWS, sum);
    assertEquals(correct, diagonal);
    assertTrue(run.out().contains("\"accuracy\":" + correct / 20.0), run.out());
  }

  /** Every field of the JSON, and the counts in the page. */
  @Test
  void eachFigureIsInItsField() throws IOException {
    Path file = directory.resolve("three.safetensors");
    ModelInfo info = new ModelInfo(ThreeClasses.LABELS, 1, Map.of());
    ModelFile.write(file, new Model(ThreeClasses.net(), info));
    Path rows = Files.writeString(directory.resolve("three.csv"), ThreeClasses.csv());
    Path page = directory.resolve("three.html");
    CommandRun run =
        CommandRun.of(
            List.of(
                "evaluate",
                "--model=" + file,
                "--test=" + rows,
                "--json",
                "--quiet",
                "--report=" + page));
    assertEquals("", run.err());
    assertEquals(
        """
        {"data":{"source":"SOURCE","sha256":"SHA256"},\
        "rows":168,"correct":157,"accuracy":0.9345238095238095,"loss":1408.0,\
        "classes":[\
        {"label":"ant","rows":100,"precision":0.9514563106796117,"recall":0.98,"f1":0.9655172413793104},\
        {"label":"bee","rows":60,"precision":0.9076923076923077,"recall":0.9833333333333333,"f1":0.944},\
        {"label":"cat","rows":8,"precision":null,"recall":0.0,"f1":0.0}],\
        "confusion":[[98,2,0],[1,59,0],[4,4,0]]}
        """,
        run.out().replace(rows.toString(), "SOURCE").replaceFirst("[0-9a-f]{64}", "SHA256"));
    assertTrue(Files.readString(page).contains("\"confusion\":[[98,2,0],[1,59,0],[4,4,0]]"));
  }

  @Test
  void directoriesWork() throws IOException {
    Path data = Files.createDirectory(directory.resolve("data"));
    Files.copy(directory.resolve("train.csv"), data.resolve("mnist_train.csv"));
    Files.copy(test, data.resolve("mnist_test.csv"));
    CommandRun run = evaluate("--data", data.toString());
    assertEquals(evaluate("--test", test.toString()).out(), run.out());
  }

  @Test
  void rowsThatDoNotFitTheNetworkAreRefused() throws IOException {
    Path narrow = Files.writeString(directory.resolve("narrow.csv"), "1,2,3\n");
    Path label = Files.writeString(directory.resolve("label.csv"), "3,1,2,3,4,5,6\n");
    CommandRun run = evaluate("--test", narrow.toString());
    assertEquals(1, run.status());
    assertEquals("", run.out());
    assertEquals(
        "lanewise: %s: 2 values per row, but the network in %s expects 6\n"
            .formatted(narrow, model),
        run.err());
    assertEquals(
        "lanewise: %s: label 3, but the classes of the network in %s end at 2\n"
            .formatted(label, model),
        evaluate("--test", label.toString()).err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--data a --test b | --data and --test exclude each other: give a directory or a file",
        "--test | missing required parameter for option '--test'",
        "--test none.csv | none.csv: no such file",
        "--data nowhere | nowhere: no such directory, expected",
        "--jsn | unknown option '--jsn'; did you mean --json?",
        "more | unexpected argument 'more'",
        "--model x | option '--model' (FILE) should be specified only once",
      })
  void errorsAreReportedInOneLine(String arguments, String answer) {
    CommandRun run = evaluate(arguments.split(" "));
    assertAll(
        () -> assertEquals(1, run.status()),
        () -> assertEquals("", run.out()),
        () -> assertTrue(run.err().startsWith("lanewise: " + answer), run.err()));
  }

  @Test
  void aReportIsWrittenAndNothingElseThatIsThereIsReplaced() throws IOException {
    Path page = directory.resolve("page.html");
    CommandRun run = evaluate("--test", test.toString(), "--report", page.toString());
    assertEquals(0, run.status(), run.err());
    assertTrue(run.err().contains("Report: " + page), run.err());
    assertTrue(Files.readString(page).contains("</html>"));
    CommandRun onModel = evaluate("--test", test.toString(), "--report", model.toString());
    assertEquals(1, onModel.status());
    assertTrue(
        onModel.err().contains("cannot write to " + model + ": this command reads it"),
        onModel.err());
    CommandRun onDirectory = evaluate("--test", test.toString(), "--report", directory.toString());
    assertEquals(1, onDirectory.status());
    assertEquals("", onDirectory.out());
    assertTrue(onDirectory.err().startsWith("lanewise: cannot write to " + directory));
  }

  @Test
  void aMissingModelIsReported() {
    CommandRun run = CommandRun.of("evaluate", "--model", "none.safetensors", "--data", "x");
    assertEquals(1, run.status());
    assertEquals("lanewise: none.safetensors: no such file\n", run.err());
    assertFalse(run.out().contains("Accuracy"));
  }
}
