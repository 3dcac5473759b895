package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lanewise.model.ModelFile;
import lanewise.run.Json;
import lanewise.run.RunDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code train --resume}: what is resumed, what starts over, what is refused. */
class ResumeTest {
  @TempDir private Path directory;
  private UnfinishedRun run;

  @BeforeEach
  void breakARun() throws IOException {
    run = UnfinishedRun.in(directory);
  }

  private Path file(String name) {
    return run.path().resolve(name);
  }

  private Map<Path, String> content() throws IOException {
    Map<Path, String> content = new HashMap<>();
    try (Stream<Path> files = Files.list(run.path())) {
      for (Path file : files.filter(f -> !f.endsWith("run.lock")).toList()) {
        content.put(file, Arrays.toString(Files.readAllBytes(file)));
      }
    }
    return content;
  }

  /** One line, status 1, and an unchanged directory. */
  private void assertRefused(String answer, String... more) throws IOException {
    Map<Path, String> before = content();
    CommandRun refused = run.resume(more);
    assertEquals(1, refused.status());
    assertEquals("", refused.out());
    assertTrue(refused.err().startsWith("lanewise: "), refused.err());
    assertTrue(refused.err().contains(answer), refused.err());
    assertEquals(1, refused.err().lines().count(), refused.err());
    assertEquals(before, content());
  }

  private static void flip(Path file, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= 1;
    Files.write(file, bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "--threads 1", "--threads 3", "--engine scalar", "--quiet", "--offline"})
  void theResultIsThatOfAnUninterruptedRun(String more) throws IOException {
    CommandRun resumed = run.resume(more.isEmpty() ? new String[0] : more.split(" "));
    assertEquals(0, resumed.status(), resumed.err());
    assertEquals(run.printedAfter(UnfinishedRun.SAFE), resumed.out());
    assertEquals(run.history(), UnfinishedRun.figures(run.path()));
    Json summary = Json.read(file("summary.json"));
    assertTrue(resumed.out().endsWith("sha256 " + summary.at("weights.sha256") + "\n"));
    assertEquals(UnfinishedRun.EPOCHS, summary.at("settings.epochs"));
    assertEquals(Json.read(file("run.json")).at("started"), summary.at("started"));
    assertTrue(Files.exists(file("model.safetensors")));
    if (more.equals("--quiet")) {
      assertEquals("", resumed.err());
    } else {
      String first = resumed.err().lines().findFirst().orElseThrow();
      assertEquals("Resuming the run in %s after epoch 4 of 7".formatted(run.path()), first);
    }
  }

  /** The checkpoint was written in time, the line was not. */
  @ParameterizedTest
  @ValueSource(ints = {0, 3, 10})
  void anEpochWithoutItsLineIsEvaluatedAgain(int bytesLeft) throws IOException {
    String history = Files.readString(file("history.csv"));
    int lineOfFour = history.indexOf("\n4,") + 1;
    Files.writeString(file("history.csv"), history.substring(0, lineOfFour + bytesLeft));
    CommandRun resumed = run.resume();
    assertEquals(run.printedAfter(UnfinishedRun.SAFE - 1), resumed.out(), resumed.err());
    assertEquals(run.history(), UnfinishedRun.figures(run.path()));
  }

  @Test
  void resumesWhenOnlyTheFinalTestIsLeft() throws IOException {
    Files.delete(file("checkpoint.previous.safetensors"));
    List<String> args = TinyData.train(directory, "--out", run.path().toString());
    args.addAll(List.of("--epochs", "3", "--checkpoint-every", "1"));
    CommandRun whole = CommandRun.of(args);
    Files.delete(file("summary.json"));
    CommandRun resumed = run.resume();
    assertEquals(0, resumed.status(), resumed.err());
    assertEquals(String.join("\n", whole.out().lines().skip(3).toList()) + "\n", resumed.out());
    assertEquals(4, Files.readAllLines(file("history.csv")).size());
    assertEquals(60, Json.read(file("summary.json")).at("training.rows"));
  }

  @Test
  void withoutACheckpointTheRunStartsOver() throws IOException {
    Files.delete(file("checkpoint.previous.safetensors"));
    CommandRun resumed = run.resume();
    assertEquals(0, resumed.status(), resumed.err());
    assertEquals(run.uninterrupted(), resumed.out());
    assertEquals(run.history(), UnfinishedRun.figures(run.path()));
    assertTrue(resumed.err().contains("has no checkpoint yet and starts over"), resumed.err());
  }

  @Test
  void aFinishedRunSaysHowItEnded() throws IOException {
    run.resume();
    Map<Path, String> before = content();
    CommandRun again = run.resume("--threads", "2");
    assertEquals(0, again.status());
    assertEquals(run.printedAfter(UnfinishedRun.EPOCHS), again.out());
    assertTrue(again.err().startsWith("The run in " + run.path() + " is complete"), again.err());
    assertEquals(before, content());
  }

  @Test
  void aDamagedCheckpointIsReportedAndThePreviousOneUsed() throws IOException {
    Path newest = file("checkpoint.safetensors");
    Files.copy(file("checkpoint.previous.safetensors"), newest);
    flip(newest, (int) Files.size(newest) - 5);
    CommandRun resumed = run.resume("--quiet", "--checkpoint-every", "1");
    assertEquals(0, resumed.status(), resumed.err());
    assertEquals(run.printedAfter(UnfinishedRun.SAFE), resumed.out());
    assertTrue(
        resumed.err().matches("lanewise: \\Q" + newest + "\\E: damaged: .* after epoch 4\\R"),
        resumed.err());
    ModelFile.read(file("checkpoint.previous.safetensors"));
  }

  @Test
  void withoutAGoodCheckpointTheRunIsRefused() throws IOException {
    Files.copy(file("checkpoint.previous.safetensors"), file("checkpoint.safetensors"));
    flip(file("checkpoint.safetensors"), 1000);
    flip(file("checkpoint.previous.safetensors"), 200);
    assertRefused("there is no other checkpoint: remove the run's files to start over");
  }

  @Test
  void aCheckpointOfAnotherRunIsRefused() throws IOException {
    Path other = directory.resolve("runs/other");
    List<String> args = TinyData.train(directory, "--out", other.toString(), "--epochs", "2");
    args.addAll(List.of("--hidden", "5", "--seed", "9", "--checkpoint-every", "1"));
    CommandRun.of(args);
    Files.copy(
        other.resolve("checkpoint.safetensors"),
        file("checkpoint.safetensors"),
        StandardCopyOption.REPLACE_EXISTING);
    assertRefused("the checkpoint does not belong to the run in run.json");
  }

  @Test
  void changedDataIsRefused() throws IOException {
    Path test = directory.resolve("test.csv");
    Files.writeString(test, Files.readString(test).replaceFirst("(?s)\\d+\n$", "7\n"));
    assertRefused("not the data that the run in " + run.path() + " started with: SHA-256 ");
  }

  @Test
  void movedDataCanBeNamedAgain() throws IOException {
    Path train = Files.move(directory.resolve("train.csv"), directory.resolve("a.csv"));
    Path test = Files.move(directory.resolve("test.csv"), directory.resolve("b.csv"));
    assertRefused(directory.resolve("train.csv") + ": no such file");
    CommandRun resumed = run.resume("--train", train.toString(), "--test", test.toString());
    assertEquals(run.printedAfter(UnfinishedRun.SAFE), resumed.out(), resumed.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--train-rows 9",
        "--hidden 4",
        "--batch 4",
        "--lr 2",
        "--epochs 9",
        "--seed 1",
        "--out x"
      })
  void anOptionThatWouldChangeTheRunIsRefused(String option) throws IOException {
    assertRefused("leave out " + option.split(" ")[0] + " (only --threads,", option.split(" "));
  }

  @Test
  void theRunIsLockedWhileItRuns() throws IOException {
    try (RunDirectory held = RunDirectory.of(run.path())) {
      long pid = ProcessHandle.current().pid();
      assertRefused("another run is writing there (process %d): wait".formatted(pid));
      Map<Path, String> before = content();
      CommandRun train =
          CommandRun.of(TinyData.train(directory, "--out", held.path().toString(), "--quiet"));
      assertEquals(1, train.status());
      assertTrue(train.err().contains("another run is writing there"), train.err());
      assertEquals(1, train.err().lines().count(), train.err());
      assertEquals(before, content());
    }
    assertEquals(0, run.resume().status());
  }

  @Test
  void aNewRunReplacesItAndSaysSo() throws IOException {
    List<String> args = TinyData.train(directory, "--out", run.path().toString(), "--epochs", "1");
    args.addAll(List.of("--checkpoint-every", "0"));
    CommandRun fresh = CommandRun.of(args);
    assertTrue(
        fresh.err().startsWith("The unfinished run in " + run.path() + " is replaced\n"),
        fresh.err());
    assertFalse(Files.exists(file("checkpoint.previous.safetensors")));
    assertEquals(2, Files.readAllLines(file("history.csv")).size());
    CommandRun again = CommandRun.of(args);
    assertFalse(again.err().contains("unfinished"), again.err());
  }

  @Test
  void missingLinesOfTheHistoryAreNamed() throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(file("history.csv")));
    lines.remove(2);
    Files.write(file("history.csv"), lines);
    CommandRun resumed = run.resume("--quiet");
    assertEquals(0, resumed.status());
    assertEquals(
        "lanewise: %s: the lines of epochs 2 to 3 are missing\n".formatted(file("history.csv")),
        resumed.err());
    assertEquals(
        List.of("1", "4", "5", "6", "7"),
        Files.readAllLines(file("history.csv")).stream()
            .skip(1)
            .map(line -> line.split(",")[0])
            .toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"learningRate\" : 1.0 | \"learningRate\" : \"x\" | run.json: no number 'recipe.learningRate'",
        "\"learningRate\" : 1.0 | \"learningRate\" : -1 | run.json: no finite number of at least 0",
        "\"learningRate\" : 1.0 | \"learningRate\" : 2 | the checkpoint does not belong to the run",
        "\"learningRate\" : | \"rate\" : | run.json: no number 'recipe.learningRate'",
        "\"sha256\" | \"sha255\" | run.json: no string 'data.sha256'",
        "\"batch\" : 8 | \"batch\" : 0 | run.json: no integer from 1 to 2147483647 'recipe.batch'",
        "\"hidden\" : [ 50 ] | \"hidden\" : [ 0 ] | run.json: no integer from 1 to 2147483647",
        "\"hidden\" : [ 50 ] | \"hidden\" : [ 51 ] | the checkpoint does not belong to the run",
        "\"engine\" : \"auto\" | \"engine\" : \"gpu\" | run.json: no engine name 'session.engine'",
        "\"train\" : | \"trains\" : | run.json: no string 'data.train'",
        "lanewise-run-1 | lanewise-run-9 | run.json: not a run that this version can resume",
        "\"format\" | \"options\" | run.json: not a run that this version can resume",
      })
  void aManipulatedRecordIsReported(String text, String other, String answer) throws IOException {
    String record = Files.readString(file("run.json"));
    assertTrue(record.contains(text.strip()), record);
    Files.writeString(file("run.json"), record.replace(text.strip(), other.strip()));
    assertRefused(answer);
  }

  @Test
  void aPartialRecordIsReported() throws IOException {
    byte[] record = Files.readAllBytes(file("run.json"));
    for (int length = 0; length < record.length - 2; length += 13) {
      Files.write(file("run.json"), Arrays.copyOf(record, length));
      assertRefused("run.json: no");
    }
  }

  @Test
  void aDirectoryWithoutARunIsReported() throws IOException {
    Path empty = Files.createDirectory(directory.resolve("empty"));
    for (String place : List.of("empty", "none", "train.csv")) {
      Path path = directory.resolve(place);
      CommandRun refused = CommandRun.of("train", "--resume", path.toString());
      assertEquals(1, refused.status());
      assertTrue(refused.err().startsWith("lanewise: " + path + ": "), refused.err());
      assertEquals(1, refused.err().lines().count(), refused.err());
    }
    try (Stream<Path> files = Files.list(empty)) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void theRecordHasTheAbsolutePathOfTheData() throws IOException {
    Json record = Json.read(file("run.json"));
    assertEquals(directory.resolve("train.csv").toString(), record.at("data.train"));
    assertEquals(directory.resolve("test.csv").toString(), record.at("data.test"));
    assertTrue(((String) record.at("data.sha256")).matches("[0-9a-f]{64}"));
  }
}
