package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lanewise.model.Model;
import lanewise.model.ModelFile;
import lanewise.model.ModelInfo;
import lanewise.nn.Mlp;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Whatever names, cells and arguments contain, what is printed cannot control a terminal. */
class PrintedTextTest {
  /** Ends lines, clears the screen (in two ways), reverses text, is half a character, is hidden. */
  private static final String EVIL =
      "a\u001b[2J\r\n\tb\u0085\u009b2J\u2028\u2029\u202e\u2066\ud800c\ufeff\u007f";

  /** File names of this kind exist in every locale. */
  private static final String EVIL_NAME = "a\u001b[2J\r\n\tb\u007f";

  /** The label of a class has no control characters. */
  private static final String EVIL_LABEL = "\u2028\u202e\u2066\ufeff";

  @TempDir private static Path directory;
  private static Path model;
  private static Path test;
  private static Path evil;

  @BeforeAll
  static void makeFiles() throws IOException {
    TinyData.train(directory);
    test = directory.resolve("test.csv");
    model = directory.resolve("model.safetensors");
    List<String> labels = List.of("0" + EVIL_LABEL, "1" + EVIL_LABEL, "2" + EVIL_LABEL);
    ModelInfo info = new ModelInfo(labels, ModelInfo.GREY, Map.of());
    ModelFile.write(model, new Model(Mlp.glorot(1, 6, 3), info));
    evil =
        directory.resolve(directory.getFileSystem().getSeparator().equals("/") ? EVIL_NAME : "a");
  }

  private static CommandRun printable(int status, Object... args) {
    CommandRun run = CommandRun.of(Stream.of(args).map(Object::toString).toList());
    assertAll(
        () -> assertEquals(status, run.status(), run.err()),
        () -> assertPrintable(run.out()),
        () -> assertPrintable(run.err()));
    return run;
  }

  private static void assertPrintable(String text) {
    for (String line : text.split("\n", -1)) {
      assertFalse(
          line.matches("(?s).*[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029].*"),
          () -> line.chars().mapToObj("%04x "::formatted).reduce("", String::concat));
    }
  }

  static List<List<String>> options() {
    List<List<String>> options = new ArrayList<>();
    CommandLine commands =
        RootCommand.commandLine(
            new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()), false);
    for (CommandLine command : commands.getSubcommands().values()) {
      for (OptionSpec option : command.getCommandSpec().options()) {
        // A value for each option; and each option as a prefix of one that does not exist.
        String value = option.arity().max() == 0 ? EVIL : "=" + EVIL;
        options.add(List.of(command.getCommandName(), option.longestName() + value));
      }
    }
    return options;
  }

  @ParameterizedTest
  @MethodSource("options")
  void argumentsInMessages(List<String> args) {
    CommandRun run = CommandRun.of(args);
    assertEquals(1, run.status());
    assertPrintable(run.err());
    assertTrue(run.err().lines().count() <= 3, run.err());
  }

  @Test
  void wordsThatNoCommandExpects() {
    printable(1, EVIL);
    printable(1, "train", EVIL);
    printable(1, "predict", "--model", model, EVIL);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "control characters cannot be in names")
  void namesOfOutputs() throws IOException {
    String train = directory.resolve("train.csv").toString();
    Path out = evil.resolve("run");
    printable(
        0, "train", "--train", train, "--test", test, "--epochs=1", "--hidden=none", "--out", out);
    printable(0, "train", "--resume", out);
    printable(0, "report", "--run", out);
    printable(0, "export", "--model", model, "--npz", evil.resolve("x.npz"));
    Path page = evil.resolve("page.html");
    printable(0, "evaluate", "--model", model, "--test", test, "--report", page);
    printable(1, "export", "--model", model, "--npz", out);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "control characters cannot be in names")
  void namesOfInputs() throws IOException {
    Path data = Files.createDirectories(evil).resolve("data.csv");
    Files.copy(test, data);
    printable(0, "predict", "--model", model, data);
    printable(0, "predict", "--model", model, "--json", data);
    printable(0, "evaluate", "--model", model, "--test", data);
  }

  @Test
  void labels() {
    CommandRun text = printable(0, "predict", "--model", model, test);
    assertEquals(TinyData.TEST_ROWS, text.out().lines().count());
    printable(0, "predict", "--model", model, "--json", test);
    printable(0, "evaluate", "--model", model, "--test", test);
    printable(0, "evaluate", "--model", model, "--test", test, "--json");
  }

  @Test
  void labelsBetweenColours() {
    StringWriter out = new StringWriter();
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    int status =
        RootCommand.commandLine(new PrintWriter(out), nowhere, false, true)
            .execute("evaluate", "--model", model.toString(), "--test", test.toString());
    assertEquals(0, status);
    assertTrue(out.toString().contains("\u001b["), "coloured");
    assertPrintable(out.toString().replaceAll("\u001b\\[[0-9;]*m", ""));
  }

  @Test
  void cells() throws IOException {
    Path bad = directory.resolve("bad.csv");
    Files.writeString(bad, "0,1,2,3,4,5,6\n0,1,2,3,4,5,\u001b\u0085\u009b\u2028\u202e\n");
    printable(1, "predict", "--model", model, bad);
    printable(1, "train", "--train", bad, "--test", test);
  }
}
