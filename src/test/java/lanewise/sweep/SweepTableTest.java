package lanewise.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lanewise.run.RunException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepTableTest {
  private static final SweepRow CLASSES =
      new SweepRow(
          2,
          List.of("8,4"),
          false,
          3,
          1.5,
          0.1 + 0.2,
          0.25,
          0.5,
          null,
          1.0625,
          "ab",
          "",
          "train 'x y'");

  private static final SweepRow NUMBERS =
      new SweepRow(3, List.of("4"), true, 0, null, null, null, -0.5, 1e-9, 2, "cd", "", "train");

  private static final SweepRow DIVERGED =
      new SweepRow(
          1,
          List.of("\"a\",\nb"),
          false,
          1,
          null,
          null,
          null,
          null,
          null,
          3,
          "",
          "the loss, NaN",
          "c");

  @TempDir private Path directory;

  @Test
  void theCellsOfRunsWithClasses() {
    SweepTable table = new SweepTable(List.of("hidden"), true, false, false);
    assertEquals(
        "number,hidden,epochs_run,train_loss,train_accuracy,test_accuracy,seconds,sha256,problem,"
            + "command\n"
            + "1,\"\"\"a\"\",\nb\",1,,,,3.000,,\"the loss, NaN\",c\n"
            + "2,\"8,4\",3,1.5,0.30000000000000004,0.5,1.062,ab,,train 'x y'\n",
        table.csv(List.of(CLASSES, DIVERGED)));
  }

  @Test
  void theColumnsOfATableDependOnWhatIsPlanned() {
    assertEquals(
        "number,a,b,epochs_run,train_loss,train_r2,test_r2,test_rmse,seconds,sha256,problem,command",
        String.join(",", new SweepTable(List.of("a", "b"), false, true, false).header()));
    assertEquals(
        "number,a,epochs_run,train_loss,train_accuracy,train_r2,validation_accuracy,validation_r2,"
            + "test_accuracy,test_r2,test_rmse,seconds,sha256,problem,command",
        String.join(",", new SweepTable(List.of("a"), true, true, true).header()));
  }

  /** Both tasks in one table, and a run without either. */
  @Test
  void readingGivesTheSameRows() throws IOException {
    SweepTable table = new SweepTable(List.of("hidden"), true, true, true);
    Path file = directory.resolve(SweepTable.FILE_NAME);
    table.write(file, List.of(NUMBERS, DIVERGED, CLASSES));
    List<SweepRow> rows = table.read(file);
    assertEquals(3, rows.size());
    assertEquals(DIVERGED, rows.get(0));
    assertEquals(NUMBERS, rows.get(2));
    assertEquals(table.cells(CLASSES), table.cells(rows.get(1)), "but for the digits of seconds");
  }

  @Test
  void anotherFileIsRefused() throws IOException {
    SweepTable table = new SweepTable(List.of("hidden"), true, false, false);
    Path file = directory.resolve(SweepTable.FILE_NAME);
    Files.writeString(file, "number,lr\n1,2\n");
    RunException other = assertThrows(RunException.class, () -> table.read(file));
    assertTrue(other.getMessage().startsWith(file + ": not the table of this sweep"));
    Files.writeString(file, table.csv(List.of(CLASSES)).replace("\n2,", "\nx,"));
    RunException damaged = assertThrows(RunException.class, () -> table.read(file));
    assertEquals(file + ": line 2 does not hold the result of a run", damaged.getMessage());
  }

  @Test
  void theBestRunHasTheHighestScoreToChooseBy() {
    assertTrue(CLASSES.isBetterThan(null));
    assertTrue(CLASSES.isBetterThan(NUMBERS));
    assertTrue(!NUMBERS.isBetterThan(CLASSES) && !CLASSES.isBetterThan(CLASSES));
    assertTrue(!DIVERGED.isBetterThan(null));
    assertEquals(0.25, CLASSES.score(), "that of the validation rows");
  }
}
