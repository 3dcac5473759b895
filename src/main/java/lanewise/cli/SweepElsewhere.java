package lanewise.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;
import lanewise.io.Text;
import lanewise.nn.Engine;
import lanewise.sweep.SweepCrew;
import lanewise.sweep.SweepListener;
import lanewise.sweep.SweepResults;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * The command line of a program that makes the runs of a sweep on other machines: that of {@code
 * sweep}, but for the options that mean nothing there.
 */
@Command(
    description = "Trains a network for each combination of values of some options.",
    sortOptions = false)
public final class SweepElsewhere extends AnySweep {
  private final Map<String, String> refused;
  private final String where;
  private final Crews crews;

  /** Makes crews for the runs of a sweep. */
  @FunctionalInterface
  public interface Crews {
    /**
     * A crew for a sweep whose options are valid and whose directory is open.
     *
     * @param results of the sweep, to which those of its runs are to be added
     * @param engine of each run
     * @param listener hears of the sweep, by one call at a time
     */
    SweepCrew crew(SweepResults results, Engine engine, SweepListener listener);
  }

  /**
   * @param refused options of {@code sweep} that are refused, with dashes, and why
   * @param where the runs are made, for people: {@code Spark}
   */
  public SweepElsewhere(Map<String, String> refused, String where, Crews crews) {
    this.refused = new TreeMap<>(refused);
    this.where = where;
    this.crews = crews;
  }

  /**
   * Makes a sweep. What cannot be done is said in one line.
   *
   * @param name of the program, for its help
   * @param arguments its options
   * @param out receives a line for each run
   * @param err receives everything else
   * @return the exit status, that of {@code lanewise sweep}
   */
  public int run(String name, String[] arguments, PrintWriter out, PrintWriter err) {
    CommandLine command = Programs.commandLine(name, this, out, err);
    for (String option : refused.keySet()) {
      command
          .getCommandSpec()
          .addOption(
              OptionSpec.builder(option).type(String.class).arity("0..1").hidden(true).build());
    }
    return command.execute(arguments);
  }

  @Override
  void check() {
    for (OptionSpec option : command().getParseResult().matchedOptions()) {
      String reason = refused.get(option.longestName());
      if (reason != null) {
        throw new ParameterException(command(), "%s: %s".formatted(option.longestName(), reason));
      }
    }
  }

  @Override
  Output output(boolean quiet) {
    return new Output(command().getOut(), command().getErr(), quiet, false);
  }

  @Override
  SweepCrew crew(SweepResults results, Engine engine, SweepText text) {
    text.begin("%s on %s".formatted(Text.count(results.runs().size(), "run"), where));
    return crews.crew(results, engine, text);
  }
}
