package lanewise.bench.accuracy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lanewise.bench.results.Measurement;
import lanewise.bench.results.Results;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Contests of shell commands. */
@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs a POSIX shell")
class AccuracyContestTest {
  @TempDir private Path directory;

  private final List<String> progress = new ArrayList<>();

  @Test
  void theAccuracyIsInTheLastLineOfItsForm() throws IOException {
    assertEquals(98.61, AccuracyContest.accuracy("Test Accuracy: 98.61%\nWeights: sha256 0\n"));
    assertEquals(100, AccuracyContest.accuracy("Test Accuracy: 1.5%\r\nTest Accuracy: 100%\n"));
  }

  @Test
  void anythingElseIsNoAccuracy() {
    for (String out :
        List.of(
            "", "Test Accuracy: NaN%", "Best Test Accuracy: 99%", "Test Accuracy: 99% (best)")) {
      assertThrows(IOException.class, () -> AccuracyContest.accuracy(out), out);
    }
  }

  @Test
  void seedsAndDirectoriesReachTheCommand() throws Exception {
    String script = "test $2 != $3 && mkdir $2 && echo ready $WHAT && echo Test Accuracy: 9$1.5%";
    Entry entry =
        new Entry(
            "A",
            "once",
            98,
            1,
            List.of("sh", "-c", script, "sh", Entry.SEED, Entry.OUT, directory.toString()),
            Map.of("WHAT", "some A"));
    AccuracyContest contest = contest(entry);
    Results results = contest.run(1);
    results.addAll(contest.run(2));
    assertEquals(List.of(), results.failures());
    assertEquals(Map.of("A", "some A"), results.versions());
    Measurement accuracy = results.find("accuracy", "who", "A", "what", "accuracy").get();
    assertEquals(List.of(List.of(91.5), List.of(92.5)), accuracy.samples());
    Measurement time = results.find("accuracy", "who", "A", "what", "time").get();
    assertTrue(time.values().stream().allMatch(s -> s > 0 && s < 60), () -> "" + time);
    assertEquals(Map.of("who", "A", "how", "once", "bar", "98.0", "what", "time"), time.params());
    try (var left = Files.list(directory)) {
      assertEquals(List.of(directory.resolve("log")), left.toList());
    }
  }

  @Test
  void entriesTakeTurnsInAnotherOrderForEachSeed() throws Exception {
    AccuracyContest contest =
        contest(shell("A", "echo Test Accuracy: 1%"), shell("B", "echo Test Accuracy: 2%"));
    contest.run(1);
    contest.run(2);
    assertEquals(
        "seed 1, A; seed 1, B; seed 2, B; seed 2, A",
        String.join("; ", progress.stream().map(line -> line.replaceAll(", once.*", "")).toList()));
  }

  @Test
  void aFailureOfASeedIsReportedAndTheOthersGoOn() throws Exception {
    Results results =
        contest(
                shell("A", "echo Test Accuracy: 99%; exit 3"),
                shell("B", "echo nothing"),
                new Entry("C", "once", 98, 1, List.of("/no/such/program"), Map.of()),
                shell("D", "echo Test Accuracy: 99%"))
            .run(1);
    assertEquals(3, results.failures().size());
    assertTrue(results.failures().get(0).startsWith("seed 1, A, once: exit status 3"));
    assertTrue(results.failures().get(1).startsWith("seed 1, B, once: it printed no line"));
    assertTrue(results.find("accuracy", "who", "A").isEmpty());
    assertTrue(results.find("accuracy", "who", "D").isPresent());
  }

  @Test
  void anEntryThatCannotRunHereIsSkippedOnce() throws Exception {
    AccuracyContest contest = contest(shell("A", "echo skipped no module; exit 1"));
    Results results = contest.run(1);
    results.addAll(contest.run(2));
    assertEquals(Map.of("A, once", "not measured, no module"), results.versions());
    assertEquals(List.of(), results.failures());
    assertEquals(List.of("A, once: not measured, no module"), progress);
  }

  private static Entry shell(String who, String script) {
    return new Entry(who, "once", 98, 1, List.of("sh", "-c", script), Map.of());
  }

  private AccuracyContest contest(Entry... entries) {
    return new AccuracyContest(
        List.of(entries), directory, directory.resolve("log").toFile(), progress::add);
  }
}
