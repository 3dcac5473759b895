package lanewise.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import lanewise.io.Text;
import lanewise.run.RunException;
import lanewise.sweep.Grid;
import lanewise.sweep.PlannedRun;
import lanewise.sweep.SweepPoint;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The options of {@code train} as those of a sweep: turns a grid and the options that all its runs
 * have into points, and a point's options, wherever they come from, into a run. Every rule of
 * {@code train} applies. Public for programs that make the runs of a sweep elsewhere.
 */
public final class SweepOptions {
  private static final String SAME_WEIGHTS = "does not change the weights: give it beside --grid";
  private static final String ONE_SWEEP = "is not an option of a single run";

  /** Options of {@code train} or {@code sweep} that a grid cannot have, and why. */
  private static final Map<String, String> REFUSED =
      new TreeMap<>(
          Map.of(
              "threads", SAME_WEIGHTS,
              "engine", SAME_WEIGHTS,
              "checkpoint-every", SAME_WEIGHTS,
              "offline", SAME_WEIGHTS,
              "quiet", SAME_WEIGHTS,
              "out", ONE_SWEEP,
              "save", ONE_SWEEP,
              "resume", ONE_SWEEP,
              "grid", ONE_SWEEP));

  /** What a run of a sweep may be told: {@code train} without what differs by session. */
  @Command(name = "train")
  private static final class Run {
    @Mixin private DataOptions data;
    @Mixin private RecipeOptions recipe;
  }

  /** Made once: it takes a while. */
  private final Run run = new Run();

  private final CommandLine parser = new CommandLine(run).setExpandAtFiles(false);

  /**
   * All runs of a sweep, in the order of the grid.
   *
   * @param grid of the sweep
   * @param options of {@code train} that all runs have, one word each, such as {@code --epochs} and
   *     {@code 10}
   * @return the runs, with numbers from 1
   * @throws RunException if the grid has an option that it cannot have, or a run's options are
   *     invalid; the message quotes them
   */
  public List<PlannedRun> runs(Grid grid, List<String> options) throws RunException {
    Set<String> given = new HashSet<>();
    try {
      parse(options).matchedOptions().stream().map(OptionSpec::longestName).forEach(given::add);
    } catch (ParameterException e) {
      throw new RunException(ErrorHandling.sentence(e), e);
    }
    for (Grid.Axis axis : grid.axes()) {
      check(axis, given);
    }
    List<PlannedRun> runs = new ArrayList<>();
    for (int point = 0; point < grid.size(); point++) {
      List<String> values = grid.values(point);
      List<String> words = new ArrayList<>(options);
      for (int i = 0; i < values.size(); i++) {
        words.addAll(words(grid.names().get(i), values.get(i)));
      }
      runs.add(run(new SweepPoint(point + 1, grid.names(), values, words)));
    }
    return runs;
  }

  private ParseResult parse(List<String> words) {
    run.data.forget();
    run.recipe.forget();
    return parser.parseArgs(words.toArray(String[]::new));
  }

  private void check(Grid.Axis axis, Set<String> given) throws RunException {
    String name = axis.name();
    if (REFUSED.containsKey(name)) {
      throw new RunException("--grid: %s %s".formatted(name, REFUSED.get(name)));
    }
    OptionSpec option = parser.getCommandSpec().findOption("--" + name);
    if (option == null) {
      List<String> known =
          parser.getCommandSpec().options().stream()
              .map(each -> each.longestName().substring(2))
              .filter(each -> !REFUSED.containsKey(each))
              .toList();
      throw new RunException(
          "--grid: train has no option --%s%s"
              .formatted(
                  Text.printable(name),
                  Spelling.nearest(name, known)
                      .map(near -> "; did you mean " + near + "?")
                      .orElse("")));
    }
    if (given.contains("--" + name)) {
      throw new RunException(
          "--grid: %s is in the grid and beside it: leave out one of them".formatted(name));
    }
    if (isFlag(option)) {
      for (String value : axis.values()) {
        if (!value.equals("true") && !value.equals("false")) {
          throw new RunException(
              "--grid: %s=%s: expected true, as if --%s were given, or false"
                  .formatted(name, Text.printable(value), name));
        }
      }
    }
  }

  private static boolean isFlag(OptionSpec option) {
    return option.arity().max() == 0;
  }

  /** An option of the grid as words of the command line; a flag is given or not. */
  private List<String> words(String name, String value) {
    String option = "--" + name;
    if (isFlag(parser.getCommandSpec().findOption(option))) {
      return value.equals("true") ? List.of(option) : List.of();
    }
    // A value that looks like an option must not stand alone.
    return value.startsWith("-") || value.isEmpty()
        ? List.of(option + "=" + value)
        : List.of(option, value);
  }

  /**
   * What the options of a point mean.
   *
   * @param point with any options of {@code train} that a run of a sweep may have
   * @return the run, on the data that the options name
   * @throws RunException if they are invalid; the message names the point
   */
  public PlannedRun run(SweepPoint point) throws RunException {
    try {
      parse(point.options());
      run.data.check(false, run.recipe.validates());
      return new PlannedRun(
          point, run.data.place(), run.data.table(), run.recipe.recipe(run.data.table()));
    } catch (ParameterException e) {
      throw new RunException(
          "run %d of the grid (%s): %s"
              .formatted(point.number(), point.settings(), ErrorHandling.sentence(e)),
          e);
    }
  }

  /** The options among those of a command that are options of {@code train}, one word each. */
  List<String> given(ParseResult parsed) {
    List<String> words = new ArrayList<>();
    for (OptionSpec option : parsed.matchedOptions()) {
      if (parser.getCommandSpec().findOption(option.longestName()) != null) {
        for (String value : option.originalStringValues()) {
          String flag = option.getValue().toString();
          words.addAll(words(option.longestName().substring(2), isFlag(option) ? flag : value));
        }
      }
    }
    return words;
  }
}
