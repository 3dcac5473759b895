package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {
  @ParameterizedTest
  @CsvSource({
    "/dev/pts/3, true",
    "/dev/tty1, true",
    "/dev/console, true",
    "/dev/null, false",
    "pipe:[123], false",
    "/home/someone/log, false"
  })
  void knownByItsDevice(String device, boolean terminal) {
    assertEquals(terminal, Terminal.isTerminal(device));
  }
}
