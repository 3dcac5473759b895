package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
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

  @Test
  void noColorTurnsColoursOffUnlessEmpty() {
    assertTrue(Terminal.isColourWanted(null));
    assertTrue(Terminal.isColourWanted(""));
    assertFalse(Terminal.isColourWanted("1"));
    assertFalse(Terminal.isColourWanted("0"));
  }
}
