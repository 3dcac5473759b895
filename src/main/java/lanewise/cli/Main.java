package lanewise.cli;

import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine;

/** The program's entry. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the JVM with its status. */
  public static void main(String[] args) {
    // Other programs read the lines, so figures look the same everywhere.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    PrintWriter out = new PrintWriter(System.out, true);
    PrintWriter err = new PrintWriter(System.err, true);
    CommandLine commands =
        RootCommand.commandLine(
            out, err, Terminal.isStandardError(), Terminal.isStandardOutputColoured());
    System.exit(commands.execute(args));
  }
}
