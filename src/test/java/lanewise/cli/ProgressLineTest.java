package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private final StringWriter written = new StringWriter();
  private final AtomicLong nanos = new AtomicLong();

  private ProgressLine line(boolean shown) {
    return new ProgressLine(new PrintWriter(written), shown, nanos::get);
  }

  @Test
  void tenUpdatesASecondAtMost() {
    ProgressLine line = line(true);
    for (int millis = 0; millis < 1000; millis++) {
      nanos.set(millis * 1_000_000L);
      line.update(() -> "text");
    }
    assertEquals("\rtext".repeat(10), written.toString());
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
  void aShorterTextCoversALongerOne() {
    ProgressLine line = line(true);
    line.show("longer");
    line.show("short");
    assertEquals("short", Screen.show(written.toString()).get(0).stripTrailing());
    assertTrue(written.toString().endsWith("short"), "the cursor stands behind the text");
  }

  @Test
  void clearingTakesAnEchoedInterruptWithIt() {
    ProgressLine line = line(true);
    line.show("x".repeat(200));
    written.write("^C");
    line.clear();
    line.clear();
    String screen = written.toString();
    assertEquals("", Screen.show(screen).get(0).stripTrailing());
    assertTrue(screen.endsWith("\r"));
    assertTrue(Screen.widest(screen) <= 79);
  }
}
