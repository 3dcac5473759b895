package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalDouble;
import java.util.stream.Stream;
import lanewise.run.EpochResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EpochMeterTest {
  private static final long SECOND = 1_000_000_000;

  private static final int ROOM = 77;
  private static final long FLOP = 4_000_000;

  private static EpochResult result(double loss, EpochResult.Validation... validation) {
    return new EpochResult(
        1, loss, 0.9, 1, OptionalDouble.empty(), Stream.of(validation).findFirst());
  }

  @Test
  void theFirstEpochEstimatesItsEvaluationAndHasNoLoss() {
    EpochMeter meter = new EpochMeter(3, 1000, FLOP);
    meter.begin(1, 5 * SECOND);
    assertEquals(
        "Epoch 1/3 [========        ]  50%  250 rows/s  1 GFLOP/s  0:16 left",
        meter.training(500, 7 * SECOND, ROOM));
    meter.trained(9 * SECOND);
    assertEquals("Epoch 1/3 [================] 100%  evaluating", meter.evaluating(ROOM));
  }

  @Test
  void givesNoEstimateUntilTheJvmHasCompiled() {
    EpochMeter meter = new EpochMeter(3, 1000, FLOP);
    meter.begin(1, 0);
    assertEquals(
        "Epoch 1/3 [                ]   1%  8 rows/s  0 GFLOP/s",
        meter.training(15, 2 * SECOND - 1, ROOM));
  }

  @Test
  void laterEpochsHaveBoth() {
    EpochMeter meter = new EpochMeter(3, 1000, FLOP * 1000);
    meter.begin(1, 0);
    meter.trained(10 * SECOND);
    meter.end(100 * SECOND, result(24214.9));
    meter.begin(2, 100 * SECOND);
    assertEquals(
        "Epoch 2/3 [======      ]  50%  100 rows/s  400 GFLOP/s  loss 24215  3:15 left",
        meter.training(500, 105 * SECOND, ROOM));
    meter.end(200 * SECOND, result(0.123456));
    assertEquals(
        "Epoch 2/3  50%  100 rows/s  loss 0.1235  3:15 left",
        meter.training(500, 105 * SECOND, 52));
  }

  @Test
  void theValidationAccuracyIsShown() {
    EpochMeter meter = new EpochMeter(3, 1000, FLOP * 1000);
    meter.begin(1, 0);
    meter.trained(10 * SECOND);
    meter.end(100 * SECOND, result(24214.9, new EpochResult.Validation(3, 0.98126)));
    meter.begin(2, 100 * SECOND);
    assertEquals(
        "Epoch 2/3  50%  100 rows/s  400 GFLOP/s  loss 24215  val 0.9813  3:15 left",
        meter.training(500, 105 * SECOND, ROOM));
    assertEquals(
        "Epoch 2/3  50%  loss 24215  val 0.9813  3:15 left", meter.training(500, 105 * SECOND, 52));
  }

  @ParameterizedTest
  @CsvSource({
    "77, Epoch 2/3 [======      ]  50%  100 rows/s  400 GFLOP/s  loss 24215  3:15 left",
    "64, Epoch 2/3  50%  100 rows/s  400 GFLOP/s  loss 24215  3:15 left",
    "52, Epoch 2/3  50%  100 rows/s  loss 24215  3:15 left",
    "47, Epoch 2/3 [===    ]  50%  loss 24215  3:15 left",
    "37, Epoch 2/3  50%  loss 24215  3:15 left",
    "36, Epoch 2/3 [====    ]  50%  3:15 left",
    "25, Epoch 2/3  50%  3:15 left",
    "24, Epoch 2/3 [===    ]  50%",
    "1, Epoch 2/3  50%",
  })
  void partsThatDoNotFitAreOmittedTheTimeLast(int room, String expected) {
    EpochMeter meter = new EpochMeter(3, 1000, FLOP * 1000);
    meter.begin(1, 0);
    meter.trained(10 * SECOND);
    meter.end(100 * SECOND, result(24214.9));
    meter.begin(2, 100 * SECOND);
    assertEquals(expected, meter.training(500, 105 * SECOND, room));
  }

  @Test
  void theLineFitsWithAnyNumbers() {
    EpochMeter meter = new EpochMeter(2_000_000_000, 2_000_000_000, Long.MAX_VALUE);
    meter.begin(1_000_000_000, 0);
    for (int room = 40; room < 200; room++) {
      String line = meter.training(64, SECOND, room);
      assertTrue(line.startsWith("Epoch 1000000000/2000000000 "), line);
      assertTrue(line.length() <= room, line);
      assertTrue(meter.evaluating(room).length() <= Math.max(room, 45));
    }
    EpochMeter usual = new EpochMeter(1000, 60_000, FLOP);
    usual.begin(999, 0);
    assertTrue(usual.training(60_000, 60_000_000, ROOM).length() <= ROOM);
  }

  @ParameterizedTest
  @CsvSource({"0, 0:00", "0.4, 0:00", "59.6, 1:00", "920, 15:20", "3599, 59:59", "7380, 2:03:00"})
  void durationsAreShort(double seconds, String expected) {
    assertEquals(expected, EpochMeter.duration(seconds));
  }
}
