package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import lanewise.run.Decimals;
import lanewise.run.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs on a small data set. */
class TrainCommandTest {
  private static final String ACCURACY_LINE = "Test Accuracy: \\d+\\.\\d\\d%";
  private static final String WEIGHTS_LINE = "Weights: sha256 [0-9a-f]{64}";

  @TempDir private Path directory;
  private Path out;

  @BeforeEach
  void nameOut() {
    out = directory.resolve("runs/one");
  }

  private CommandRun train(String... more) throws IOException {
    List<String> args = TinyData.train(directory, "--out", out.toString(), "--batch", "8");
    Collections.addAll(args, more);
    return CommandRun.of(args);
  }

  @Test
  void theResultIsALineAnEpochThenTwo() throws IOException {
    CommandRun run = train("--epochs", "12", "--hidden", "5,4");
    List<String> lines = run.out().lines().toList();
    assertEquals(0, run.status(), run.err());
    assertEquals(14, lines.size(), run.out());
    for (int epoch = 1; epoch <= 12; epoch++) {
      String expected = "Epoch " + epoch + "/12 - loss: \\d+\\.\\d{4} - acc: [01]\\.\\d{4}";
      assertTrue(lines.get(epoch - 1).matches(expected), lines.get(epoch - 1));
    }
    assertTrue(lines.get(12).matches(ACCURACY_LINE), lines.get(12));
    assertTrue(lines.get(13).matches(WEIGHTS_LINE), lines.get(13));
    assertFalse(run.out().contains("\r"));
    assertTrue(run.out().endsWith("\n"));
  }

  @Test
  void notesAreFewAndShort() throws IOException {
    CommandRun run = train("--epochs", "3");
    assertFalse(run.err().contains("\r") || run.err().contains("\u001b"), run.err());
    List<String> lines = run.err().lines().toList();
    assertEquals(6, lines.size(), run.err());
    assertTrue(lines.get(0).matches("Lanewise \\S+: \\S+ engine, \\d+ lanes?, \\d+ threads?"));
    assertTrue(lines.get(1).endsWith("; 60 training rows, 20 test rows"), lines.get(1));
    assertTrue(lines.get(2).startsWith("Network: 6-256-128-3, 35,075 parameters; batch 8"));
    assertTrue(
        lines.get(3).matches("3 epochs in \\d+\\.\\d s; history.csv and summary.json are in .*"),
        lines.get(3));
    assertEquals("Model: " + out.resolve("model.safetensors"), lines.get(4));
    assertEquals("Report: " + out.resolve("report.html"), lines.get(5));
  }

  @Test
  void withoutEpochsTheUntrainedNetworkIsTested() throws IOException {
    CommandRun run = train("--epochs", "0");
    List<String> lines = run.out().lines().toList();
    assertEquals(0, run.status(), run.err());
    assertEquals(2, lines.size(), run.out());
    assertTrue(lines.get(0).matches(ACCURACY_LINE), run.out());
    assertTrue(lines.get(1).matches(WEIGHTS_LINE), run.out());
    assertEquals(
        List.of("epoch,loss,accuracy,seconds"), Files.readAllLines(out.resolve("history.csv")));
    assertNull(Json.read(out.resolve("summary.json")).at("training"));
  }

  @Test
  void quietStillPrintsTheResults() throws IOException {
    CommandRun loud = train("--epochs", "2");
    CommandRun quiet = train("--epochs", "2", "--quiet");
    assertEquals(0, quiet.status());
    assertEquals("", quiet.err());
    assertEquals(loud.out(), quiet.out());
  }

  @ParameterizedTest
  @CsvSource({"none, 6-3", "4, 6-4-3", "'4,4,4,4,4,4,4,4', 6-4-4-4-4-4-4-4-4-3"})
  void anyNumberOfHiddenLayers(String hidden, String network) throws IOException {
    CommandRun run = train("--epochs", "1", "--hidden", hidden);
    assertEquals(0, run.status(), run.err());
    assertTrue(run.err().contains("Network: " + network + ","), run.err());
  }

  @Test
  void itLearns() throws IOException {
    CommandRun run = train("--epochs", "60", "--hidden", "16", "--lr", "2");
    assertTrue(run.out().contains("Test Accuracy: 100.00%"), run.out());
  }

  @Test
  void theRecordsAgreeWithTheLines() throws IOException {
    Instant before = Instant.now();
    CommandRun run =
        train("--epochs", "3", "--seed", "7", "--threads", "3", "--lr", "1", "--train-rows", "50");
    List<String> history = Files.readAllLines(out.resolve("history.csv"));
    String[] last = history.get(3).split(",");
    Json json = Json.read(out.resolve("summary.json"));
    List<String> lines = run.out().lines().toList();
    assertAll(
        () -> assertEquals(4, history.size()),
        () -> assertEquals("3", last[0]),
        () -> assertEquals(json.at("training.loss"), Double.parseDouble(last[1])),
        () -> assertEquals(json.at("training.accuracy"), Double.parseDouble(last[2])),
        () -> assertTrue(Double.parseDouble(last[3]) >= 0),
        () ->
            assertEquals(
                "Epoch 3/3 - loss: %s - acc: %s"
                    .formatted(
                        Decimals.fixed(Double.parseDouble(last[1]), 4),
                        Decimals.fixed(Double.parseDouble(last[2]), 4)),
                lines.get(2)),
        () -> assertTrue(run.out().endsWith("sha256 " + json.at("weights.sha256") + "\n")),
        () -> assertEquals(List.of(6, 256, 128, 3), json.at("settings.network")),
        () -> assertEquals(8, json.at("settings.batch")),
        () -> assertEquals(7, json.at("settings.seed")),
        () -> assertEquals(3, json.at("engine.threads")),
        () -> assertEquals("auto", json.at("settings.engine")),
        () -> assertEquals(50, json.at("data.trainRows")),
        () -> assertEquals(20, json.at("test.rows")),
        () -> assertTrue(((String) json.at("data.sha256")).matches("[0-9a-f]{64}")),
        () -> assertNotNull(json.at("test.confusion")),
        () -> assertFalse(Instant.parse((String) json.at("started")).isBefore(before)),
        () -> assertNull(json.at("reference")));
  }

  @Test
  void fewerRowsKeepTheClassesOfAll() throws IOException {
    CommandRun run = train("--epochs", "1", "--train-rows", "1");
    assertEquals(0, run.status(), run.err());
    assertTrue(run.err().contains("Network: 6-256-128-3,"), run.err());
  }

  @Test
  void moreRowsThanThereAreIsAnError() throws IOException {
    CommandRun run = train("--train-rows", "61");
    assertEquals(1, run.status());
    assertTrue(
        run.err().contains(": 61 training rows requested, but only 60 available"), run.err());
    assertEquals(1, run.err().lines().count());
    assertFalse(Files.exists(out));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e9", "1e39", "1e300"})
  void aDivergingRunEndsWithAdvice(String rate) throws IOException {
    CommandRun run = train("--lr", rate, "--epochs", "9", "--quiet");
    assertEquals(2, run.status());
    assertTrue(
        run.err()
            .matches(
                "lanewise: the loss or a weight became NaN or infinite in epoch \\d, batch \\d:"
                    + " try a learning rate below \\S+\\R"),
        run.err());
    assertFalse(Files.exists(out.resolve("summary.json")));
    assertEquals(
        run.out().lines().count() + 1, Files.readAllLines(out.resolve("history.csv")).size());
  }

  @Test
  void divergenceInTheLastBatchIsReported() throws IOException {
    List<String> args = TinyData.train(directory, "--out", out.toString());
    args.addAll(List.of("--lr", "1e300", "--epochs", "1", "--batch", "60", "--quiet"));
    CommandRun run = CommandRun.of(args);
    assertEquals(2, run.status());
    assertTrue(run.err().contains("NaN or infinite in epoch 1, batch 1:"), run.err());
    assertEquals("", run.out());
  }

  @Test
  void aNewRunLeavesNoOldSummary() throws IOException {
    train("--epochs", "1");
    assertTrue(Files.exists(out.resolve("summary.json")));
    train("--epochs", "1", "--lr", "1e300");
    assertFalse(Files.exists(out.resolve("summary.json")));
  }

  @Test
  void aNetworkTooLargeForArraysIsAnError() throws IOException {
    CommandRun run = train("--hidden", "2000000000");
    assertEquals(1, run.status());
    assertTrue(
        run.err().startsWith("lanewise: a network 6-2000000000-3 has more parameters"), run.err());
    assertEquals(1, run.err().lines().count());
    assertFalse(Files.exists(out));
  }

  @Test
  void enginesGiveTheSameBits() throws IOException {
    assertEquals(train("--engine", "scalar").out(), train("--engine", "simd").out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"runs", "runs/one", "runs/one/history.csv/", "runs/one/summary.json/x/"})
  void anUnwritablePathIsDetectedBeforeTraining(String inTheWay) throws IOException {
    Path obstacle = directory.resolve(inTheWay);
    if (inTheWay.endsWith("/")) {
      Files.createDirectories(obstacle);
    } else {
      Files.createDirectories(obstacle.getParent());
      Files.writeString(obstacle, "not a directory");
    }
    CommandRun run = train("--epochs", "1");
    assertEquals(1, run.status());
    assertEquals("", run.out());
    assertTrue(run.err().startsWith("lanewise: cannot write to " + out + ": "), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,2,3\n1,2\n", "", "0,1,2,3,4,5,256\n", "0,x,2,3,4,5,6\n0,y,2,3,4,5,6"})
  void brokenDataWritesNothing(String csv) throws IOException {
    Path broken = directory.resolve("broken.csv");
    Files.writeString(broken, csv);
    CommandRun run =
        CommandRun.of(
            "train",
            "--train",
            broken.toString(),
            "--test",
            broken.toString(),
            "--out",
            out.toString());
    assertEquals(1, run.status());
    assertEquals("", run.out());
    assertTrue(run.err().startsWith("lanewise: " + broken), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
    assertFalse(Files.exists(out));
  }

  @Test
  void aDirectoryWithoutDataIsReported() {
    CommandRun run = CommandRun.of("train", "--data", directory.toString());
    assertEquals(1, run.status());
    assertTrue(run.err().startsWith("lanewise: " + directory + ": no MNIST"), run.err());
  }

  @Test
  void theProgressLineIsErasedOnATerminal() throws IOException {
    StringWriter screen = new StringWriter();
    PrintWriter writer = new PrintWriter(screen);
    List<String> args = TinyData.train(directory, "--out", out.toString(), "--epochs", "50");
    int status = RootCommand.commandLine(writer, writer, true).execute(args.toArray(String[]::new));
    assertEquals(0, status);
    assertTrue(screen.toString().contains("Epoch 1/50 ["), "a progress line was there");
    assertTrue(screen.toString().contains("rows/s"));
    assertTrue(screen.toString().contains("Testing"));
    List<String> lines = Screen.show(screen.toString());
    assertTrue(lines.stream().noneMatch(line -> line.contains("Testing")), screen.toString());
    assertTrue(lines.stream().noneMatch(line -> line.contains("rows/s")), screen.toString());
    assertEquals(50, lines.stream().filter(l -> l.matches("Epoch .* acc: \\S+ *")).count());
    assertEquals("", lines.get(lines.size() - 1));
  }
}
