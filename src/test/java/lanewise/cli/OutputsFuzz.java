package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Fuzz target: a valid command line with any outputs, in a directory of files of every kind. After
 * each, every file that was not named as an output, or may not be replaced, is what it was.
 *
 * <p>The bytes choose: the command line, then an option, a place and how to spell the place, up to
 * {@value #MOST} times.
 */
public final class OutputsFuzz {
  private static final int MOST = 3;

  private static final CommandLine PROGRAM =
      RootCommand.commandLine(
          new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()), false);

  private static final OutputSandbox SANDBOX;
  private static final List<String> LINES;

  static {
    try {
      SANDBOX = new OutputSandbox();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // In an order that is always the same, so that stored inputs keep their meaning.
    LINES = new TreeMap<>(OutputSandbox.COMMANDS).values().stream().flatMap(List::stream).toList();
  }

  private OutputsFuzz() {}

  /** Called by Jazzer, and by the replay of its findings. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    List<String> args = arguments(ByteBuffer.wrap(input));
    Set<Path> allowed = OutputRules.mayChange(PROGRAM, args);
    CommandRun run = CommandRun.of(PROGRAM, args);
    Snapshot after = Snapshot.of(SANDBOX.directory);
    SANDBOX.files().restore(after);
    run.checkSane();
    Set<Path> wrong = new TreeSet<>(SANDBOX.files().changes(after));
    wrong.removeAll(allowed);
    assertEquals(Set.of(), wrong, () -> "%s: %s".formatted(args, run));
    assertEquals(allowed.isEmpty(), run.status() != 0, () -> "%s: %s".formatted(args, run));
  }

  private static List<String> arguments(ByteBuffer choices) {
    String line = choose(LINES, choices);
    CommandLine command = PROGRAM.getSubcommands().get(line.substring(0, line.indexOf(' ')));
    List<ArgSpec> outputs = OutputRules.outputs(command.getCommandSpec());
    for (int i = 0; i < MOST && choices.hasRemaining(); i++) {
      String option = ((OptionSpec) choose(outputs, choices)).longestName();
      String place = spell(choose(SANDBOX.places(), choices), choices);
      line =
          "%s %s @/%s".formatted(line.replaceAll(" %s \\S+".formatted(option), ""), option, place);
    }
    return SANDBOX.arguments(line);
  }

  /** One of many ways to name the same place. */
  private static String spell(String place, ByteBuffer choices) {
    return switch (choices.hasRemaining() ? choices.get() & 7 : 0) {
      case 1 -> "./" + place;
      case 2 -> "empty/../" + place;
      case 3 -> "links/../" + place;
      case 4 -> place.replaceFirst("^run/", "links/run/");
      case 5 -> place.replace("/", "//");
      case 6 -> place + "/below";
      case 7 -> place + "/.";
      default -> place;
    };
  }

  private static <T> T choose(List<T> all, ByteBuffer choices) {
    return all.get(choices.hasRemaining() ? (choices.get() & 0xff) % all.size() : 0);
  }
}
