package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import lanewise.io.Text;
import picocli.CommandLine;

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
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    return of(RootCommand.commandLine(nowhere, nowhere, false), args);
  }

  /** Does the same with a program that may have run before: to make one takes a while. */
  static CommandRun of(CommandLine program, List<String> args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    program.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int status = program.execute(args.toArray(String[]::new));
    return new CommandRun(status, out.toString(), err.toString());
  }

  static CommandRun of(String... args) {
    return of(List.of(args));
  }

  /** Checks what holds for any command line: safe text, a known status, one line if it is not 0. */
  void checkSane() {
    checkSane(1);
  }

  /** Does the same for a command that reports each of several inputs. */
  void checkSane(int mostComplaints) {
    assertTrue(status >= 0 && status <= 2, () -> status + ": " + err);
    assertFalse(err.contains("\tat "), err);
    for (String line : (out + err).split("\\r?\\n")) {
      assertEquals(Text.printable(line), line);
    }
    if (status != 0) {
      List<String> complaints = err.lines().filter(line -> line.startsWith("lanewise: ")).toList();
      assertTrue(!complaints.isEmpty() && complaints.size() <= mostComplaints, err);
    }
  }
}
