package lanewise.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program without a command: prints help and version. */
@Command(
    name = "lanewise",
    description = "Trains neural networks in pure Java: fast, repeatable, no native code.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    scope = ScopeType.INHERIT,
    subcommands = {
      TrainCommand.class,
      SweepCommand.class,
      EvaluateCommand.class,
      PredictCommand.class,
      ExportCommand.class,
      ReportCommand.class,
      DoctorCommand.class
    },
    exitCodeOnInvalidInput = ErrorHandling.BAD_INPUT,
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Examples:",
      "  lanewise train --epochs 10",
      "  lanewise evaluate --data builtin",
      "  lanewise predict seven.png",
      "",
      "'lanewise COMMAND --help' shows help for a command."
    })
final class RootCommand implements Callable<Integer> {
  private final boolean terminal;
  private final boolean coloured;

  @Spec private CommandSpec spec;

  /** For picocli's generators of manual pages and completions, which start from the class. */
  RootCommand() {
    this(false, false);
  }

  private RootCommand(boolean terminal, boolean coloured) {
    this.terminal = terminal;
    this.coloured = coloured;
  }

  /**
   * The whole command line.
   *
   * @param out receives results and help
   * @param err receives everything else
   * @param terminal whether err is a terminal
   */
  static CommandLine commandLine(PrintWriter out, PrintWriter err, boolean terminal) {
    return commandLine(out, err, terminal, false);
  }

  /**
   * The same, with colours.
   *
   * @param coloured whether out is a terminal that shows colours
   */
  static CommandLine commandLine(
      PrintWriter out, PrintWriter err, boolean terminal, boolean coloured) {
    return Programs.configured(new CommandLine(new RootCommand(terminal, coloured)), out, err);
  }

  /**
   * Returns what a command prints to.
   *
   * @param quiet whether to print only results and warnings
   */
  Output output(boolean quiet) {
    return output(quiet, terminal);
  }

  /** Returns the same, without progress, for commands that never take long. */
  Output plainOutput(boolean quiet) {
    return output(quiet, false);
  }

  private Output output(boolean quiet, boolean watched) {
    CommandLine commands = spec.commandLine();
    return new Output(commands.getOut(), commands.getErr(), quiet, watched);
  }

  /** Whether standard output is a terminal that shows colours. */
  boolean coloured() {
    return coloured;
  }

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(),
        "missing command; expected one of " + String.join(", ", spec.subcommands().keySet()));
  }
}
