package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A result that did not reach its place is an error. */
@Timeout(120)
class StandardOutputTest {
  private static final String FULL =
      "lanewise: cannot write to standard output: No space left on device";

  private static final String TRAIN =
      "train --train train.csv --test test.csv --quiet --batch 8 --checkpoint-every 1";

  @TempDir private static Path directory;
  private static ShellRun shell;

  @BeforeAll
  static void train() throws IOException {
    shell = new ShellRun(directory);
    Path out = directory.resolve("runs/latest");
    List<String> args = TinyData.train(directory, "--hidden=none", "--epochs=1", "--out");
    args.add(out.toString());
    assertEquals(0, CommandRun.of(args).status());
  }

  private static void assertRun(int status, String err, CommandRun run) {
    assertAll(
        () -> assertEquals(status, run.status(), run.err()),
        () -> assertEquals(err.isEmpty() ? "" : err + "\n", run.err()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "--version",
        "train --help",
        "predict test.csv",
        "predict --json test.csv",
        "evaluate --quiet --test test.csv",
        "evaluate --quiet --test test.csv --json",
        "train --resume runs/latest --quiet"
      })
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsAnError(String args) throws Exception {
    assertRun(1, FULL, shell.run("\"$@\" %s > /dev/full".formatted(args)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "predict test.csv", "evaluate --quiet --test test.csv"})
  @EnabledOnOs(OS.LINUX)
  void aClosedOutputIsAnError(String args) throws Exception {
    assertRun(
        1,
        "lanewise: cannot write to standard output: Bad file descriptor",
        shell.run("\"$@\" %s >&-".formatted(args)));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aClosedOutputIsNoErrorIfThereIsNoResult() throws Exception {
    assertRun(0, "", shell.run("\"$@\" export --quiet --npz x.npz >&-"));
    assertTrue(Files.exists(directory.resolve("x.npz")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--help", "--version", "predict test.csv", "evaluate --quiet --test test.csv"})
  @EnabledOnOs(OS.LINUX)
  void aClosedPipeEndsTheProgramQuietly(String args) throws Exception {
    // The program starts once the other end of its pipe is closed.
    String script =
        """
        rm -f closed; mkfifo closed
        { read -r < closed; "$@" %s; echo $? > status; } | { exec <&-; echo > closed; }
        exit $(cat status)
        """;
    assertRun(141, "", shell.run(script.formatted(args)));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aReaderThatHasSeenEnoughEndsTheRun() throws Exception {
    CommandRun run =
        shell.run(
            "\"$@\" %s --hidden none --epochs 1000000 --out piped | head -1; exit ${PIPESTATUS[0]}"
                .formatted(TRAIN));
    assertRun(141, "", run);
    assertTrue(run.out().matches("Epoch 1/1000000 - .*\n"), run.out());
    Path out = directory.resolve("piped");
    assertTrue(Files.readString(out.resolve("history.csv")).endsWith("\n"));
    assertTrue(Files.exists(out.resolve("checkpoint.safetensors")));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aRunThatCannotPrintItsFirstEpochStopsAndCanBeResumed() throws Exception {
    String train = TRAIN + " --hidden 8 --epochs 5 --out ";
    CommandRun whole = shell.run("\"$@\" " + train + "whole");
    CommandRun run = shell.run("\"$@\" " + train + "stopped > /dev/full");
    assertRun(1, FULL + "; 'train --resume stopped' continues after epoch 1", run);
    assertEquals(2, Files.readAllLines(directory.resolve("stopped/history.csv")).size());
    CommandRun resumed = shell.run("\"$@\" train --quiet --resume stopped");
    assertEquals(0, resumed.status(), resumed.err());
    assertEquals(
        whole.out().lines().skip(1).toList(), resumed.out().lines().toList(), resumed.out());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aRunThatCannotPrintItsResultIsComplete() throws Exception {
    CommandRun run =
        shell.run("\"$@\" %s --hidden none --epochs 0 --out silent > /dev/full".formatted(TRAIN));
    assertRun(1, FULL + "; the run is complete: 'train --resume silent' prints its result", run);
    for (String name : List.of("summary.json", "model.safetensors", "report.html")) {
      assertTrue(Files.exists(directory.resolve("silent").resolve(name)), name);
    }
    CommandRun again = shell.run("\"$@\" train --resume silent");
    assertEquals(0, again.status(), again.err());
    assertEquals(2, again.out().lines().count());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aReportIsWrittenAllTheSame() throws Exception {
    CommandRun run =
        shell.run("\"$@\" evaluate --quiet --test test.csv --report page.html > /dev/full");
    assertRun(1, FULL, run);
    assertTrue(Files.exists(directory.resolve("page.html")));
  }

  /** A file may have two blocks of 1024 bytes; the predictions need more. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aFailureInTheMiddleIsAnError() throws Exception {
    String rows = "\"$@\" predict --json test.csv test.csv";
    String whole = shell.run(rows).out();
    CommandRun run = shell.run("ulimit -f 2; " + rows + " > part");
    assertRun(1, "lanewise: cannot write to standard output: File too large", run);
    assertEquals(whole.substring(0, 2048), Files.readString(directory.resolve("part")));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullStandardErrorIsNoError() throws Exception {
    CommandRun run = shell.run("\"$@\" evaluate --test test.csv 2> /dev/full");
    assertEquals(0, run.status());
    assertTrue(run.out().startsWith("Accuracy: "), run.out());
    assertEquals(1, shell.run("\"$@\" nonsense 2> /dev/full").status());
    assertEquals(1, shell.run("\"$@\" --help > /dev/full 2> /dev/full").status());
  }

  @Test
  void theWriteThatFailsThrowsAndTheNextOnesDoNothing() {
    List<Integer> written = new ArrayList<>();
    OutputStream failing =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("no paper");
          }

          @Override
          public void write(byte[] bytes, int from, int length) throws IOException {
            written.add(length);
            if (written.size() > 1) {
              throw new IOException("no paper");
            }
          }
        };
    PrintWriter out = new PrintWriter(new StandardOutput(failing), true, StandardCharsets.US_ASCII);
    out.println("1");
    OutputException e = assertThrows(OutputException.class, () -> out.println("12"));
    assertEquals("cannot write to standard output: no paper", e.getMessage());
    out.println("123");
    out.flush();
    int end = System.lineSeparator().length();
    assertEquals(List.of(1 + end, 2 + end), written);
  }
}
