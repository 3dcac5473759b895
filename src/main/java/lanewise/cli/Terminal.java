package lanewise.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether people watch: only then does a line change in place. */
final class Terminal {
  /** On Linux a link to what standard error is, also where the other streams are redirected. */
  private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

  private Terminal() {}

  /** Whether standard error is a terminal that knows more than lines. */
  static boolean isStandardError() {
    if ("dumb".equals(System.getenv("TERM"))) {
      return false;
    }
    if (Files.isSymbolicLink(STANDARD_ERROR)) {
      try {
        return isTerminal(Files.readSymbolicLink(STANDARD_ERROR).toString());
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
