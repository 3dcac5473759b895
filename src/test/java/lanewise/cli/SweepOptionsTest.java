package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import lanewise.nn.Optimizer;
import lanewise.run.Recipe;
import lanewise.run.RunException;
import lanewise.sweep.Grid;
import lanewise.sweep.PlannedRun;
import lanewise.sweep.SweepPoint;
import org.junit.jupiter.api.Test;

/** Points of a sweep, as programs on other machines use them. */
class SweepOptionsTest {
  private final SweepOptions options = new SweepOptions();

  private List<PlannedRun> runs(String grid, String... words) throws RunException {
    return options.runs(Grid.parse(grid), List.of(words));
  }

  @Test
  void aPointIsWordsThatMeanTheSameElsewhere() throws Exception {
    PlannedRun run =
        runs("hidden=8,4|none;label=-a b", "--train", "x.csv", "--validation", "0.1").get(1);
    assertEquals(2, run.point().number());
    assertEquals("hidden none, label -a b", run.point().settings());
    assertEquals(
        List.of("--train", "x.csv", "--validation", "0.1", "--hidden", "none", "--label=-a b"),
        run.point().options());
    assertTrue(run.point().command().endsWith(" --hidden none '--label=-a b'"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(run.point());
    }
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertEquals(run, new SweepOptions().run((SweepPoint) in.readObject()));
    }
  }

  @Test
  void nothingOfOnePointIsLeftInTheNext() throws RunException {
    List<PlannedRun> runs = runs("augment=true|false;shuffle=rows|none", "--optimizer", "adam");
    assertEquals(
        List.of(true, true, false, false),
        runs.stream().map(run -> run.recipe().method().augment()).toList());
    Recipe plain = runs("seed=42").getFirst().recipe();
    assertEquals(Recipe.REFERENCE, plain);
    assertTrue(
        runs("seed=1", "--train", "x", "--label", "y", "--validation", "5")
            .getFirst()
            .table()
            .isPresent());
    assertTrue(runs("seed=1").getFirst().table().isEmpty());
  }

  @Test
  void optionsOverrideTheRecipeThatAPointNames() throws RunException {
    List<PlannedRun> runs = runs("recipe=fast|reference", "--epochs", "7");
    assertEquals(Optimizer.Kind.ADAM, runs.get(0).recipe().method().optimizer().kind());
    assertEquals(Optimizer.Kind.SGD, runs.get(1).recipe().method().optimizer().kind());
    assertEquals(7, runs.get(0).recipe().epochs());
  }

  @Test
  void wrongOptionsOfAllRunsAreReportedLikeThoseOfTrain() {
    RunException e = assertThrows(RunException.class, () -> runs("seed=1", "--epcohs", "3"));
    assertEquals("unknown option '--epcohs'; did you mean --epochs?", e.getMessage());
    RunException out = assertThrows(RunException.class, () -> runs("seed=1", "--out", "x"));
    assertTrue(out.getMessage().startsWith("unknown option '--out'"), out.getMessage());
  }

  @Test
  void pointsAreNumberedFromOne() throws RunException {
    List<PlannedRun> runs = runs("batch=1..10;seed=1..100", "--epochs", "1");
    assertEquals(1000, runs.size());
    assertEquals(1000, runs.getLast().point().number());
    assertEquals(10, runs.getLast().recipe().batch());
    assertEquals(100, runs.getLast().recipe().seed());
  }
}
