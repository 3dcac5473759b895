package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

  /** Checks what holds for any command line: a known status, and one line if it is not 0. */
  void checkSane() {
    assertTrue(status >= 0 && status <= 2, () -> status + ": " + err);
    assertFalse(err.contains("\tat "), err);
    if (status != 0) {
      List<String> complaints = err.lines().filter(line -> line.startsWith("lanewise: ")).toList();
      assertEquals(1, complaints.size(), err);
    }
  }
}
