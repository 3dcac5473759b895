package lanewise.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import lanewise.run.Cancellation;
import lanewise.run.DataPlace;
import lanewise.run.EpochResult;
import lanewise.run.Recipe;
import lanewise.run.RunData;
import lanewise.run.RunException;
import lanewise.run.RunListener;
import lanewise.run.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps without a command line. */
@Timeout(120)
class SweepTest {
  private static final int RUNS = 6;
  private static final int EPOCHS = 8;
  private static final Session EVERY_EPOCH =
      new Session(Session.DEFAULT.engine(), OptionalInt.of(1), OptionalInt.of(1), Optional.empty());

  @TempDir private Path directory;
  private final List<PlannedRun> runs = new ArrayList<>();
  private Grid grid;

  @BeforeEach
  void plan() throws IOException {
    grid = Grid.parse("seed=1.." + RUNS);
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < 60; row++) {
      lines.add("%d,%d,%d,%d".formatted(row % 3, 80 * (row % 3), row * 4, 255 - row));
    }
    DataPlace place =
        new DataPlace.CsvFiles(
            Files.write(directory.resolve("train.csv"), lines),
            Files.write(directory.resolve("test.csv"), lines.subList(0, 20)));
    for (int run = 0; run < RUNS; run++) {
      List<String> values = grid.values(run);
      Recipe recipe =
          new Recipe(
              OptionalInt.empty(), List.of(8), 8, 0.1, EPOCHS, Long.parseLong(values.get(0)), 0);
      SweepPoint point =
          new SweepPoint(run + 1, grid.names(), values, List.of("--seed", values.get(0)));
      runs.add(new PlannedRun(point, place, Optional.empty(), recipe));
    }
  }

  private SweepDirectory open(String name) throws RunException {
    return SweepDirectory.open(directory.resolve(name), grid, List.of(), List.of());
  }

  private List<String> hashes(String name) throws IOException {
    try (SweepDirectory opened = open(name)) {
      SweepResults results = new SweepResults(runs, opened);
      assertTrue(new Sweep(results, EVERY_EPOCH, 2, new SweepListener() {}).run());
      return results.rows().stream().map(SweepRow::sha256).toList();
    }
  }

  /** Cancels the sweep in the middle of a run. */
  private static final class Canceller implements SweepListener {
    private final int run;
    private final int epoch;
    private Sweep sweep;
    private int kept;
    private int rows;
    private final TreeSet<Integer> resumed = new TreeSet<>();

    Canceller(int run, int epoch) {
      this.run = run;
      this.epoch = epoch;
    }

    @Override
    public void onStart(Collection<SweepRow> before) {
      kept = before.size();
    }

    @Override
    public void onBegin(PlannedRun begun, RunListener.Header header) {
      if (header.resumedAfter() > 0) {
        resumed.add(begun.point().number());
      }
    }

    @Override
    public void onEpoch(PlannedRun trained, EpochResult result) {
      if (trained.point().number() == run && result.epoch() == epoch) {
        sweep.cancel();
      }
    }

    @Override
    public void onRow(PlannedRun ended, SweepRow row) {
      rows++;
    }
  }

  private Canceller make(int threads, Canceller listener, boolean complete) throws IOException {
    try (SweepDirectory opened = open("stopped")) {
      SweepResults results = new SweepResults(runs, opened);
      listener.sweep = new Sweep(results, EVERY_EPOCH, threads, listener);
      assertEquals(complete, listener.sweep.run());
      assertEquals(results.rows().size(), results.table().read(opened.table()).size());
    }
    return listener;
  }

  @Test
  void aStoppedSweepContinuesAndEndsTheSame() throws IOException {
    List<String> whole = hashes("whole");
    assertEquals(RUNS, new TreeSet<>(whole).size(), "seeds differ");
    Canceller first = make(1, new Canceller(3, 2), false);
    assertEquals(2, first.rows);
    Canceller second = make(1, new Canceller(3, 5), false);
    assertEquals(2, second.kept);
    assertEquals(new TreeSet<>(List.of(3)), second.resumed, "half a run is not lost");
    Canceller third = make(2, new Canceller(0, 0), true);
    assertEquals(RUNS - 2, third.rows);
    assertTrue(third.resumed.contains(3));
    assertEquals(whole, hashes("stopped"));
  }

  @Test
  void aRunAnywhereGivesTheSameRow() throws IOException {
    String expected = hashes("whole").get(4);
    PlannedRun run = runs.get(4);
    RunData data = RunData.read(run.place(), run.table(), run.recipe(), 1, new RunListener() {});
    SweepRow row =
        run.run(
                data,
                directory.resolve("scratch"),
                EVERY_EPOCH,
                new RunListener() {},
                new Cancellation())
            .orElseThrow();
    assertEquals(expected, row.sha256());
    assertEquals(5, row.number());
    assertEquals(EPOCHS, row.epochs());
  }

  @Test
  void runsWithEqualKeysShareTheirDataUntilTheLastHasEnded() throws IOException {
    SharedData shared = new SharedData(runs.subList(0, 2));
    RunListener listener = new RunListener() {};
    RunData data = shared.get(runs.get(0), 1, listener);
    Files.delete(directory.resolve("train.csv"));
    assertEquals(data, shared.get(runs.get(1), 1, listener));
    shared.release(runs.get(0));
    assertEquals(data, shared.get(runs.get(1), 1, listener));
    shared.release(runs.get(1));
    assertThrows(NullPointerException.class, () -> shared.get(runs.get(1), 1, listener));
  }

  @Test
  void aFailureEndsTheSweepAndKeepsWhatIsDone() throws IOException {
    Path blocked = Files.createDirectories(directory.resolve("stopped/runs/0003"));
    try (SweepDirectory fresh = open("other")) {
      assertFalse(Files.exists(fresh.table()));
    }
    Files.writeString(blocked.resolve("notes.txt"), "a user's");
    RunException refused = assertThrows(RunException.class, () -> open("stopped"));
    assertTrue(refused.getMessage().contains("no sweep of this program"), refused.getMessage());
    Path notes = Files.createDirectories(directory.resolve("other/runs/0003"));
    Files.writeString(notes.resolve("notes.txt"), "a user's");
    try (SweepDirectory other = open("other")) {
      Sweep sweep =
          new Sweep(new SweepResults(runs, other), EVERY_EPOCH, 1, new SweepListener() {});
      RunException e = assertThrows(RunException.class, sweep::run);
      assertTrue(e.getMessage().startsWith("run 3 (seed 3): "), e.getMessage());
      assertEquals(2, SweepTable.of(runs).read(other.table()).size());
    }
  }

  @Test
  void twoSweepsDoNotShareADirectory() throws IOException {
    try (SweepDirectory first = open("one")) {
      RunException e = assertThrows(RunException.class, () -> open("one"));
      assertTrue(e.getMessage().startsWith(first.path() + ": another run is writing there"));
    }
    open("one").close();
  }
}
