package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import lanewise.run.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Help, version, and the answers to typing errors. */
class UsageTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--lr -0.1 | '-0.1' is not a number of at least 0 such as 0.008 or 1e-3",
        "--lr NaN | 'NaN' is not a number of at least 0",
        "--lr Infinity | 'Infinity' is not a number of at least 0",
        "--lr 1e999 | '1e999' is not a number of at least 0",
        "--lr fast | 'fast' is not a number of at least 0",
        "--lr 1e-400 | '1e-400' is too small: expected 0, or at least 1e-26",
        "--lr 9.9e-27 | '9.9e-27' is too small: expected 0, or at least 1e-26",
        "--lr +2 | '+2' is not a number of at least 0",
        "--lr -0 | '-0' is not a number of at least 0",
        "--lr ٠.٥ | '٠.٥' is not a number of at least 0",
        "--batch +2 | '+2' is not an integer from 1 to 2147483647",
        "--batch ٢ | '٢' is not an integer from 1 to 2147483647",
        "--hidden ٨,٤ | '٨,٤' is not 'none' or a list of integers",
        "--hidden +2 | '+2' is not 'none' or a list of integers",
        "--batch 99999999999999999999 | is not an integer from 1 to 2147483647",
        "--out= | '' is not the name of a file",
        "--data= | '' is not the name of a file",
        "--resume= | '' is not the name of a file",
        "--batch 0 | '0' is not an integer from 1 to 2147483647",
        "--batch 1.5 | '1.5' is not an integer from 1 to 2147483647",
        "--batch 2147483648 | '2147483648' is not an integer from 1 to 2147483647",
        "--epochs -1 | '-1' is not an integer from 0 to 2147483647",
        "--test-every -1 | '-1' is not an integer from 0 to 2147483647",
        "--threads 0 | '0' is not an integer from 1 to 1024",
        "--threads 1025 | '1025' is not an integer from 1 to 1024",
        "--checkpoint-every -1 | '-1' is not an integer from 0 to 2147483647",
        "--seed -1 | '-1' is not an integer from 0 to 4294967295",
        "--seed 4294967296 | '4294967296' is not an integer from 0 to 4294967295",
        "--train-rows 0 | '0' is not an integer from 1 to 2147483647",
        "--hidden 0 | '0' is not 'none' or a list of integers of at least 1 such as 256,128",
        "--hidden 8,,4 | '8,,4' is not 'none' or a list of integers",
        "--hidden 8, | '8,' is not 'none' or a list of integers",
        "--hidden= | '' is not 'none' or a list of integers",
        "--engine quick | 'quick' is not auto, simd or scalar",
        "--batch | missing required parameter for option '--batch'",
        "--batch 4 --batch 5 | option '--batch' (N) should be specified only once",
        "--optimizer adams | 'adams' is not sgd, momentum, nesterov, adam or adamw",
        "--optimizer ADAM | 'ADAM' is not sgd, momentum, nesterov, adam or adamw",
        "--mean thrice | 'thrice' is not once or twice",
        "--momentum 1 | '1' is not a number of at least 0 and below 1 such as 0.9",
        "--beta1 -1 | '-1' is not a number of at least 0 and below 1",
        "--beta2 two | 'two' is not a number of at least 0 and below 1",
        "--epsilon 0 | '0' is not a number of at least 1e-37 such as 1e-8",
        "--weight-decay -1 | '-1' is not a number of at least 0 such as 0.5 or 1e-4",
        "--weight-decay 1e999 | '1e999' is not a number of at least 0",
        "--schedule step | 'step' is not constant, linear or cosine",
        "--warmup NaN | 'NaN' is not a number of at least 0",
        "--shuffle yes | 'yes' is not none, rows or groups",
        "--init zero | 'zero' is not glorot or he",
        "--label-smoothing 1.0 | '1.0' is not a number of at least 0 and below 1",
        "--dropout 0.5,1 | '0.5,1' is not a list of numbers of at least 0 and below 1 such as 0.2,0.5",
        "--dropout 0.5, | '0.5,' is not a list of numbers of at least 0 and below 1",
        "--validation 0 | '0' is not a share below 1 such as 0.1, or a number of rows",
        "--validation 1.5 | '1.5' is not a share below 1 such as 0.1, or a number of rows",
        "--validation 1e10 | '1e10' is not a share below 1 such as 0.1, or a number of rows",
        "--early-stop 0 | '0' is not an integer from 1 to 2147483647",
        "--target-accuracy 0 | '0' is not a number above 0 and at most 1 such as 0.98",
        "--target-accuracy 98 | '98' is not a number above 0 and at most 1",
        "--recipe slow | 'slow' is not reference, fast, best or table",
        "--optimiser adam | unknown option '--optimiser'; did you mean --optimizer?",
        "--data . | --data and --train exclude each other",
        "--epoch 3 | unknown option '--epoch'; did you mean --epochs?",
        "--epcohs 3 | unknown option '--epcohs'; did you mean --epochs?",
        "--thread 3 | unknown option '--thread'; did you mean --threads?",
        "--hiden 3 | unknown option '--hiden'; did you mean --hidden?",
        "--q | unknown option '--q'",
        "more | unexpected argument 'more'",
      })
  void anInvalidOptionIsReportedInOneLine(String options, String answer) throws IOException {
    List<String> args = TinyData.train(directory);
    Path out = directory.resolve("out");
    args.addAll(List.of("--out", out.toString()));
    args.addAll(Arrays.asList(options.split(" ")));
    CommandRun run = CommandRun.of(args);
    List<String> lines = run.err().lines().toList();
    assertAll(
        () -> assertEquals(1, run.status()),
        () -> assertEquals("", run.out()),
        () -> assertTrue(lines.get(0).startsWith("lanewise: "), run.err()),
        () -> assertTrue(lines.get(0).contains(answer), run.err()),
        () -> assertEquals(List.of("Try 'lanewise train --help'"), lines.subList(1, lines.size())),
        () -> assertFalse(Files.exists(out)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--train", "--test"})
  void bothFilesAreNeeded(String option) {
    CommandRun run = CommandRun.of("train", option, "x.csv");
    assertEquals(1, run.status());
    assertEquals(
        """
        lanewise: --train and --test go together: give both files or neither
        Try 'lanewise train --help'
        """,
        run.err());
  }

  @ParameterizedTest
  @CsvSource({"trian", "rtain", "trai", "training"})
  void aMisspeltCommandSuggestsTheRightOne(String typed) {
    CommandRun run = CommandRun.of(typed, "--epochs", "3");
    assertEquals(1, run.status());
    assertEquals(
        """
        lanewise: unknown command '%s'; did you mean train?
        Try 'lanewise --help'
        """
            .formatted(typed),
        run.err());
  }

  @Test
  void withoutACommandTheCommandsAreListed() {
    CommandRun run = CommandRun.of();
    assertEquals(1, run.status());
    assertTrue(
        run.err()
            .matches(
                "lanewise: missing command; expected one of train, .*predict.*\\RTry 'lanewise --help'\\R"),
        run.err());
  }

  @Test
  void eachCommandIsDescribedInOneSentence() {
    List<String> described =
        CommandRun.of("--help")
            .out()
            .lines()
            .filter(line -> line.matches("  (train|sweep|evaluate|predict|export|report) .*"))
            .toList();
    assertEquals(6, described.size());
    for (String line : described) {
      assertTrue(line.matches("  \\w+ +[A-Z][^.:]*\\."), line);
    }
  }

  @Test
  void controlCharactersInAnArgumentAreReplaced() {
    CommandRun run = CommandRun.of("train", "--lr", "a\nb\u001b[2J");
    assertEquals(2, run.err().lines().count());
    assertFalse(run.err().contains("\u001b"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--data | data",
        "--train | none",
        "--test | none",
        "--offline | false",
        "--train-rows | all rows",
        "--hidden | 256,128",
        "--batch | 64",
        "--lr | 0.008",
        "--epochs | 75",
        "--seed | 42",
        "--test-every | 0",
        "--recipe | reference",
        "--optimizer | sgd",
        "--momentum | 0.9",
        "--beta1 | 0.9",
        "--beta2 | 0.999",
        "--epsilon | 1e-8",
        "--mean | twice with sgd, as in the article; once with others",
        "--schedule | constant",
        "--warmup | 0",
        "--shuffle | none",
        "--augment | false",
        "--init | glorot",
        "--weight-decay | 0",
        "--label-smoothing | 0",
        "--dropout | 0",
        "--validation | none",
        "--early-stop | never",
        "--target-accuracy | never",
        "--engine | auto",
        "--threads | the machine's cores",
        "--out | runs/latest",
        "--checkpoint-every | 1, or 0 if --out is in memory",
        "--resume | a new run",
        "--save | model.safetensors in --out",
        "--quiet | false",
      })
  void theHelpShowsEachDefault(String option, String value) {
    CommandRun run = CommandRun.of("train", "--help");
    assertEquals(0, run.status());
    assertEquals("", run.err());
    // The text of an option ends where the next one starts at the margin.
    String text =
        Arrays.stream(run.out().split("\\R {2,6}(?=-)"))
            .filter(part -> part.matches("(?s)" + option + "\\b(?!-).*"))
            .findFirst()
            .orElseThrow()
            .replaceAll("\\s+", " ");
    assertTrue(text.contains("(default: " + value), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "train", "sweep", "evaluate", "predict", "export", "report"})
  void theHelpFitsATerminalAndHasAnExample(String command) {
    CommandRun run = command.isEmpty() ? CommandRun.of("--help") : CommandRun.of(command, "--help");
    assertEquals(0, run.status());
    assertTrue(run.out().lines().allMatch(line -> line.length() <= 80), run.out());
    assertTrue(run.out().lines().anyMatch(line -> line.matches("  lanewise \\w+ --.*")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "-V"})
  void theVersionNamesJvmEngineAndLanes(String option) {
    CommandRun run = CommandRun.of(option);
    List<String> lines = run.out().lines().toList();
    assertEquals(0, run.status());
    assertEquals("Lanewise " + Version.text(), lines.get(0));
    assertTrue(lines.get(1).contains(Runtime.version().toString()), run.out());
    assertTrue(lines.get(2).matches("(scalar|simd) engine, \\d+ lanes?"), run.out());
  }
}
