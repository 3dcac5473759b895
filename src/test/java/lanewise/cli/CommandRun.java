package lanewise.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/**
 * A command run in this JVM.
 *
 * @param status its exit status
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
record CommandRun(int status, String out, String err) {
  /** Runs a command without a terminal. */
  static CommandRun of(List<String> args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        RootCommand.commandLine(new PrintWriter(out), new PrintWriter(err), false)
            .execute(args.toArray(String[]::new));
    return new CommandRun(status, out.toString(), err.toString());
  }

  static CommandRun of(String... args) {
    return of(List.of(args));
  }
}
