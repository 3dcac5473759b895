package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressLineTest {
  private final StringWriter written = new StringWriter();
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger columns = new AtomicInteger(80);

  private ProgressLine line(boolean shown) {
    return new ProgressLine(new PrintWriter(written), shown, nanos::get, columns::get);
  }

  @Test
  void tenUpdatesASecondAtMost() {
    ProgressLine line = line(true);
    for (int millis = 0; millis < 1000; millis++) {
      nanos.set(millis * 1_000_000L);
      line.update(() -> "text");
    }
    assertEquals(10, written.toString().split("text", -1).length - 1);
  }

  @Test
  void neverShownWhereNobodyWatches() {
    ProgressLine line = line(false);
    line.update(
        () -> {
          throw new AssertionError("not even composed");
        });
    line.show("text");
    line.clear();
    assertEquals("", written.toString());
  }

  @Test
  void anUpdateIsOneWriteThatClearsWhatIsLeftAfterTheNewText() {
    ProgressLine line = line(true);
    line.show("longer");
    written.getBuffer().setLength(0);
    line.show("short");
    assertEquals("\r\u001b[?7lshort\u001b[K\u001b[?7h", written.toString());
  }

  @Test
  void aShorterTextCoversALongerOne() {
    ProgressLine line = line(true);
    line.show("longer");
    line.show("short");
    assertEquals("short", Screen.show(written.toString()).get(0));
  }

  @Test
  void clearingTakesAnEchoedInterruptWithIt() {
    ProgressLine line = line(true);
    line.show("x".repeat(200));
    written.write("^C");
    line.clear();
    line.clear();
    String screen = written.toString();
    assertEquals("", Screen.show(screen).get(0));
    assertEquals(79, Screen.widest(screen));
  }

  @Test
  void theWidthIsReadAgainAtEveryUpdate() {
    ProgressLine line = line(true);
    line.show("x".repeat(200));
    columns.set(120);
    line.show("x".repeat(200));
    assertEquals(117, Screen.show(written.toString()).get(0).length());
    columns.set(2);
    line.clear();
    line.show("xyz");
    assertEquals("x", Screen.show(written.toString()).getLast().strip());
  }

  /** A line of 77 in a window that is now narrower has been broken by the terminal. */
  @ParameterizedTest
  @CsvSource({"80, 0", "77, 0", "76, 1", "40, 1", "38, 2", "20, 3"})
  void aLineThatANarrowerWindowHasBrokenIsTakenBack(int narrower, int up) {
    ProgressLine line = line(true);
    line.show("x".repeat(77));
    columns.set(narrower);
    written.getBuffer().setLength(0);
    line.show("y");
    String start = up == 0 ? "\r" : "\r\u001b[" + up + "A\u001b[J";
    assertTrue(written.toString().startsWith(start + "\u001b[?7ly"), written.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "24 80, 80",
    "'50 211\n', 211",
    "0 0, 0",
    "'', 0",
    "stty: no, 0",
    "24 99999999999, 0"
  })
  void sttyTellsTheWidth(String said, int width) {
    assertEquals(width, TerminalWidth.columns(said));
  }
}
