package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Every output option of every command, in every valid command line, at every kind of place. After
 * each, only what {@link OutputRules} allow has changed in the sandbox, and if they allow nothing,
 * nothing.
 */
class OutputOptionsTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private static final CommandLine PROGRAM =
      RootCommand.commandLine(
          new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()), false);

  private static OutputSandbox sandbox;

  /** What each command line and option writes to a new name. */
  private static final Map<String, byte[]> WRITTEN = new HashMap<>();

  /** A command line with one more output, whose place is to be chosen. */
  private record Case(String commandLine, OptionSpec output) {
    /** The arguments with the place; the same option in the command line is replaced. */
    List<String> at(String place) {
      String option = output.longestName();
      String line = commandLine.replaceAll(" %s \\S+".formatted(option), "");
      return sandbox.arguments("%s %s @/%s".formatted(line, option, place));
    }

    @Override
    public String toString() {
      return output.longestName() + " of " + commandLine;
    }
  }

  @BeforeAll
  static void makeSandbox() throws IOException {
    sandbox = new OutputSandbox();
  }

  private static List<CommandSpec> commands() {
    List<CommandSpec> commands = new ArrayList<>(List.of(PROGRAM.getCommandSpec()));
    for (CommandLine command : PROGRAM.getSubcommands().values()) {
      commands.add(command.getCommandSpec());
    }
    return commands;
  }

  private static List<OptionSpec> outputs(CommandSpec command) {
    return OutputRules.outputs(command).stream().map(OptionSpec.class::cast).toList();
  }

  static Stream<Case> cases() {
    return commands().stream()
        .flatMap(
            command ->
                outputs(command).stream()
                    .flatMap(
                        output ->
                            OutputSandbox.COMMANDS.getOrDefault(command.name(), List.of()).stream()
                                .map(line -> new Case(line, output))));
  }

  @Test
  void everyNameOfAFileHasARole() {
    for (CommandSpec command : commands()) {
      for (ArgSpec arg : command.args()) {
        boolean isFile =
            Stream.concat(Stream.of(arg.type()), Stream.of(arg.auxiliaryTypes()))
                .anyMatch(type -> type == Path.class || type == File.class);
        long roles =
            Stream.<Class<?>>of(Converters.InputName.class, Converters.OutputName.class)
                .filter(role -> OutputRules.hasRole(arg, role))
                .count();
        assertEquals(
            isFile ? 1 : 0,
            roles,
            () ->
                "%s of '%s' needs one of the converters InputName and OutputName"
                    .formatted(arg.paramLabel(), command.name()));
      }
    }
  }

  @Test
  void everyCommandWithAnOutputIsTried() {
    for (CommandSpec command : commands()) {
      assertTrue(
          outputs(command).isEmpty() || OutputSandbox.COMMANDS.containsKey(command.name()),
          () ->
              "'%s' writes files: add a valid command line to OutputSandbox.COMMANDS"
                  .formatted(command.name()));
    }
    assertTrue(cases().count() > 15);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void onlyWhatMayBeReplacedIs(Case each) throws IOException {
    List<String> wrong = new ArrayList<>();
    for (String place : sandbox.places()) {
      try {
        if (place.contains("fifo")) {
          assertTimeoutPreemptively(LIMIT, () -> check(each, place));
        } else {
          check(each, place);
        }
      } catch (AssertionError e) {
        wrong.add("%s: %s".formatted(place, e.getMessage()));
      }
    }
    assertEquals(List.of(), wrong, each::toString);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void twoOutputsNeverMeet(Case each) throws IOException {
    List<String> wrong = new ArrayList<>();
    for (ArgSpec second : OutputRules.outputs(each.output().command())) {
      String name = ((OptionSpec) second).longestName();
      if (name.equals(each.output().longestName())) {
        continue;
      }
      for (String place : List.of("new", "missing/new", "stranger.txt", "links/dangling")) {
        for (String meeting : List.of("", "/below", "/below/more")) {
          Case other = new Case(String.join(" ", each.at(place)), (OptionSpec) second);
          String meets = place.equals("links/dangling") ? "new" : place;
          List<String> args = other.at(meets + meeting);
          try (Trial trial = new Trial(args)) {
            trial.check();
          } catch (AssertionError e) {
            wrong.add("%s: %s".formatted(args, e.getMessage()));
          }
        }
      }
    }
    assertEquals(List.of(), wrong, each::toString);
  }

  private static void check(Case each, String place) throws IOException {
    try (Trial trial = new Trial(each.at(place))) {
      trial.check();
      if (!trial.allowed.isEmpty() && !OutputRules.isDirectory(each.output())) {
        byte[] content = Files.readAllBytes(OutputRules.place(sandbox.directory.resolve(place)));
        byte[] same = WRITTEN.computeIfAbsent(each.toString(), key -> content);
        assertArrayEquals(same, content, "the output is not the same as elsewhere");
        assertTrue(content.length > 100, "an output without content");
      }
    }
  }

  /** A command line that was run; what it changed is undone when it is closed. */
  private static final class Trial implements Closeable {
    private final Set<Path> allowed;
    private final CommandRun run;
    private final Snapshot after;

    Trial(List<String> args) throws IOException {
      allowed = OutputRules.mayChange(PROGRAM, args);
      run = CommandRun.of(PROGRAM, args);
      after = Snapshot.of(sandbox.directory);
    }

    /** Checks that it changed what it may, and that it was refused if that is nothing. */
    void check() {
      run.checkSane();
      Set<Path> changed = sandbox.files().changes(after);
      Set<Path> wrong = new TreeSet<>(changed);
      wrong.removeAll(allowed);
      assertEquals(Set.of(), wrong, () -> "changed what it must not: " + run);
      assertEquals(allowed.isEmpty() ? 1 : 0, run.status(), run.err());
      if (allowed.isEmpty()) {
        assertEquals(Set.of(), changed, run::err);
        assertEquals("", run.out());
      }
    }

    @Override
    public void close() throws IOException {
      sandbox.files().restore(after);
    }
  }
}
