package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
  /** Shape, warm-up, steps per epoch, epochs, step, and the factor as Python computes it. */
  @ParameterizedTest
  @CsvSource({
    "constant, 0, 157, 3, 1, 1",
    "constant, 0, 157, 3, 471, 1",
    "constant, 0.25, 157, 3, 1, 0.02564102564102564",
    "constant, 0.25, 157, 3, 39, 1.0",
    "constant, 0.25, 157, 3, 40, 1",
    "constant, 0.25, 157, 3, 471, 1",
    "linear, 0, 157, 3, 1, 1.0",
    "linear, 0, 157, 3, 2, 0.9978768577494692",
    "linear, 0, 157, 3, 158, 0.6666666666666667",
    "linear, 0, 157, 3, 471, 0.002123142250530785",
    "linear, 0.5, 157, 3, 1, 0.01282051282051282",
    "linear, 0.5, 157, 3, 78, 1.0",
    "linear, 0.5, 157, 3, 79, 1.0",
    "linear, 0.5, 157, 3, 275, 0.5012722646310432",
    "linear, 0.5, 157, 3, 471, 0.0025445292620864812",
    "linear, 1.5, 1, 4, 1, 0.5",
    "linear, 1.5, 1, 4, 2, 1.0",
    "linear, 1.5, 1, 4, 3, 1.0",
    "linear, 1.5, 1, 4, 4, 0.5",
    "linear, 2.5, 1, 4, 1, 0.5",
    "linear, 2.5, 1, 4, 2, 1.0",
    "linear, 2.5, 1, 4, 3, 1.0",
    "linear, 2.5, 1, 4, 4, 0.5",
    "linear, 0.001, 157, 3, 1, 1.0",
    "linear, 0.001, 157, 3, 2, 0.9978768577494692",
    "cosine, 0, 10, 1, 1, 1.0",
    "cosine, 0, 10, 1, 2, 0.9755282581475768",
    "cosine, 0, 10, 1, 6, 0.5",
    "cosine, 0, 10, 1, 10, 0.024471741852423234",
    "cosine, 0.5, 157, 3, 39, 0.5",
    "cosine, 0.5, 157, 3, 78, 1.0",
    "cosine, 0.5, 157, 3, 79, 1.0",
    "cosine, 0.5, 157, 3, 80, 0.999984024577945",
    "cosine, 0.5, 157, 3, 275, 0.5019984632880664",
    "cosine, 0.5, 157, 3, 471, 1.5975422055003463e-05",
    "cosine, 3, 157, 3, 1, 0.0021231422505307855",
    "cosine, 3, 157, 3, 236, 0.5010615711252654",
    "cosine, 3, 157, 3, 471, 1.0",
    "cosine, 7, 10, 2, 1, 0.014285714285714285",
    "cosine, 7, 10, 2, 20, 0.2857142857142857",
    "cosine, 0, 1, 1, 1, 1.0",
  })
  void factorsAsPythonComputesThem(
      String shape, double warmup, int stepsPerEpoch, int epochs, long step, double expected) {
    Schedule schedule =
        new Schedule(Schedule.Shape.valueOf(shape.toUpperCase(Locale.ROOT)), warmup);
    assertEquals(expected, schedule.factor(step, stepsPerEpoch, epochs), 1e-15);
    assertEquals(shape, schedule.shape().toString());
  }

  @Test
  void theRateOfAnEpochIsThatOfItsLastStep() {
    Schedule schedule = new Schedule(Schedule.Shape.LINEAR, 1.5);
    List<Double> rates = new ArrayList<>();
    Trainer.builder(Mlp.glorot(1, 784, 10))
        .learningRate(0.5)
        .schedule(schedule)
        .batchSize(20)
        .threads(1)
        .build()
        .fit(TestRows.digits(70), 3, epoch -> rates.add(epoch.learningRate()));
    // Of 12 steps, 6 are the warm-up; the last one has p = 5 / 6.
    assertEquals(List.of(0.5 * 4 / 6, 0.5 * (1 - 1 / 6.0), 0.5 * (1 - 5 / 6.0)), rates);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void aWarmUpOutOfRangeIsRefused(double warmup) {
    assertEquals(
        "a warm-up is a finite number of epochs of at least 0, not " + warmup,
        assertThrows(
                IllegalArgumentException.class, () -> new Schedule(Schedule.Shape.CONSTANT, warmup))
            .getMessage());
    assertThrows(NullPointerException.class, () -> new Schedule(null, 0));
  }
}
