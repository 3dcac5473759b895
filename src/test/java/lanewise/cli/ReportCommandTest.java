package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page that a run writes and that {@code report} generates again. */
class ReportCommandTest {
  @TempDir private Path directory;
  private Path run;

  @BeforeEach
  void nameRun() {
    run = directory.resolve("run");
  }

  private CommandRun train(String... more) throws IOException {
    List<String> args = TinyData.train(directory, "--out", run.toString(), "--hidden", "4");
    Collections.addAll(args, more);
    return CommandRun.of(args);
  }

  private CommandRun report(String... more) {
    List<String> args = new ArrayList<>(List.of("report", "--run", run.toString()));
    Collections.addAll(args, more);
    return CommandRun.of(args);
  }

  @Test
  void theSamePageIsGeneratedAgain() throws IOException {
    assertEquals(0, train("--epochs", "2").status());
    Path page = run.resolve("report.html");
    byte[] first = Files.readAllBytes(page);
    Files.delete(page);
    CommandRun again = report();
    assertEquals(0, again.status(), again.err());
    assertEquals("Report: " + page + System.lineSeparator(), again.err());
    assertEquals("", again.out());
    assertArrayEquals(first, Files.readAllBytes(page));
    Path other = directory.resolve("other.html");
    assertEquals(0, report("--out", other.toString()).status());
    assertArrayEquals(first, Files.readAllBytes(other));
  }

  @Test
  void theCommandOnThePageRepeatsTheRun() throws IOException {
    CommandRun first =
        train("--epochs", "3", "--seed", "7", "--lr", "0.5", "--train-rows", "50", "--batch", "8");
    Matcher command =
        Pattern.compile("\"command\":\"java [^\"]* train ([^\"]*)\"")
            .matcher(Files.readString(run.resolve("report.html")));
    assertTrue(command.find());
    List<String> args = new ArrayList<>(List.of("train"));
    args.addAll(List.of(command.group(1).split(" ")));
    args.addAll(List.of("--out", directory.resolve("again").toString()));
    assertEquals(first.out(), CommandRun.of(args).out());
  }

  @Test
  void aModelThatWasSavedElsewhereIsNamed() throws IOException {
    Path model = directory.resolve("elsewhere.safetensors");
    assertEquals(0, train("--epochs", "1", "--save", model.toString()).status());
    byte[] first = Files.readAllBytes(run.resolve("report.html"));
    CommandRun without = report();
    assertEquals(0, without.status());
    assertTrue(without.err().contains("the page has no drawing pad"), without.err());
    assertEquals(0, report("--model", model.toString()).status());
    assertArrayEquals(first, Files.readAllBytes(run.resolve("report.html")));
  }

  @Test
  void testingDuringTrainingChangesNoWeight() throws IOException {
    CommandRun plain = train("--epochs", "5");
    assertEquals("epoch,loss,accuracy,seconds", history().get(0));
    CommandRun tested = train("--epochs", "5", "--test-every", "2");
    assertEquals(plain.out(), tested.out());
    List<String> lines = history();
    assertEquals("epoch,loss,accuracy,seconds,test_accuracy", lines.get(0));
    assertTrue(lines.get(1).endsWith(","), lines.get(1));
    assertTrue(lines.get(2).matches("2,.*,\\d\\.\\d+"), lines.get(2));
    assertTrue(lines.get(4).matches("4,.*,\\d\\.\\d+"), lines.get(4));
    assertTrue(lines.get(5).endsWith(","), lines.get(5));
    assertTrue(
        Files.readString(run.resolve("report.html")).contains("\"testScore\":"), "in the page");
  }

  private List<String> history() throws IOException {
    return Files.readAllLines(run.resolve("history.csv"));
  }

  @Test
  void theDirectoryOfThePageIsCreated() throws IOException {
    train("--epochs", "1");
    Path page = directory.resolve("pages/of/runs/one.html");
    assertEquals(0, report("--out", page.toString()).status());
    assertTrue(Files.readString(page).contains("</html>"));
  }

  @Test
  void anUnfinishedRunHasNoPage() throws IOException {
    train("--epochs", "1");
    train("--epochs", "1", "--lr", "1e300");
    assertFalse(Files.exists(run.resolve("report.html")));
    CommandRun report = report();
    assertEquals(1, report.status());
    assertEquals(
        "lanewise: " + run + ": no completed run (summary.json is missing)\n",
        report.err().replace("\r", ""));
  }

  @Test
  void aMissingDirectoryIsReported() {
    CommandRun report = report();
    assertEquals(1, report.status());
    assertEquals("lanewise: " + run + ": no such directory", report.err().strip());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "summary.json | {} | no number 'test.rows'",
        "summary.json | [] | not a JSON object",
        "summary.json | {\"test\": | not JSON, line",
        "history.csv | epoch,loss,accuracy,seconds@1,x,0.5,1@ | line 2 does not hold the figures of an epoch",
        "history.csv | epoch,loss@1,2@ | line 2 does not hold the figures of an epoch",
        "history.csv | epoch,loss,accuracy,seconds@1,NaN,0.5,1@ | line 2 does not hold the figures of an epoch",
        "mistakes.json | {\"width\": 6, \"total\": 1} | no list 'rows'",
        "mistakes.json | {\"width\": 6, \"total\": 1, \"rows\": [{\"values\": \"AA==\"}]} | a row has 1 value, expected 6",
        "mistakes.json | {\"width\": 6, \"total\": 1, \"rows\": [{\"values\": \"?\"}]} | no Base64 string 'values'",
        "run.json | {} | not a run",
        "model.safetensors | x | model.safetensors: ",
      })
  void aDamagedFileIsReported(String name, String content, String answer) throws IOException {
    train("--epochs", "1");
    Path page = run.resolve("report.html");
    byte[] before = Files.readAllBytes(page);
    Files.writeString(run.resolve(name), content.replace('@', '\n'));
    CommandRun report = report();
    assertEquals(1, report.status(), report.err());
    assertEquals(1, report.err().lines().count(), report.err());
    assertTrue(report.err().startsWith("lanewise: " + run.resolve(name)), report.err());
    assertTrue(report.err().contains(answer), report.err());
    assertArrayEquals(before, Files.readAllBytes(page));
  }

  @Test
  void anotherModelIsRefused() throws IOException {
    train("--epochs", "1");
    Path model = directory.resolve("other.safetensors");
    Files.copy(run.resolve("model.safetensors"), model);
    train("--epochs", "1", "--seed", "7");
    CommandRun report = report("--model", model.toString());
    assertEquals(1, report.status());
    assertTrue(report.err().contains("the model has different weights"), report.err());
  }

  @ParameterizedTest
  @CsvSource({
    "--out summary.json, this command reads it",
    "--out model.safetensors, this command reads it",
    "--model gone.safetensors, no such file",
    "--out history.csv/page.html, is not a directory",
    "--run, missing required parameter for option '--run'",
    "--runs x, unknown option '--runs'",
  })
  void anInvalidOptionIsReportedInOneLine(String options, String answer) throws IOException {
    train("--epochs", "1");
    String[] words = options.split(" ");
    if (words.length == 2) {
      words[1] = run.resolve(words[1]).toString();
    }
    CommandRun report =
        options.startsWith("--run") ? CommandRun.of(prepend("report", words)) : report(words);
    assertEquals(1, report.status(), report.err());
    assertTrue(report.err().contains(answer), report.err());
    assertTrue(report.err().lines().count() <= 2, report.err());
  }

  private static List<String> prepend(String first, String[] words) {
    List<String> all = new ArrayList<>(List.of(first));
    Collections.addAll(all, words);
    return all;
  }

  @Test
  void anEvaluationLeavesAPage() throws IOException {
    train("--epochs", "1");
    Path page = directory.resolve("evaluation.html");
    String model = run.resolve("model.safetensors").toString();
    String test = directory.resolve("test.csv").toString();
    CommandRun evaluated =
        CommandRun.of("evaluate", "--model", model, "--test", test, "--report", page.toString());
    assertEquals(0, evaluated.status(), evaluated.err());
    assertTrue(evaluated.err().contains("Report: " + page), evaluated.err());
    assertTrue(Files.readString(page).contains("\"testRows\":20"));
    CommandRun over =
        CommandRun.of("evaluate", "--model", model, "--test", test, "--report", model);
    assertEquals(1, over.status());
    assertTrue(over.err().contains(": this command reads it"), over.err());
  }
}
