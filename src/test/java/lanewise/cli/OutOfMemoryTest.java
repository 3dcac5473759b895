package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import lanewise.TestJvm;
import lanewise.model.ModelFile;
import lanewise.run.HistoryReader;
import lanewise.run.RunException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Too little memory is reported in one line, wherever it is noticed. */
@Timeout(120)
class OutOfMemoryTest {
  @TempDir private Path directory;

  @Command
  private record Failing(Throwable failure) implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      if (failure instanceof Error error) {
        throw error;
      }
      throw (Exception) failure;
    }
  }

  private static CommandRun run(Callable<Integer> command, String... args) {
    ErrorHandling errors = new ErrorHandling();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        new CommandLine(command)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .setParameterExceptionHandler(errors)
            .setExecutionExceptionHandler(errors)
            .setExecutionStrategy(errors)
            .execute(args);
    return new CommandRun(status, out.toString(), err.toString());
  }

  static Stream<Throwable> failures() {
    Error error = new OutOfMemoryError("Java heap space");
    Exception suppressing = new IOException("cannot close");
    suppressing.addSuppressed(new IllegalStateException(error));
    RuntimeException circular = new RuntimeException(suppressing);
    suppressing.addSuppressed(circular);
    return Stream.of(
        error,
        new CompletionException(error),
        new IllegalStateException("task failed", new RuntimeException(error)),
        new BootstrapMethodError(error),
        new RunException("cannot write", new IOException(error)),
        suppressing,
        circular);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void anErrorInsideAnotherIsReportedToo(Throwable failure) {
    CommandRun run = run(new Failing(failure));
    assertEquals(1, run.status());
    assertTrue(run.err().startsWith("lanewise: not enough memory: "), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
  }

  @Test
  void otherFailuresAreNotMistakenForIt() {
    assertFalse(ErrorHandling.isOutOfMemory(new IllegalStateException(new IOException())));
    CommandRun run = run(new Failing(new IllegalStateException("a bug")));
    assertTrue(run.err().contains("\tat "), "a bug has a stack trace");
  }

  @Test
  void tooLittleMemoryForThePageKeepsTheRun() throws IOException {
    Path out = directory.resolve("run");
    List<String> args = TinyData.train(directory, "--out", out.toString(), "--epochs", "1");
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    CommandLine program = RootCommand.commandLine(nowhere, nowhere, false);
    TrainCommand train = program.getSubcommands().get("train").getCommand();
    train.pages =
        (run, model, page) -> {
          throw new OutOfMemoryError("Java heap space");
        };
    CommandRun run = CommandRun.of(program, args);
    assertEquals(1, run.status(), run.err());
    assertTrue(run.out().contains("Weights: sha256 "), run.out());
    assertTrue(run.err().endsWith("\n" + withoutPage(out) + "\n"), run.err());
    assertTrue(Files.exists(out.resolve("summary.json")));
    assertFalse(Files.exists(out.resolve("report.html")));
  }

  /** What is said of a complete run without its page. */
  private static String withoutPage(Path run) {
    return "lanewise: the run is complete, but %s: %s"
        .formatted(run.resolve("report.html"), ErrorHandling.NOT_ENOUGH_MEMORY);
  }

  /** From too little for the options to enough for the run; what is on the disk is valid. */
  @ParameterizedTest
  @ValueSource(ints = {8, 12, 16, 18, 20, 22})
  void aSmallHeapIsReportedInOneLine(int megabytes) throws Exception {
    Path rows = directory.resolve("rows.csv");
    Random random = new Random(1);
    try (PrintWriter csv = new PrintWriter(rows.toFile())) {
      for (int row = 0; row < 3000; row++) {
        csv.print(row % 10);
        for (int pixel = 0; pixel < 784; pixel++) {
          csv.print("," + (random.nextInt(3) == 0 ? random.nextInt(256) : 0));
        }
        csv.println();
      }
    }
    Path out = directory.resolve("run");
    List<String> options = new ArrayList<>(TestJvm.VECTORS);
    options.addAll(List.of("-Xmx" + megabytes + "m", "-XX:+UseG1GC", "-XX:-UsePerfData"));
    TestJvm.Result result =
        TestJvm.run(
            options,
            Main.class,
            ("train --quiet --epochs 2 --hidden 600 --threads 2 --checkpoint-every 1 --train %s"
                    + " --test %s --out %s")
                .formatted(rows, rows, out)
                .split(" "));
    List<String> errors =
        result
            .output()
            .lines()
            .filter(line -> !line.matches("(WARNING|Epoch|Test Accuracy|Weights)\\b.*"))
            .toList();
    if (result.status() == 0) {
      assertEquals(List.of(), errors);
    } else {
      assertEquals(1, result.status(), result.output());
      assertEquals(1, errors.size(), result.output());
      assertTrue(
          List.of("lanewise: " + ErrorHandling.NOT_ENOUGH_MEMORY, withoutPage(out))
              .contains(errors.getFirst()),
          result.output());
    }
    if (Files.exists(out.resolve("history.csv"))) {
      HistoryReader.read(out);
    }
    if (Files.exists(out.resolve("checkpoint.safetensors"))) {
      ModelFile.read(out.resolve("checkpoint.safetensors"));
    }
  }
}
