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
  @Spec private CommandSpec spec;

  private RootCommand() {}

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
    ErrorHandling errors = new ErrorHandling();
    return new CommandLine(new RootCommand())
        .addSubcommand(new TrainCommand(terminal))
        .addSubcommand(new EvaluateCommand(terminal, coloured))
        .addSubcommand(new PredictCommand())
        .addSubcommand(new ExportCommand())
        .addSubcommand(new ReportCommand())
        .setOut(out)
        .setErr(err)
        .setExpandAtFiles(false)
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors)
        .setExecutionStrategy(errors);
  }

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(),
        "missing command; expected one of " + String.join(", ", spec.subcommands().keySet()));
  }
}
