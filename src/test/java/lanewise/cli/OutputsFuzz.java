package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Fuzz target: a valid command line with any outputs, in a directory of files of every kind. After
 * each, every file that was not named as an output, or may not be replaced, is what it was.
 *
 * <p>The lines of an input choose: the command line, then an option, a spelling and a place, up to
 * {@value #MOST} times. Any other text stands for one of the choices.
 */
public final class OutputsFuzz {
  private static final int MOST = 3;

  /** Ways to name the same place, and places below it. */
  private static final List<String> SPELLINGS =
      List.of(
          "%s",
          "./%s", "empty/../%s", "links/../%s", "links/%s", "missing/../%s", "%s/below", "%s/.");

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
    LINES = new TreeMap<>(OutputSandbox.COMMANDS).values().stream().flatMap(List::stream).toList();
  }

  private OutputsFuzz() {}

  /** Called by Jazzer, and by the replay of its findings. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    List<String> args = arguments(new String(input, StandardCharsets.UTF_8).lines().iterator());
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

  private static List<String> arguments(Iterator<String> words) {
    String line = choose(LINES, words);
    CommandLine command = PROGRAM.getSubcommands().get(line.substring(0, line.indexOf(' ')));
    List<String> outputs =
        OutputRules.outputs(command.getCommandSpec()).stream()
            .map(output -> ((OptionSpec) output).longestName())
            .toList();
    for (int i = 0; i == 0 || i < MOST && words.hasNext(); i++) {
      String option = choose(outputs, words);
      String place = choose(SPELLINGS, words).formatted(choose(SANDBOX.places(), words));
      line =
          line.replaceAll(" %s \\S+".formatted(option), "") + " %s @/%s".formatted(option, place);
    }
    return SANDBOX.arguments(line);
  }

  /** The next word if it is one of these, else whichever it is mapped to. */
  private static String choose(List<String> all, Iterator<String> words) {
    String word = words.hasNext() ? words.next() : "";
    return all.contains(word) ? word : all.get(Math.floorMod(word.hashCode(), all.size()));
  }
}
