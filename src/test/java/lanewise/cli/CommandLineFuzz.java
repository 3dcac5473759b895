package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import lanewise.cli.Converters.Hidden;
import lanewise.fuzz.Scratch;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Fuzz target: a command line, one argument per line, in which {@code @} stands for a directory of
 * small files. It is parsed, and executed if it stays within that directory and takes little time.
 */
public final class CommandLineFuzz {
  private static final int LARGEST = 256;

  /** Without one of these a command looks for data elsewhere. */
  private static final List<String> INPUTS =
      List.of("--data", "--train", "--model", "--resume", "--run");

  /** Options whose numbers do not affect the time. */
  private static final List<String> HARMLESS = List.of("--seed", "--train-rows", "--batch");

  private static final Path DIRECTORY = Scratch.directory();

  private static final Snapshot FILES;

  static {
    try {
      String run = DIRECTORY.resolve("run").toString();
      CommandRun trained =
          CommandRun.of(TinyData.train(DIRECTORY, "--hidden", "4", "--epochs", "1", "--out", run));
      assertEquals(0, trained.status(), trained.err());
      FILES = Snapshot.of(DIRECTORY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CommandLineFuzz() {}

  /** Called by Jazzer, and by the replay of its findings. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    String[] args =
        new String(input, StandardCharsets.UTF_8)
            .replace("@", DIRECTORY.toString())
            .split("\n", -1);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        RootCommand.commandLine(new PrintWriter(out), new PrintWriter(err), false);
    CommandLine.IExecutionStrategy real = command.getExecutionStrategy();
    boolean[] executed = new boolean[1];
    int[] arguments = new int[1];
    command.setExecutionStrategy(
        parsed -> {
          executed[0] = isHarmless(parsed);
          if (parsed.hasSubcommand()) {
            arguments[0] = parsed.subcommand().matchedPositionalValue(0, List.of()).size();
          }
          return executed[0] ? real.execute(parsed) : 0;
        });
    int status = command.execute(args);
    if (executed[0]) {
      FILES.restore(Snapshot.of(DIRECTORY));
    }
    // Each input of predict may be wrong, and is reported.
    int most = Math.max(1, arguments[0]);
    new CommandRun(status, out.toString(), err.toString()).checkSane(most);
  }

  private static boolean isHarmless(ParseResult parsed) {
    ParseResult last = parsed;
    while (true) {
      if (last.isUsageHelpRequested() || last.isVersionHelpRequested()) {
        return true;
      }
      if (!last.hasSubcommand()) {
        break;
      }
      last = last.subcommand();
    }
    return INPUTS.stream().anyMatch(last::hasMatchedOption)
        && last.commandSpec().args().stream().allMatch(CommandLineFuzz::isHarmless);
  }

  private static boolean isHarmless(ArgSpec arg) {
    Object value = arg.getValue();
    boolean matters =
        value != null && !(arg instanceof OptionSpec o && HARMLESS.contains(o.longestName()));
    List<?> values =
        value instanceof List<?> many ? many : value == null ? List.of() : List.of(value);
    return !matters || values.stream().allMatch(CommandLineFuzz::isHarmless);
  }

  private static boolean isHarmless(Object value) {
    return switch (value) {
      case Path path -> path.normalize().startsWith(DIRECTORY);
      case Integer number -> number <= LARGEST;
      case Hidden hidden -> hidden.sizes().stream().allMatch(size -> size <= LARGEST);
      default -> true;
    };
  }
}
