package lanewise.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether people watch: only then does a line change in place. */
final class Terminal {
  /** On Linux links to what the streams are, also where only one of them is redirected. */
  private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

  private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

  private Terminal() {}

  /** Whether standard error is a terminal that knows more than lines. */
  static boolean isStandardError() {
    return isTerminal(STANDARD_ERROR);
  }

  /** Whether standard output is a terminal that shows colours to people who want them. */
  static boolean isStandardOutputColoured() {
    return isColourWanted(System.getenv("NO_COLOR")) && isTerminal(STANDARD_OUTPUT);
  }

  /**
   * https://no-color.org: the variable, whatever it holds, turns colours off; an empty one does
   * not.
   */
  static boolean isColourWanted(String noColor) {
    return noColor == null || noColor.isEmpty();
  }

  private static boolean isTerminal(Path stream) {
    if ("dumb".equals(System.getenv("TERM"))) {
      return false;
    }
    if (Files.isSymbolicLink(stream)) {
      try {
        return isTerminal(Files.readSymbolicLink(stream).toString());
      } catch (IOException e) {
        return false;
      }
    }
    // The JDK can tell of the other two streams alone; mostly all three go the same way.
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  static boolean isTerminal(String device) {
    return device.startsWith("/dev/pts/")
        || device.startsWith("/dev/tty")
        || device.equals("/dev/console");
  }
}
