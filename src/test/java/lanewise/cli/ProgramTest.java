package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import lanewise.Needed;
import lanewise.model.Model;
import lanewise.model.ModelFile;
import lanewise.model.ModelInfo;
import lanewise.nn.Mlp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program as a separate process: streams, signals, memory. */
@Timeout(120)
class ProgramTest {
  @TempDir private Path directory;

  private ProcessBuilder java(List<String> options, List<String> args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "lanewise.cli.Main"));
    command.addAll(args);
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectError(directory.resolve("err").toFile());
  }

  private CommandRun run(List<String> options, List<String> args)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("--add-modules", "jdk.incubator.vector"));
    all.addAll(options);
    return runPlainly(all, args);
  }

  /** Without the Vector API, unless the options add it. */
  private CommandRun runPlainly(List<String> options, List<String> args)
      throws IOException, InterruptedException {
    Process process = java(options, args).start();
    String out = new String(process.getInputStream().readAllBytes());
    return new CommandRun(process.waitFor(), out, err());
  }

  /** Standard error without the JVM's warning about the incubator module. */
  private String err() throws IOException {
    return Files.readString(directory.resolve("err"))
        .replaceFirst("WARNING: Using incubator modules: .*\\R", "");
  }

  @Test
  void redirectedOutputHasLinesOnly() throws IOException, InterruptedException {
    CommandRun run =
        run(List.of(), TinyData.train(directory, "--epochs=300", "--checkpoint-every=0"));
    assertEquals(0, run.status(), run.err());
    assertEquals(302, run.out().lines().count());
    assertEquals(6, run.err().lines().count(), run.err());
    assertFalse((run.out() + run.err()).matches("(?s).*[\\r\\x1b].*"));
    assertTrue(Files.exists(directory.resolve("runs/latest/summary.json")), "the default --out");
  }

  @Test
  void withoutAModelAnyoneLearnsHowToGetOne() throws IOException, InterruptedException {
    for (List<String> command :
        List.of(
            List.of("evaluate", "--data", "builtin"),
            List.of("predict", "x.png"),
            List.of("export", "--npz", "x.npz"))) {
      CommandRun run = run(List.of(), command);
      assertEquals(1, run.status());
      assertEquals(
          "lanewise: runs/latest/model.safetensors: no such file: run 'lanewise train' first, or"
              + " name a network with --model\n",
          run.err());
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void closedStandardInputIsReported() throws IOException, InterruptedException {
    Path model = directory.resolve("runs/latest/model.safetensors");
    ModelFile.write(
        Files.createDirectories(model.getParent()).resolve(model.getFileName()),
        new Model(Mlp.glorot(1, 784, 10), new ModelInfo(ModelInfo.numbered(10), 255, Map.of())));
    List<String> command = new ArrayList<>(java(List.of(), List.of("predict", "-")).command());
    command.addAll(0, List.of("sh", "-c", "exec \"$@\" <&-", "sh"));
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertEquals(1, process.waitFor(), said);
    assertEquals("lanewise: standard input: it is closed\n", said);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void anUnreadableFileIsReported() throws IOException, InterruptedException {
    List<String> args = TinyData.train(directory);
    Path test = directory.resolve("test.csv");
    assertTrue(test.toFile().setReadable(false));
    ProgramProcess program = new ProgramProcess(directory.resolve("err"));
    Process process = program.start(Needed.respectForPermissions(), args);
    assertEquals("", new String(process.getInputStream().readAllBytes()));
    assertEquals(1, process.waitFor());
    assertEquals("lanewise: %s: no permission to read it\n".formatted(test), program.said());
  }

  @Test
  void withoutTheVectorApiTheScalarEngineRunsAndSaysWhatToAdd()
      throws IOException, InterruptedException {
    List<String> args = TinyData.train(directory, "--epochs", "2");
    CommandRun run = runPlainly(List.of(), args);
    assertEquals(0, run.status(), run.err());
    assertTrue(run.err().contains("start java with --add-modules jdk.incubator.vector"), run.err());
    assertTrue(run.err().contains("scalar engine, 1 lane"), run.err());
    assertEquals(run(List.of(), args).out(), run.out());
  }

  @Test
  void withoutTheVectorApiSimdIsAnError() throws IOException, InterruptedException {
    List<String> args = TinyData.train(directory, "--engine", "simd");
    CommandRun run = runPlainly(List.of(), args);
    assertEquals(1, run.status());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().contains("start java with --add-modules jdk.incubator.vector"), run.err());
    assertFalse(Files.exists(directory.resolve("runs")));
  }

  @Test
  void anUnknownVectorWidthIsAnError() throws IOException, InterruptedException {
    List<String> args = TinyData.train(directory, "--engine", "simd");
    CommandRun run = run(List.of("-Dlanewise.lanes=5"), args);
    assertEquals(1, run.status());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().contains("-Dlanewise.lanes takes 4, 8 or 16, not 5"), run.err());
  }

  @Test
  void builtInDigitsInsteadOfMnistAreAnnounced() throws IOException, InterruptedException {
    List<String> args = List.of("train", "--offline", "--quiet", "--epochs=0", "--hidden=none");
    CommandRun run = run(List.of(), args);
    assertEquals(0, run.status(), run.err());
    assertEquals(2, run.out().lines().count());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().startsWith("lanewise: MNIST is not in data"), run.err());
  }

  /** The built-in digits are drawn and tested on all cores, but by no more than 1024 threads. */
  @Test
  void aMachineMayHaveMoreThan1024Cores() throws IOException, InterruptedException {
    List<String> args = List.of("train", "--offline", "--quiet", "--epochs=0", "--hidden=none");
    CommandRun run = run(List.of("-XX:ActiveProcessorCount=1500"), args);
    assertEquals(0, run.status(), run.err());
    assertEquals(run(List.of(), args).out(), run.out());
  }

  @Test
  void requestedBuiltInDigitsAreNot() throws IOException, InterruptedException {
    List<String> args = List.of("train", "--data=builtin", "--quiet", "--epochs=0", "--hidden=4");
    CommandRun run = run(List.of(), args);
    assertEquals(0, run.status(), run.err());
    assertEquals("", run.err());
  }

  @Test
  void numbersDoNotDependOnTheLocale() throws IOException, InterruptedException {
    List<String> args = TinyData.train(directory, "--epochs", "2");
    List<String> egypt = List.of("-Duser.language=ar", "-Duser.country=EG");
    assertEquals(run(List.of(), args).out(), run(egypt, args).out());
  }

  @Test
  void tooLittleMemoryIsReportedInOneLine() throws IOException, InterruptedException {
    CommandRun run =
        run(List.of("-Xmx32m"), TinyData.train(directory, "--hidden", "20000000", "--threads=1"));
    assertEquals(1, run.status());
    assertEquals("", run.out());
    assertTrue(run.err().matches("lanewise: not enough memory: .*-Xmx4g.*\\R"), run.err());
    assertFalse(Files.exists(directory.resolve("runs")));
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs POSIX signals")
  void aSignalEndsTheRunCleanly(String signal, int status)
      throws IOException, InterruptedException {
    if (signal.equals("INT")) {
      ProgramProcess.assumeInterruptible();
    }
    Process process =
        java(List.of(), TinyData.train(directory, "--epochs", "100000000", "--hidden", "none"))
            .start();
    int shown = 0;
    try (BufferedReader out = process.inputReader()) {
      while (shown < 20 && out.readLine() != null) {
        shown++;
      }
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
      String line = "";
      while (line != null) {
        line = out.readLine();
        shown += line == null ? 0 : 1;
      }
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it ends");
    } finally {
      process.destroyForcibly();
    }
    assertEquals(status, process.exitValue(), err());
    Path out = Path.of("runs", "latest");
    List<String> history = Files.readAllLines(directory.resolve("runs/latest/history.csv"));
    assertEquals(shown, history.size() - 1, "a line in the history for each one shown");
    assertTrue(history.get(shown).matches(shown + ",[^,]+,[^,]+,[^,]+"), history.get(shown));
    assertFalse(Files.exists(directory.resolve("runs/latest/summary.json")));
    assertEquals(
        ("Stopped in epoch %d of 100000000; %d epochs are in %s;"
                + " 'train --resume %s' continues after epoch %d")
            .formatted(shown + 1, shown, out.resolve("history.csv"), out, shown),
        err().lines().toList().getLast());
  }

  /**
   * Five epochs are in the history when the signal comes, as the fifth line of standard output has
   * to wait for it.
   */
  @ParameterizedTest
  @CsvSource({"0, 0", "1, 5", "2, 4", "3, 3"})
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs POSIX signals")
  void theLastLineNamesTheLastCheckpoint(int every, int checkpoint)
      throws IOException, InterruptedException {
    Path out = directory.resolve("stopped");
    List<String> args = TinyData.train(directory, "--epochs", "9", "--hidden", "none");
    args.addAll(List.of("--checkpoint-every", "" + every, "--out", out.toString()));
    ProgramProcess program = new ProgramProcess(directory.resolve("err"));
    Process process = program.startStalling(4, args);
    try (BufferedReader reader = process.inputReader()) {
      for (int line = 0; line < 4; line++) {
        reader.readLine();
      }
      Path history = out.resolve("history.csv");
      while (Files.readAllLines(history).size() < 6) {
        Thread.sleep(1);
      }
      new ProcessBuilder("kill", "-TERM", "" + process.pid()).start().waitFor();
      assertTrue(reader.readLine().startsWith("Epoch 5/9 - loss: "));
      assertNull(reader.readLine());
      assertEquals(143, process.waitFor());
      assertEquals(
          "Stopped in epoch 6 of 9; 5 epochs are in %s%s"
              .formatted(
                  history,
                  every == 0
                      ? ""
                      : "; 'train --resume %s' continues after epoch %d"
                          .formatted(out, checkpoint)),
          program.said().lines().toList().getLast());
      assertEquals(6, Files.readAllLines(history).size());
    } finally {
      process.toHandle().destroyForcibly();
    }
  }
}
