package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lanewise.Launcher;
import lanewise.model.Model;
import lanewise.model.ModelFile;
import lanewise.model.ModelInfo;
import lanewise.nn.Mlp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Names that the encoding of the locale cannot hold, as a shell passes them. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class LocaleTest {
  /**
   * Runs a command for each option that takes the name of a file, with its argument as the name.
   */
  static final class AllOptions {
    private AllOptions() {}

    /** Prints the status, the option and the error of each, in a line. */
    public static void main(String[] args) {
      PrintWriter nowhere = new PrintWriter(new StringWriter());
      CommandLine commands = RootCommand.commandLine(nowhere, nowhere, false);
      for (CommandLine command : commands.getSubcommands().values()) {
        command.getCommandSpec().options().stream()
            .filter(option -> option.type() == Path.class)
            .map(option -> option.longestName() + "=" + args[0])
            .map(option -> CommandRun.of(command.getCommandName(), option))
            .forEach(
                run ->
                    System.out.print(
                        run.status() + " " + run.err().lines().toList().get(0) + "\n"));
      }
    }
  }

  @TempDir private Path directory;
  private ShellRun shell;

  @BeforeEach
  void train() throws Exception {
    shell = new ShellRun(directory);
    Path out = directory.resolve("runs/latest");
    List<String> args = TinyData.train(directory, "--hidden=none", "--epochs=1", "--out");
    args.add(out.toString());
    assertEquals(0, CommandRun.of(args).status());
  }

  /** A letter of UTF-8 in a locale of ASCII, and a byte of Latin-1 in a locale of UTF-8. */
  @ParameterizedTest
  @CsvSource({"C, \\xc3\\xa9", "POSIX, \\xc3\\xa9", "C.UTF-8, \\xe9"})
  void noOptionTakesAnotherName(String locale, String name) throws Exception {
    CommandRun run =
        shell.run("export LC_ALL=%s; \"$@\" $'%s'".formatted(locale, name), AllOptions.class);
    assertEquals(0, run.status(), run.err());
    List<String> lines = run.out().lines().toList();
    assertTrue(lines.size() > 10, run.out());
    for (String line : lines) {
      assertTrue(
          line.matches(
              "1 lanewise: invalid value for option '--[a-z]+':"
                  + " '.{1,2}' is not the name of a file: the encoding of the locale cannot hold it"),
          line);
    }
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(
          List.of("runs", "shell.err", "test.csv", "train.csv"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }

  @ParameterizedTest
  @CsvSource({"C, \\xc3\\xa9", "C.UTF-8, \\xe9"})
  void anInputOfPredict(String locale, String name) throws Exception {
    CommandRun run =
        shell.run(
            "export LC_ALL=%s; cp test.csv $'%s.csv'; \"$@\" predict $'%2$s.csv' test.csv"
                .formatted(locale, name),
            Launcher.class);
    assertAll(
        () -> assertEquals(1, run.status()),
        () -> assertEquals(TinyData.TEST_ROWS, run.out().lines().count(), "the other one"),
        () ->
            assertTrue(
                run.err()
                    .matches(
                        "lanewise: .{1,2}\\.csv: not a file name: the encoding of the locale cannot"
                            + " hold it\n"),
                run.err()));
  }

  @ParameterizedTest
  @CsvSource({"$'\\xc3\\xa9', command", "$'--\\xc3\\xa9', option"})
  void otherWords(String word, String kind) throws Exception {
    CommandRun run = shell.run("export LC_ALL=C; \"$@\" " + word, Launcher.class);
    assertEquals(1, run.status());
    assertTrue(
        run.err().matches("lanewise: unknown " + kind + " '(--)?\\?\\?'\nTry .*\n"), run.err());
  }

  @Test
  void aRunOfAnotherLocale() throws Exception {
    String train =
        "export LC_ALL=C.UTF-8; cp train.csv $'\\xc3\\xa9.csv';"
            + " \"$@\" train --quiet --train $'\\xc3\\xa9.csv' --test test.csv --epochs 0 --out o";
    assertEquals(0, shell.run(train).status());
    CommandRun run = shell.run("export LC_ALL=C; rm o/summary.json; \"$@\" train --resume o");
    assertEquals(1, run.status());
    assertTrue(
        run.err().matches("lanewise: o/run.json: data.train: '.*' is not a file name here: .*\n"),
        run.err());
    assertEquals(1, run.err().lines().count(), run.err());
  }

  /** The JVM would resolve relative names against another directory, and create that. */
  @ParameterizedTest
  @CsvSource({"C, \\xc3\\xa9", "C.UTF-8, \\xe9"})
  void noCommandRunsInADirectoryOfAnotherLocale(String locale, String name) throws Exception {
    String script =
        "export LC_ALL=%s; mkdir d $'d/%s'; cd $'d/%2$s';"
            + " \"$@\" train --data builtin --offline --epochs 0 --hidden none; s=$?;"
            + " [ $(ls .. | wc -l) = 1 ] && [ -z \"$(ls)\" ] && exit $s";
    CommandRun run = shell.run(script.formatted(locale, name));
    assertEquals(
        "lanewise: the encoding of the locale cannot hold the name of the working directory: use"
            + " another one or another LC_ALL\n",
        run.err());
    assertEquals(1, run.status());
    assertEquals("", run.out());
  }

  @ParameterizedTest
  @CsvSource({"C, ?", "C.UTF-8, \u00e9"})
  void resultsAreInTheEncodingOfTheLocale(String locale, String shown) throws Exception {
    ModelInfo info = new ModelInfo(List.of("\u00e9"), ModelInfo.GREY, Map.of());
    Path model = directory.resolve("model.safetensors");
    ModelFile.write(model, new Model(Mlp.glorot(1, 6, 1), info));
    CommandRun run =
        shell.run(
            "export LC_ALL=%s; \"$@\" predict --model model.safetensors test.csv"
                .formatted(locale));
    assertTrue(run.out().startsWith("test.csv:1  " + shown + " 100.00%\n"), run.out());
  }

  @Test
  void jsonIsTheSameInEachLocale() throws Exception {
    String predict =
        "cp test.csv a.csv; export LC_ALL=%s; \"$@\" predict --json a.csv; \"$@\" evaluate --json --test a.csv";
    CommandRun run = shell.run(predict.formatted("C"));
    assertEquals(shell.run(predict.formatted("C.UTF-8")), run);
    assertFalse(run.out().isEmpty());
  }
}
