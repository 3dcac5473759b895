package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
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
  void atMostTenUpdatesPerSecond() {
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
  void severalLinesChangeInPlace() {
    ProgressLine line = line(true);
    line.updateLines(() -> List.of("one", "two", "three"));
    assertEquals("\r\u001b[?7lone\u001b[K\ntwo\u001b[K\nthree\u001b[K\u001b[?7h", take());
    nanos.set(200_000_000);
    line.updateLines(() -> List.of("one", "2"));
    assertEquals("\r\u001b[2A\u001b[?7lone\u001b[K\n2\u001b[K\u001b[J\u001b[?7h", take());
    line.clear();
    assertEquals("\r\u001b[1A\u001b[J", take());
    line.show("last");
    line.clear();
    assertEquals("\r\u001b[?7llast\u001b[K\u001b[?7h\r\u001b[K", take());
  }

  private String take() {
    String text = written.toString();
    written.getBuffer().setLength(0);
    return text;
  }

  @Test
  void controlCharactersInATextAreReplaced() {
    line(true).show("a\u001b[2J\n\u009bb\u202e");
    assertEquals("a?[2J??b?", Screen.show(written.toString()).get(0));
  }

  @Test
  void clearingAlsoErasesAnEchoedInterrupt() {
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

  @ParameterizedTest
  @CsvSource({
    "24 80, 80",
    "'50 211\n', 211",
    "0 0, 0",
    "'', 0",
    "stty: no, 0",
    "24 99999999999, 0"
  })
  void sttyReportsTheWidth(String said, int width) {
    assertEquals(width, TerminalWidth.columns(said));
  }
}
