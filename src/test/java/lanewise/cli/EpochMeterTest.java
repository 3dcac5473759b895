package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EpochMeterTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void theFirstEpochGuessesItsEvaluation() {
    EpochMeter meter = new EpochMeter(3, 1000);
    meter.begin(1, 5 * SECOND);
    assertEquals(
        "Epoch 1/3 [====            ]  25%  250 rows/s  epoch 0:05, run 0:17 left",
        meter.training(250, 6 * SECOND));
    meter.trained(9 * SECOND);
    assertEquals("Epoch 1/3 [================] 100%  evaluating", meter.evaluating());
  }

  @Test
  void laterEpochsKnowIt() {
    EpochMeter meter = new EpochMeter(3, 1000);
    meter.begin(1, 0);
    meter.trained(10 * SECOND);
    meter.end(100 * SECOND);
    meter.begin(2, 100 * SECOND);
    assertEquals(
        "Epoch 2/3 [========        ]  50%  100 rows/s  epoch 1:35, run 3:15 left",
        meter.training(500, 105 * SECOND));
  }

  @Test
  void theLineFitsWhateverTheNumbers() {
    EpochMeter meter = new EpochMeter(2_000_000_000, 2_000_000_000);
    meter.begin(1_000_000_000, 0);
    String line = meter.training(64, SECOND);
    assertTrue(line.startsWith("Epoch 1000000000/2000000000 []   0%  64 rows/s  epoch "), line);
    assertTrue(new EpochMeter(9999, 60_000).evaluating().length() <= ProgressLine.MAX_WIDTH);
    EpochMeter usual = new EpochMeter(1000, 60_000);
    usual.begin(999, 0);
    assertTrue(usual.training(60_000, 60_000_000).length() <= ProgressLine.MAX_WIDTH);
  }

  @ParameterizedTest
  @CsvSource({"0, 0:00", "0.4, 0:00", "59.6, 1:00", "920, 15:20", "3599, 59:59", "7380, 2:03:00"})
  void durationsAreShort(double seconds, String expected) {
    assertEquals(expected, EpochMeter.duration(seconds));
  }
}
