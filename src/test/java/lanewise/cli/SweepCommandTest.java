package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole sweeps on small data sets. */
@Timeout(120)
class SweepCommandTest {
  @TempDir private Path directory;
  private Path out;

  @BeforeEach
  void write() throws IOException {
    out = directory.resolve("sweep");
    TinyData.train(directory);
    StringBuilder table = new StringBuilder("size,it's a colour,price\n");
    for (int row = 0; row < 90; row++) {
      table.append("%d,%s,%d\n".formatted(row % 10, row % 3 == 0 ? "red" : "blue", 3 * (row % 10)));
    }
    Files.writeString(directory.resolve("table.csv"), table);
  }

  private CommandRun sweep(String grid, String options) {
    List<String> args = new ArrayList<>(List.of("sweep", "--out", out.toString(), "--grid", grid));
    for (String option :
        options.replace("ROWS", "--train D/train.csv --test D/test.csv").split(" ")) {
      args.add(option.replace("D/", directory + "/"));
    }
    return CommandRun.of(args);
  }

  private List<CSVRecord> rows() throws IOException {
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser =
        CSVParser.parse(Files.newBufferedReader(out.resolve("sweep.csv")), format)) {
      return parser.getRecords();
    }
  }

  /** Runs the command of a row alone, as a shell reads it; returns the last line that it prints. */
  private String repeat(CSVRecord row) throws IOException {
    String program = "java --add-modules jdk.incubator.vector -jar target/lanewise.jar ";
    assertTrue(row.get("command").startsWith(program + "train "), row.get("command"));
    String words = row.get("command").substring(program.length());
    Process shell = new ProcessBuilder("sh", "-c", "printf '%s\\n' " + words).start();
    List<String> args =
        new ArrayList<>(new String(shell.getInputStream().readAllBytes()).lines().toList());
    args.addAll(List.of("--out", directory.resolve("alone").toString(), "--threads", "3"));
    CommandRun alone = CommandRun.of(args);
    assertEquals(0, alone.status(), alone.err());
    return alone.out().lines().toList().getLast();
  }

  /** Every kind of option in a grid, and every source of random numbers. */
  @ParameterizedTest
  @EnabledOnOs({OS.LINUX, OS.MAC})
  @CsvSource(
      delimiter = '>',
      value = {
        "lr=0.1|0.5;hidden=8,4|5|none;seed=1..2 > ROWS --epochs 3 --batch 8",
        "shuffle=rows|none;dropout=0|0.2 > ROWS --epochs 3 --validation 0.2 --seed 5 --optimizer adam",
        "recipe=fast|reference;early-stop=1|3 > ROWS --epochs 4 --validation 12 --lr 0.01",
        "label=price|it's a colour;seed=3..4 > --train D/table.csv --validation 0.3 --epochs 3 --ignore 1",
        "scale=standard|minmax;seed=1..2 > --train D/table.csv --label price --task regress --validation 0.3 --epochs 5",
        "train-rows=20|60;epochs=0|2 > ROWS",
        "optimizer=adam|momentum;mean=once|twice > ROWS --weight-decay 0.01 --epochs 2",
      })
  void everyHashIsThatOfTheRunAlone(String grid, String options) throws IOException {
    CommandRun run = sweep(grid, options + " --threads 2");
    assertEquals(0, run.status(), run.err());
    List<CSVRecord> rows = rows();
    assertEquals(run.out().lines().count(), rows.size());
    HashSet<String> hashes = new HashSet<>();
    for (int i = 0; i < rows.size(); i++) {
      CSVRecord row = rows.get(i);
      assertEquals(Integer.toString(i + 1), row.get("number"));
      assertEquals("Weights: sha256 " + row.get("sha256"), repeat(row), row.get("command"));
      assertTrue(run.out().contains(" - sha256: " + row.get("sha256")), run.out());
      hashes.add(row.get("sha256"));
    }
    assertTrue(hashes.size() >= rows.size() / 2, "they are not all the same");
  }

  @Test
  void aFlagIsGivenOrNot() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < 30; row++) {
      String[] cells = new String[65];
      Arrays.setAll(cells, cell -> Integer.toString(cell));
      cells[0] = Integer.toString(row % 3);
      rows.add(String.join(",", cells));
    }
    Files.write(directory.resolve("train.csv"), rows);
    Files.write(directory.resolve("test.csv"), rows);
    CommandRun run = sweep("augment=true|false", "ROWS --epochs 2");
    assertEquals(0, run.status(), run.err());
    assertTrue(rows().get(0).get("command").endsWith(" --augment"), rows().toString());
    assertFalse(rows().get(1).get("command").contains("augment"));
    assertNotEquals(rows().get(0).get("sha256"), rows().get(1).get("sha256"));
  }

  @Test
  void whatIsPrintedAndWritten() throws IOException {
    CommandRun run = sweep("lr=0.5;hidden=8,4;seed=7", "ROWS --epochs 3 --batch 8");
    assertEquals(0, run.status(), run.err());
    CSVRecord row = rows().getFirst();
    assertTrue(
        run.out()
            .matches(
                "Run 1/1 - lr: 0.5 - hidden: 8,4 - seed: 7 - acc: [01]\\.\\d{4} - sha256: \\w{64}\n"),
        run.out());
    List<String> notes = run.err().lines().toList();
    assertEquals(3, notes.size(), run.err());
    assertTrue(notes.get(0).matches("Lanewise .*, 1 run, 1 at a time"), notes.get(0));
    assertTrue(notes.get(1).matches("Best: run 1  acc .*  lr 0.5, hidden 8,4, seed 7"));
    assertEquals(
        "Results: %s and %s".formatted(out.resolve("sweep.csv"), out.resolve("sweep.html")),
        notes.get(2));
    assertEquals("3", row.get("epochs_run"));
    assertEquals("", row.get("problem"));
    assertTrue(Double.parseDouble(row.get("train_accuracy")) > 0);
    try (var files = Files.list(out.resolve("runs/0001"))) {
      assertEquals(
          List.of(
              "history.csv",
              "mistakes.json",
              "model.safetensors",
              "run.json",
              "run.lock",
              "summary.json"),
          files.map(file -> file.getFileName().toString()).sorted().toList(),
          "no checkpoints");
    }
  }

  @Test
  void aRunThatDivergesIsARow() throws IOException {
    CommandRun run = sweep("lr=1e30|0.1", "ROWS --epochs 2 --batch 8");
    assertEquals(0, run.status(), run.err());
    CSVRecord row = rows().get(0);
    assertTrue(row.get("problem").startsWith("the loss or a weight became NaN"), row.toString());
    for (String name : List.of("train_accuracy", "test_accuracy", "train_loss", "sha256")) {
      assertEquals("", row.get(name), name);
    }
    assertTrue(run.out().contains("Run 1/2 - lr: 1e30 - diverged: the loss"), run.out());
    assertEquals("", rows().get(1).get("problem"));
    String before = Files.readString(out.resolve("sweep.csv"));
    CommandRun again = sweep("lr=1e30|0.1", "ROWS --epochs 2 --batch 8");
    assertEquals("", again.out());
    assertTrue(again.err().contains("2 of 2 runs had ended before"), again.err());
    assertEquals(before, Files.readString(out.resolve("sweep.csv")));
  }

  @Test
  void finishedRunsAreKeptAndOthersAreMade() throws IOException {
    String grid = "lr=0.1|0.5;seed=1..2";
    CommandRun first = sweep(grid, "ROWS --epochs 3");
    assertEquals(0, first.status(), first.err());
    String before = figures();
    Files.delete(out.resolve("sweep.csv"));
    Files.delete(out.resolve("runs/0002/summary.json")); // As if it had been killed.
    FileTime kept = Files.getLastModifiedTime(out.resolve("runs/0001/summary.json"));
    CommandRun second = sweep(grid, "ROWS --epochs 3");
    assertEquals(0, second.status(), second.err());
    assertEquals(1, second.out().lines().count(), second.out());
    assertTrue(second.out().startsWith("Run 2/4 - "), second.out());
    assertEquals(before, figures());
    assertEquals(kept, Files.getLastModifiedTime(out.resolve("runs/0001/summary.json")));
  }

  /** Everything but the seconds. */
  private String figures() throws IOException {
    return rows().stream()
        .map(CSVRecord::toMap)
        .peek(row -> row.remove("seconds"))
        .map(Map::toString)
        .collect(Collectors.joining("\n"));
  }

  private void assertRefused(CommandRun run, String answer) {
    assertEquals(1, run.status(), run.err());
    assertEquals("", run.out());
    String line =
        run.err().lines().filter(each -> each.startsWith("lanewise: ")).findFirst().orElse("");
    assertTrue(line.contains(answer.replace("OUT", out.toString())), run.err());
    run.checkSane();
  }

  @Test
  void anotherSweepInTheDirectoryIsRefused() throws IOException {
    assertEquals(0, sweep("lr=0.1|0.5", "ROWS --epochs 1").status());
    String before = Files.readString(out.resolve("sweep.csv"));
    assertRefused(
        sweep("lr=0.1", "ROWS --epochs 1"),
        "OUT: holds a sweep with another grid; name another directory with --out, or repeat that command");
    assertRefused(sweep("seed=1|2", "ROWS --epochs 1"), "another grid");
    assertRefused(
        sweep("lr=0.1|0.5", "ROWS --epochs 2"), "OUT: holds a sweep with other options: --train");
    Files.writeString(out.resolve("sweep.json"), "{\"format\": \"lanewise-sweep-9\"}");
    assertRefused(sweep("lr=0.1|0.5", "ROWS --epochs 1"), "not a sweep that this version can");
    assertEquals(before, Files.readString(out.resolve("sweep.csv")));
  }

  @Test
  void otherDataIsRefused() throws IOException {
    assertEquals(0, sweep("lr=0.1|0.5", "ROWS --epochs 1").status());
    Files.delete(out.resolve("runs/0002/summary.json"));
    Files.writeString(directory.resolve("test.csv"), "0,1,2,3,4,5,6\n");
    assertRefused(
        sweep("lr=0.1|0.5", "ROWS --epochs 1"), "not the data of run 1, which is complete");
  }

  @Test
  void aRunWithOtherSettingsIsNotTakenForOneOfTheSweep() throws IOException {
    assertEquals(0, sweep("lr=0.1|0.5", "ROWS --epochs 1").status());
    List<String> args = TinyData.train(directory, "--out", out.resolve("runs/0001").toString());
    args.addAll(List.of("--epochs", "2"));
    assertEquals(0, CommandRun.of(args).status());
    assertRefused(
        sweep("lr=0.1|0.5", "ROWS --epochs 1"),
        "OUT/runs/0001: a run with other settings than run 1 of the sweep (lr 0.1)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "lr=0.1 > ROWS --lr 0.2 > --grid: lr is in the grid and beside it: leave out one of them",
        "optimizer=adam > ROWS --optimizer sgd > --grid: optimizer is in the grid and beside it",
        "lrr=0.1 > ROWS > --grid: train has no option --lrr; did you mean lr?",
        "out=x > ROWS > --grid: out is not an option of a single run",
        "save=x > ROWS > --grid: save is not an option of a single run",
        "resume=x > ROWS > --grid: resume is not an option of a single run",
        "grid=x > ROWS > --grid: grid is not an option of a single run",
        "threads=1 > ROWS > --grid: threads does not change the weights: give it beside --grid",
        "engine=simd > ROWS > --grid: engine does not change the weights",
        "quiet=true > ROWS > --grid: quiet does not change the weights",
        "checkpoint-every=1 > ROWS > --grid: checkpoint-every does not change the weights",
        "help=true > ROWS > --grid: train has no option --help",
        "augment=yes > ROWS > --grid: augment=yes: expected true, as if --augment were given, or false",
        "lr=0.1|x > ROWS > run 2 of the grid (lr x): invalid value for option '--lr'",
        "early-stop=2;seed=1 > ROWS > run 1 of the grid (early-stop 2, seed 1): --early-stop needs validation rows",
        "momentum=0.5 > ROWS > run 1 of the grid (momentum 0.5): --momentum would have no effect",
        "task=regress > ROWS > run 1 of the grid (task regress): --task would have no effect without --label",
        "lr=0.1 > --train D/train.csv > run 1 of the grid (lr 0.1): --train and --test go together",
        "lr=0.1 > ROWS --optimizer sgd --optimizer adam > option '--optimizer' should be specified only once",
        "lr=5..1 > ROWS > --grid: the range lr=5..1 ends before it begins",
        "train-rows=60|61 > ROWS > run 2 (train-rows 61): ",
        "seed=1 > --data D/nothing > nothing: no such directory",
      })
  void aMistakeIsOneLineThatSaysWhere(String grid, String options, String answer) {
    assertRefused(sweep(grid, options), answer);
  }

  @Test
  void nothingIsWrittenBeforeAllPointsAreChecked() {
    assertRefused(sweep("lr=0.1|0.2|x", "ROWS --epochs 1"), "run 3 of the grid (lr x)");
    assertFalse(Files.exists(out));
  }

  @Test
  void theTableOnATerminalIsClearedBeforeEachLine() throws IOException {
    StringWriter err = new StringWriter();
    List<String> args =
        new ArrayList<>(List.of("sweep", "--grid", "seed=1..3", "--out", out.toString()));
    List<String> train = TinyData.train(directory, "--epochs", "600", "--threads", "2");
    args.addAll(train.subList(1, train.size()));
    var program =
        RootCommand.commandLine(new PrintWriter(Writer.nullWriter()), new PrintWriter(err), true);
    assertEquals(0, program.execute(args.toArray(String[]::new)));
    String screen = err.toString();
    assertTrue(screen.matches("(?s).*Run \\d  epoch \\d+/600  acc [01]\\.\\d{4}  seed \\d.*"));
    assertTrue(screen.matches("(?s).*[0-3] of 3 runs, \\d:\\d\\d left.*"), "the time left");
    assertTrue(screen.contains("\u001b[J"), "cleared");
    assertTrue(screen.endsWith("sweep.html\n"), screen.substring(screen.length() - 200));
  }

  @Test
  void quietPrintsOnlyResults() {
    CommandRun run = sweep("seed=1..2", "ROWS --epochs 1 --quiet");
    assertEquals("", run.err());
    assertEquals(2, run.out().lines().count());
  }
}
