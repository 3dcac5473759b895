package lanewise.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Detects terminals; the output of a program that is not on one has neither progress nor colour.
 */
final class Terminal {
  /** On Linux, links to the files behind the streams, even if only one of them is redirected. */
  private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

  private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/" + StandardError.descriptor());

  private Terminal() {}

  /** Whether standard error is a terminal with cursor control. */
  static boolean isStandardError() {
    return isTerminal(STANDARD_ERROR);
  }

  /** Whether standard output is a terminal and colours are not disabled. */
  static boolean isStandardOutputColoured() {
    return isColourWanted(System.getenv("NO_COLOR")) && isTerminal(STANDARD_OUTPUT);
  }

  /**
   * Whether NO_COLOR permits colours: any value but the empty one disables them
   * (https://no-color.org).
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
    // The JDK only knows about the other two streams; usually all three go to the same place.
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  static boolean isTerminal(String device) {
    return device.startsWith("/dev/pts/")
        || device.startsWith("/dev/tty")
        || device.equals("/dev/console");
  }
}
