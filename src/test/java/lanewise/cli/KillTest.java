package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import lanewise.Needed;
import lanewise.model.ModelFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs that are killed, or that the system fails, as separate processes. {@code
 * -Dlanewise.kills=50} is the nightly form.
 */
@Timeout(1800)
class KillTest {
  private static final int KILLS = Integer.getInteger("lanewise.kills", 5);

  /** The most epochs that a session prints before it stalls; one more is in its history. */
  private static final int SHOWN = 20;

  /** More than all sessions that are killed complete, so that the last one has some to do. */
  private static final int EPOCHS = (SHOWN + 5) * KILLS;

  private static final Pattern RESUMING =
      Pattern.compile("Resuming the run in .* after epoch (\\d+) of.*");

  @TempDir private Path directory;
  private ProgramProcess program;

  @BeforeEach
  void nameStandardError() {
    program = new ProgramProcess(directory.resolve("err"));
  }

  private Path out() {
    return directory.resolve("runs/killed");
  }

  private List<String> train(int epochs, Path out) throws IOException {
    List<String> args = TinyData.train(directory, "--out", out.toString(), "--batch", "4");
    args.addAll(List.of("--epochs", Integer.toString(epochs), "--lr", "0.1"));
    args.addAll(List.of("--checkpoint-every", "1"));
    return args;
  }

  private List<String> resume(String... more) {
    List<String> args = new ArrayList<>(List.of("train", "--resume", out().toString()));
    args.addAll(List.of(more));
    return args;
  }

  private CommandRun run(List<String> prefix, List<String> args)
      throws IOException, InterruptedException {
    Process process = program.start(prefix, args);
    String out = new String(process.getInputStream().readAllBytes());
    return new CommandRun(process.waitFor(), out, program.said());
  }

  /**
   * Kills a session after some lines of output and some more time.
   *
   * @return its output, complete lines
   */
  private List<String> killAfter(Process process, int lines, long nanos)
      throws IOException, InterruptedException {
    List<String> shown = new ArrayList<>();
    try (BufferedReader reader = process.inputReader()) {
      String line = "";
      while (shown.size() < lines && (line = reader.readLine()) != null) {
        shown.add(line);
      }
      TimeUnit.NANOSECONDS.sleep(nanos);
      process.toHandle().destroyForcibly(); // The process's own method would close the stream.
      while ((line = reader.readLine()) != null) {
        shown.add(line);
      }
    }
    process.waitFor();
    return shown;
  }

  private static int epochOf(List<String> shown) {
    return shown.isEmpty() ? 0 : Integer.parseInt(shown.getLast().split("[ /]")[1]);
  }

  /** Checks that the history has complete lines from epoch 1; returns the last epoch. */
  private int checkHistory() throws IOException {
    Path file = out().resolve("history.csv");
    if (!Files.exists(file)) {
      return 0;
    }
    String text = Files.readString(file);
    assertTrue(text.isEmpty() || text.endsWith("\n"), text);
    List<String> lines = text.lines().toList();
    int columns = lines.isEmpty() ? 0 : lines.getFirst().split(",").length;
    for (int epoch = 1; epoch < lines.size(); epoch++) {
      String line = lines.get(epoch);
      assertEquals(columns, line.split(",").length, line);
      assertTrue(line.matches(epoch + "(,[\\d.E-]+)+,\\d+\\.\\d{3}(,[\\d.E-]+)*"), line);
    }
    return Math.max(0, lines.size() - 1);
  }

  @Test
  void aRunKilledRepeatedlyEndsWithTheSameResult() throws Exception {
    Path whole = directory.resolve("runs/whole");
    aRunKilledRepeatedlyEndsWithTheSameResult(
        KILLS, train(EPOCHS, whole), whole, train(EPOCHS, out()));
  }

  /** Each with a state of its own: moments, the order of the rows, distortions, the best epoch. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "momentum --weight-decay 1e-4 --shuffle rows --dropout 0.2,0.1 --label-smoothing 0.1",
        "nesterov --shuffle groups --schedule cosine --warmup 2.5 --dropout 0.2 --label-smoothing 0.1",
        "adam --shuffle rows --augment --dropout 0.1 --label-smoothing 0.05 --validation 12",
        "adamw --shuffle groups --augment --dropout 0.1 --label-smoothing 0.05 --weight-decay 0.01",
      })
  void aKilledRunOfAnyOptimizerEndsWithTheSameResult(String options) throws Exception {
    int kills = Math.max(2, KILLS / 2);
    Path whole = directory.resolve("runs/whole");
    List<List<String>> args = new ArrayList<>();
    for (Path out : List.of(whole, out())) {
      List<String> train = TinyData.train(64, directory, "--out", out.toString(), "--batch", "4");
      train.addAll(List.of("--epochs", Integer.toString(EPOCHS), "--checkpoint-every", "1"));
      train.addAll(List.of(("--hidden 64,32 --lr 0.002 --optimizer " + options).split(" ")));
      args.add(train);
    }
    aRunKilledRepeatedlyEndsWithTheSameResult(kills, args.get(0), whole, args.get(1));
  }

  /**
   * @param trainWhole arguments of a run that is left alone, into {@code whole}
   * @param train arguments of one that is killed, into {@link #out}
   */
  private void aRunKilledRepeatedlyEndsWithTheSameResult(
      int kills, List<String> trainWhole, Path whole, List<String> train)
      throws IOException, InterruptedException {
    CommandRun uninterrupted = CommandRun.of(trainWhole);
    assertEquals(0, uninterrupted.status(), uninterrupted.err());
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String why = "seed " + seed + ": ";
    int known = 0;
    List<String> args = train;
    for (int kill = 0; kill < kills; kill++) {
      // Every third dies in its first seconds, perhaps before it has begun.
      int lines = kill % 3 == 1 ? 0 : 1 + random.nextInt(SHOWN / 2);
      long nanos = (long) (random.nextDouble() * (lines == 0 ? 1.5e9 : 2e7));
      List<String> shown = killAfter(program.startStalling(SHOWN, args), lines, nanos);
      assertFalse(Files.exists(out().resolve("summary.json")), why + "over before it was killed");
      Matcher resuming = RESUMING.matcher(program.said().lines().findFirst().orElse(""));
      if (resuming.matches()) {
        int from = Integer.parseInt(resuming.group(1));
        assertTrue(
            from >= known, why + "resumed after epoch %d, but %d was known".formatted(from, known));
      } else {
        assertTrue(known == 0 || shown.isEmpty(), why + program.said());
      }
      known = Math.max(known, epochOf(shown));
      int recorded = checkHistory();
      assertTrue(recorded >= known, why + "epoch %d shown, %d recorded".formatted(known, recorded));
      known = recorded;
      boolean begun = Files.exists(out().resolve("run.json"));
      String engine = kill % 2 == 0 ? "scalar" : "simd";
      args = begun ? resume("--threads", "" + (1 + kill % 3), "--engine", engine) : args;
    }
    CommandRun last = run(List.of(), resume());
    assertEquals(0, last.status(), why + last.err());
    assertEquals(lastTwo(uninterrupted), lastTwo(last), why);
    assertEquals(EPOCHS, checkHistory());
    assertEquals(UnfinishedRun.figures(whole), UnfinishedRun.figures(out()), why);
    assertEquals(
        -1, Files.mismatch(whole.resolve("model.safetensors"), out().resolve("model.safetensors")));
  }

  private static List<String> lastTwo(CommandRun run) {
    List<String> lines = run.out().lines().toList();
    return lines.subList(lines.size() - 2, lines.size());
  }

  @Test
  void aLockEndsWithItsProcess() throws Exception {
    Process process = program.start(List.of(), train(1_000_000, out()));
    List<String> other = train(1, out());
    try (BufferedReader reader = process.inputReader()) {
      reader.readLine();
      CommandRun second = CommandRun.of(other);
      assertEquals(1, second.status());
      assertEquals(
          "lanewise: %s: another run is writing there (process %d): wait for it to end or use another directory\n"
              .formatted(out(), process.pid()),
          second.err());
      CommandRun resumed = CommandRun.of(resume());
      assertEquals(1, resumed.status());
      assertEquals(second.err(), resumed.err());
    } finally {
      process.destroyForcibly().waitFor();
    }
    checkHistory();
    CommandRun fresh = CommandRun.of(other);
    assertEquals(0, fresh.status(), fresh.err());
  }

  /** Suddenly files are limited to 64 KiB; a checkpoint has 140,000 bytes. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskKeepsTheLastCheckpoint() throws Exception {
    Process process = program.start(List.of(), train(1_000_000, out()));
    try (BufferedReader reader = process.inputReader()) {
      reader.readLine();
      Needed.run("part of util-linux", "prlimit", "--pid", "" + process.pid(), "--fsize=65536");
      while (reader.readLine() != null) {
        // Until it fails.
      }
      assertEquals(1, process.waitFor());
      String last = program.said().lines().toList().getLast();
      assertTrue(
          last.matches(
              "lanewise: cannot write to \\Q%s\\E: .*File too large; 'train --resume .* after epoch \\d+"
                  .formatted(out())),
          last);
      ModelFile.read(out().resolve("checkpoint.safetensors"));
      checkHistory();
    } finally {
      process.toHandle().destroyForcibly();
    }
  }

  /** Files are limited to 64 blocks of 1024 bytes; a model has 140,000 bytes. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsDetectedBeforeARunIsResumed() throws Exception {
    int epochs = SHOWN + 10;
    Path whole = directory.resolve("runs/whole");
    CommandRun uninterrupted = CommandRun.of(train(epochs, whole));
    List<String> shown = killAfter(program.startStalling(SHOWN, train(epochs, out())), 3, 0);
    assertFalse(Files.exists(out().resolve("summary.json")), "over before it was killed");
    byte[] before = Files.readAllBytes(out().resolve("checkpoint.safetensors"));
    CommandRun down = run(limitFiles(64), resume("--quiet"));
    assertEquals(1, down.status(), down.err());
    assertEquals(
        "lanewise: cannot write to %s: File too large\n"
            .formatted(out().resolve("model.safetensors")),
        down.err());
    assertTrue(checkHistory() >= epochOf(shown));
    assertArrayEquals(before, Files.readAllBytes(out().resolve("checkpoint.safetensors")));
    CommandRun last = CommandRun.of(resume());
    assertEquals(0, last.status(), last.err());
    assertEquals(lastTwo(uninterrupted), lastTwo(last));
    assertEquals(UnfinishedRun.figures(whole), UnfinishedRun.figures(out()));
  }

  /**
   * Files are limited to 4 blocks of 1024 bytes; a checkpoint has fewer, the whole history has
   * more, and a line of it begins before the limit and ends after.
   */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aLineOfTheHistoryIsOnAFullDiskWholeOrNotAtAll() throws Exception {
    Path whole = directory.resolve("runs/whole");
    List<String> args = train(150, whole);
    args.addAll(List.of("--hidden", "none"));
    CommandRun uninterrupted = CommandRun.of(args);
    assertEquals(0, uninterrupted.status(), uninterrupted.err());
    args.replaceAll(arg -> arg.equals(whole.toString()) ? out().toString() : arg);
    CommandRun full = run(limitFiles(4), args);
    assertEquals(1, full.status(), full.err());
    int shown = (int) full.out().lines().count();
    assertEquals(shown, checkHistory());
    assertEquals(
        "lanewise: cannot write to %s: File too large; 'train --resume %s' continues after epoch %d"
            .formatted(out(), out(), shown + 1),
        full.err().lines().toList().getLast());
    CommandRun last = CommandRun.of(resume());
    assertEquals(0, last.status(), last.err());
    assertEquals(uninterrupted.out().lines().skip(shown).toList(), last.out().lines().toList());
    assertEquals(UnfinishedRun.figures(whole), UnfinishedRun.figures(out()));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aReadOnlyDirectoryKeepsTheLastCheckpoint() throws Exception {
    List<String> prefix = Needed.respectForPermissions();
    Process process = program.start(prefix, train(1_000_000, out()));
    try (BufferedReader reader = process.inputReader()) {
      reader.readLine();
      assertTrue(out().toFile().setWritable(false));
      while (reader.readLine() != null) {
        // Until it fails.
      }
      assertEquals(1, process.waitFor());
      String last = program.said().lines().toList().getLast();
      assertTrue(
          last.matches(
              "lanewise: cannot write to \\Q%s\\E: no permission for .*; 'train --resume .* after epoch \\d+"
                  .formatted(out())),
          last);
      byte[] checkpoint = Files.readAllBytes(out().resolve("checkpoint.safetensors"));
      ModelFile.read(out().resolve("checkpoint.safetensors"));
      CommandRun again = run(prefix, resume());
      assertEquals(1, again.status());
      assertEquals("", again.out());
      assertTrue(again.err().startsWith("lanewise: cannot write to " + out()), again.err());
      assertEquals(1, again.err().lines().count(), again.err());
      assertArrayEquals(checkpoint, Files.readAllBytes(out().resolve("checkpoint.safetensors")));
      checkHistory();
    } finally {
      process.toHandle().destroyForcibly();
      assertTrue(out().toFile().setWritable(true));
    }
  }

  /** Starts a process whose files have at most a number of blocks of 1024 bytes. */
  private static List<String> limitFiles(int blocks) {
    return List.of("bash", "-c", "ulimit -f %d; exec \"$@\"".formatted(blocks), "bash");
  }
}
