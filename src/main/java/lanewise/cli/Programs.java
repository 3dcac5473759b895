package lanewise.cli;

import java.io.PrintWriter;
import picocli.CommandLine;

/**
 * Command lines that behave as {@code lanewise}'s: a mistake is one line and an exit status, never
 * a stack trace.
 */
public final class Programs {
  private Programs() {}

  /**
   * The command line of a program that is not a command of {@code lanewise}, with {@code --help}
   * and {@code --version}.
   *
   * @param name of the program, for its help
   * @param program with picocli's annotations; what it throws for users, such as {@link
   *     lanewise.run.RunException}, becomes a line
   * @param out receives results and help
   * @param err receives everything else
   */
  public static CommandLine commandLine(
      String name, Object program, PrintWriter out, PrintWriter err) {
    CommandLine command = configured(new CommandLine(program), out, err);
    command.setCommandName(name);
    command.getCommandSpec().mixinStandardHelpOptions(true).versionProvider(new VersionText());
    return command;
  }

  /** The same command line with the rules that all programs have. */
  static CommandLine configured(CommandLine commands, PrintWriter out, PrintWriter err) {
    ErrorHandling errors = new ErrorHandling();
    return commands
        .setOut(out)
        .setErr(err)
        .setExpandAtFiles(false)
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors)
        .setExecutionStrategy(errors);
  }
}
