package lanewise.cli;

import java.io.PrintWriter;
import java.util.Locale;
import lanewise.io.FileNames;
import picocli.CommandLine;

/** The entry point of the program. */
public final class Main {
  private Main() {}

  /** Runs a command and ends the JVM with its exit status. */
  public static void main(String[] args) {
    StandardError.open();
    // Helper threads may run out of memory too; whoever waits for them reports it.
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, e) -> {
          if (!ErrorHandling.isOutOfMemory(e)) {
            e.printStackTrace();
          }
        });
    System.exit(run(args));
  }

  private static int run(String[] args) {
    // Other programs read the output, so numbers look the same in every locale.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    try {
      PrintWriter out = StandardOutput.open();
      PrintWriter err = new PrintWriter(System.err, true);
      CommandLine commands =
          RootCommand.commandLine(
              out, err, Terminal.isStandardError(), Terminal.isStandardOutputColoured());
      if (!FileNames.isDecoded(System.getProperty("user.dir"))) {
        // Relative names would be those of files in another directory.
        ErrorHandling.print(
            commands,
            "the encoding of the locale cannot hold the name of the working directory: use another"
                + " one or another LC_ALL");
        return ErrorHandling.BAD_INPUT;
      }
      return commands.execute(args);
    } catch (Throwable e) {
      if (!ErrorHandling.isOutOfMemory(e)) {
        throw e;
      }
      System.err.println("lanewise: " + ErrorHandling.NOT_ENOUGH_MEMORY);
      return ErrorHandling.BAD_INPUT;
    }
  }
}
