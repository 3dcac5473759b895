package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps in processes of their own, which are killed or interrupted. */
@Timeout(600)
class SweepKillTest {
  /** Two killed sweeps end three each: one that is printed, and one a thread before it stalls. */
  private static final int RUNS = 8;

  private static final Pattern STOPPED =
      Pattern.compile(
          "Stopped: ([1-3]) of 8 runs in .*stopped/sweep\\.csv; the same command continues");

  @TempDir private Path directory;
  private ProgramProcess program;

  @BeforeEach
  void nameStandardError() {
    program = new ProgramProcess(directory.resolve("err"));
  }

  private List<String> sweep(String out) throws IOException {
    List<String> args = new ArrayList<>(List.of("sweep", "--grid", "seed=1.." + RUNS));
    args.addAll(TinyData.train(directory, "--epochs", "150", "--batch", "4").subList(1, 9));
    args.addAll(List.of("--threads", "2", "--checkpoint-every", "10"));
    args.addAll(List.of("--out", directory.resolve(out).toString()));
    return args;
  }

  /** The table without the seconds. */
  private List<String> figures(String out) throws IOException {
    return Files.readAllLines(directory.resolve(out).resolve("sweep.csv")).stream()
        .map(line -> line.replaceFirst(",[0-9.]+,([0-9a-f]{64}),", ",$1,"))
        .toList();
  }

  @Test
  void aKilledSweepContinuesAndEndsTheSame() throws Exception {
    CommandRun whole = CommandRun.of(sweep("whole"));
    assertEquals(0, whole.status(), whole.err());
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int kill = 0; kill < 2; kill++) {
      Process process = program.startStalling(1, sweep("killed"));
      try (BufferedReader reader = process.inputReader()) {
        assertTrue(reader.readLine().startsWith("Run "), program.said());
        TimeUnit.MILLISECONDS.sleep(random.nextInt(100));
        process.toHandle().destroyForcibly();
      }
      process.waitFor();
    }
    CommandRun last = CommandRun.of(sweep("killed"));
    assertEquals(0, last.status(), "seed " + seed + ": " + last.err());
    assertTrue(last.err().contains(" of 8 runs had ended before"), last.err());
    assertTrue(last.out().lines().count() < RUNS, last.out());
    assertEquals(figures("whole"), figures("killed"), "seed " + seed);
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void ctrlCKeepsEverythingAndSaysHowToGoOn() throws Exception {
    ProgramProcess.assumeInterruptible();
    Process process = program.startStalling(1, sweep("stopped"));
    try (BufferedReader reader = process.inputReader()) {
      reader.readLine(); // Each of the two threads can end one more run.
      assertEquals(0, new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor());
      while (reader.readLine() != null) {
        // Runs that end just now.
      }
    }
    assertEquals(130, process.waitFor());
    String err = program.said();
    Matcher stopped = STOPPED.matcher(err.lines().toList().getLast());
    assertTrue(stopped.matches(), err);
    assertFalse(err.contains("\tat "), err);
    assertTrue(Files.exists(directory.resolve("stopped/sweep.html")));
    assertEquals(1 + Integer.parseInt(stopped.group(1)), figures("stopped").size());
    assertEquals(0, CommandRun.of(sweep("stopped")).status());
    assertEquals(RUNS + 1, figures("stopped").size());
  }
}
