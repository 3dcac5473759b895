package lanewise.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import lanewise.cli.SweepOptions;
import lanewise.run.DataPlace;
import lanewise.sweep.Grid;
import lanewise.sweep.PlannedRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps on local[2] have the rows of sweeps on one machine. */
@Timeout(200)
class SweepTest {
  @TempDir private Path directory;

  @BeforeEach
  void write() throws IOException {
    write("a", 1);
    write("b", 2);
    StringBuilder table = new StringBuilder("size,colour,price\n");
    for (int row = 0; row < 90; row++) {
      table.append("%d,%s,%d\n".formatted(row % 10, row % 3 == 0 ? "red" : "blue", 3 * (row % 10)));
    }
    Files.writeString(directory.resolve("table.csv"), table);
  }

  /** Files of the same names in directories of their own. */
  private void write(String name, int factor) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < 60; row++) {
      int label = row % 3;
      lines.add("%d,%d,%d,%d".formatted(label, 80 * label, factor * row, 255 - row));
    }
    Path at = Files.createDirectories(directory.resolve(name));
    Files.write(at.resolve("mnist_train.csv"), lines);
    Files.write(at.resolve("mnist_test.csv"), lines.subList(0, 20));
  }

  private List<String> arguments(String out, String grid, String options) {
    List<String> all = new ArrayList<>(List.of("--out", directory.resolve(out).toString()));
    all.addAll(List.of("--grid", grid.replace("D/", directory + "/")));
    all.addAll(List.of(options.replace("D/", directory + "/").split(" ")));
    return all;
  }

  private void assertSameRows(String grid, String options) throws IOException {
    ProgramRun here = ProgramRun.sweepHere(arguments("here", grid, options));
    assertEquals(0, here.status(), here.err());
    ProgramRun spark = ProgramRun.onSpark(Sweep::run, arguments("spark", grid, options));
    assertEquals(0, spark.status(), spark.err());
    assertEquals(
        ProgramRun.table(directory.resolve("here")), ProgramRun.table(directory.resolve("spark")));
    assertEquals(here.lines().stream().sorted().toList(), spark.lines().stream().sorted().toList());
    assertTrue(Files.exists(directory.resolve("spark/sweep.html")));
  }

  @Test
  void rowsOfPixelsAreTheSame() throws IOException {
    assertSameRows("lr=0.1|1e38;hidden=8|none;seed=1..2;data=D/a|D/b", "--epochs 3 --batch 8");
    List<List<String>> table = ProgramRun.table(directory.resolve("spark"));
    assertEquals(1 + 16, table.size());
    assertTrue(
        table.stream().anyMatch(row -> row.toString().contains("NaN or infinite")),
        "one diverges: " + table);
  }

  @Test
  void rowsOfFilesWithTheSameNameAreTheSame() throws IOException {
    assertSameRows(
        "test=D/a/mnist_test.csv|D/b/mnist_train.csv",
        "--train D/a/mnist_train.csv --epochs 2 --batch 8 --engine scalar");
  }

  @Test
  void rowsOfTablesAreTheSame() throws IOException {
    assertSameRows(
        "seed=1..3;scale=standard|minmax",
        "--train D/table.csv --label price --task regress --validation 0.2 --shuffle rows"
            + " --epochs 3 --batch 8 --lr 0.01");
  }

  private static final String SEEDS = "seed=1..3";

  private static final String OPTIONS = "--data D/a --epochs 2 --batch 8";

  @Test
  void aSweepContinues() throws IOException {
    List<String> arguments = arguments("out", SEEDS, OPTIONS);
    assertEquals(3, ProgramRun.onSpark(Sweep::run, arguments).lines().size());
    Path out = directory.resolve("out");
    List<List<String>> table = ProgramRun.table(out);
    Files.delete(out.resolve("runs/0002/summary.json"));
    Files.delete(out.resolve("sweep.csv"));
    ProgramRun second = ProgramRun.onSpark(Sweep::run, arguments);
    assertEquals(0, second.status(), second.err());
    assertEquals(1, second.lines().size(), second.out());
    assertTrue(second.out().startsWith("Run 2/3 - seed: 2 - "), second.out());
    assertTrue(second.err().contains("2 of 3 runs had ended before"), second.err());
    assertEquals(table, ProgramRun.table(out));
    for (ProgramRun third :
        List.of(ProgramRun.sweepHere(arguments), ProgramRun.onSpark(Sweep::run, arguments))) {
      assertEquals(0, third.status(), third.err());
      assertEquals("", third.out());
      assertEquals(table, ProgramRun.table(out));
    }
  }

  @Test
  void otherDataIsRefusedAndWhatIsThereKept() throws IOException {
    List<String> arguments = arguments("out", SEEDS, OPTIONS);
    assertEquals(0, ProgramRun.onSpark(Sweep::run, arguments).status());
    Files.delete(directory.resolve("out/runs/0002/summary.json"));
    write("a", 3);
    ProgramRun refused = ProgramRun.onSpark(Sweep::run, arguments);
    assertRefused(
        refused, "lanewise: run 2 (seed 2): " + directory + "/a (CSV): not the data of run 1");
    assertEquals(1 + 2, ProgramRun.table(directory.resolve("out")).size());
  }

  private static void assertRefused(ProgramRun program, String start) {
    assertEquals(1, program.status(), program.err());
    List<String> complaints =
        program.err().lines().filter(line -> line.startsWith("lanewise: ")).toList();
    assertEquals(1, complaints.size(), program.err());
    assertTrue(complaints.getFirst().startsWith(start), program.err());
    assertFalse(program.err().contains("\tat "), program.err());
  }

  /** Refused without a cluster, and with nothing written. */
  private void assertMistake(String start, List<String> arguments) {
    ProgramRun run = ProgramRun.of(Sweep::run, () -> fail("no need for Spark"), arguments);
    assertRefused(run, start.replace("D/", directory + "/"));
  }

  @Test
  void mistakesAreOneLine() throws IOException {
    assertMistake(
        "lanewise: --threads: Spark decides how many runs there are at a time",
        arguments("out", SEEDS, OPTIONS + " --threads 2"));
    assertMistake(
        "lanewise: --checkpoint-every: a run on a cluster has no checkpoints",
        arguments("out", SEEDS, OPTIONS + " --checkpoint-every=2"));
    assertMistake(
        "lanewise: --grid: the range seed=3..1 ends", arguments("out", "seed=3..1", OPTIONS));
    assertMistake(
        "lanewise: unknown option '--save'", arguments("out", SEEDS, OPTIONS + " --save x"));
    assertFalse(Files.exists(directory.resolve("out")));
    assertMistake(
        "lanewise: D/none.csv: no such file",
        arguments("missing", SEEDS, "--train D/none.csv --test D/a/mnist_test.csv"));
    assertEquals(0, ProgramRun.onSpark(Sweep::run, arguments("out", SEEDS, OPTIONS)).status());
    assertMistake(
        "lanewise: D/out: holds a sweep with another grid", arguments("out", "seed=4", OPTIONS));
  }

  @Test
  void whatDoesNotFitTheDataEndsTheSweepInOneLine() throws IOException {
    ProgramRun refused =
        ProgramRun.onSpark(
            Sweep::run, arguments("out", "validation=0.1|500", "--data D/a --epochs 1"));
    assertRefused(refused, "lanewise: run 2 (validation 500): " + directory + "/a (CSV): 500 rows");
    assertTrue(refused.err().contains("; the same command continues"), refused.err());
  }

  @Test
  void aJvmReadsDataOnce() throws IOException {
    List<PlannedRun> runs =
        new SweepOptions()
            .runs(
                Grid.parse("seed=1..2;scale=standard|none"),
                List.of(
                    "--train",
                    directory + "/table.csv",
                    "--label",
                    "colour",
                    "--validation",
                    "9",
                    "--shuffle",
                    "none"));
    DataPlace place = runs.getFirst().place();
    SentData data = SentData.of(place);
    Files.delete(directory.resolve("table.csv"));
    var rows = data.rows(runs.get(0), 1);
    assertSame(rows, data.rows(runs.get(2), 1));
    assertFalse(rows.dataset().train() == data.rows(runs.get(1), 1).dataset().train());
    assertEquals(place, rows.place());
    assertEquals(directory + "/table.csv", rows.dataset().source());
  }

  @Test
  void theJarHasNoLibraryUnderItsOwnName() throws IOException {
    try (JarFile jar = new JarFile(ClusterTest.JAR.toFile())) {
      List<String> others =
          jar.stream()
              .map(entry -> entry.getName())
              .filter(name -> name.endsWith(".class") && !name.startsWith("lanewise/"))
              .toList();
      assertEquals(List.of(), others);
      for (String name :
          List.of(
              "lanewise/shaded/picocli/CommandLine.class",
              "lanewise/shaded/commons/csv/CSVParser.class",
              "lanewise/shaded/jackson/core/JsonFactory.class",
              "lanewise/spark/Sweep.class",
              "META-INF/LICENSE",
              "META-INF/NOTICE")) {
        assertTrue(jar.getEntry(name) != null, name);
      }
    }
  }
}
