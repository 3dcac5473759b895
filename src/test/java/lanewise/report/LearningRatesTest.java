package lanewise.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import lanewise.nn.Optimizer;
import lanewise.nn.Schedule;
import lanewise.nn.Shuffle;
import lanewise.run.Init;
import lanewise.run.Method;
import lanewise.run.Recipe;
import org.junit.jupiter.api.Test;

class LearningRatesTest {
  private static Recipe recipe(Schedule schedule) {
    Optimizer descent = Optimizer.of(Optimizer.Kind.SGD);
    return new Recipe(OptionalInt.empty(), List.of(), 10, 0.5, 4, 42, 0)
        .with(Method.of(descent, schedule, Shuffle.NONE, Init.GLOROT));
  }

  @Test
  void constantRatesAndRunsWithoutStepsHaveNone() {
    assertNull(LearningRates.of(Recipe.REFERENCE, 60_000, 75));
    assertNull(LearningRates.of(Recipe.FAST, 60_000, 0));
  }

  /** Three steps per epoch, the last with one row; stopped after two of four epochs. */
  @Test
  void fewStepsAreAllThere() {
    LearningRates warm = LearningRates.of(recipe(new Schedule(Schedule.Shape.CONSTANT, 1)), 21, 2);
    assertArrayEquals(new long[] {1, 2, 3, 4, 5, 6}, warm.steps());
    assertArrayEquals(new double[] {0.5 / 3, 1 / 3., 0.5, 0.5, 0.5, 0.5}, warm.rates(), 1e-15);
    LearningRates linear = LearningRates.of(recipe(new Schedule(Schedule.Shape.LINEAR, 0)), 21, 1);
    assertArrayEquals(new double[] {0.5, 5.5 / 12, 5. / 12}, linear.rates(), 1e-15);
  }

  @Test
  void manyStepsAreSampledWithTheirEndsAndThePeak() {
    LearningRates rates = LearningRates.of(Recipe.FAST, 60_000, 4);
    long[] steps = rates.steps();
    assertTrue(steps.length > 190 && steps.length <= 201, steps.length + " points");
    assertEquals(1, steps[0]);
    assertEquals(4 * 938, steps[steps.length - 1]);
    int peak = Arrays.binarySearch(steps, 375);
    assertEquals(0.003, rates.rates()[peak]);
    assertEquals(0.003, Arrays.stream(rates.rates()).max().orElseThrow());
    assertArrayEquals(LongStream.of(steps).sorted().distinct().toArray(), steps);
  }
}
