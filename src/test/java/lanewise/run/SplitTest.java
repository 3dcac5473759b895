package lanewise.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import lanewise.nn.Optimizer;
import lanewise.nn.Samples;
import lanewise.nn.Schedule;
import lanewise.nn.Shuffle;
import lanewise.random.RowChoice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitTest {
  private static final int ROWS = 1000;

  /** The label of a row is its number, and so is its value. */
  private static Samples rows() {
    float[] values = new float[ROWS];
    for (int row = 0; row < ROWS; row++) {
      values[row] = row;
    }
    return Samples.ofFloats(values, 1, IntStream.range(0, ROWS).toArray());
  }

  private static Recipe shuffled(Shuffle shuffle) {
    return Recipe.REFERENCE.with(
        Method.of(Optimizer.adam(), Schedule.CONSTANT, shuffle, Init.GLOROT));
  }

  private static List<Integer> numbers(Samples samples) {
    List<Integer> numbers = new ArrayList<>();
    float[] value = new float[1];
    for (int row = 0; row < samples.rows(); row++) {
      samples.copyRows(row, row + 1, value, 0);
      assertEquals(samples.label(row), value[0]);
      numbers.add(samples.label(row));
    }
    return numbers;
  }

  @Test
  void withoutValidationAllRowsAreLearntFrom() {
    Samples all = rows();
    Split split = Split.of(all, 0, Recipe.REFERENCE);
    assertSame(all, split.training());
    assertTrue(split.validation().isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "0.25, 9, 2",
    "0.25, 10, 3",
    "0.25, 11, 3",
    "0.5, 1, 1",
    "0.01, 49, 0",
    "0.99, 10, 10",
    "1, 10, 1",
    "7, 10, 7"
  })
  void aShareIsRoundedToTheNearestNumberOfRows(double validation, int rows, long expected) {
    assertEquals(expected, new Stopping(validation, 0, OptionalDouble.empty()).rows(rows));
  }

  @Test
  void theLastRowsValidate() {
    Split split = Split.of(rows(), 3, Recipe.REFERENCE);
    assertEquals(List.of(997, 998, 999), numbers(split.validation().orElseThrow()));
    assertEquals(IntStream.range(0, 997).boxed().toList(), numbers(split.training()));
  }

  @Test
  void withShuffledRowsAChoiceValidates() {
    Split split = Split.of(rows(), 300, shuffled(Shuffle.ROWS));
    List<Integer> validation = numbers(split.validation().orElseThrow());
    List<Integer> training = numbers(split.training());
    assertEquals(validation.stream().sorted().toList(), validation);
    assertEquals(training.stream().sorted().toList(), training);
    List<Integer> both = new ArrayList<>(training);
    both.addAll(validation);
    assertEquals(IntStream.range(0, ROWS).boxed().toList(), both.stream().sorted().toList());
    assertEquals(300, validation.size());
    long late = validation.stream().filter(row -> row >= 500).count();
    assertTrue(late > 110 && late < 190, late + " of 300 in the second half");
    Split groups = Split.of(rows(), 300, shuffled(Shuffle.GROUPS));
    assertEquals(validation, numbers(groups.validation().orElseThrow()));
  }

  /** The same on every machine: computed by a program of its own. */
  @Test
  void theChoiceDependsOnTheSeed() {
    assertEquals(RowChoice.of(ROWS, 5, 42), RowChoice.of(ROWS, 5, 42));
    assertNotEquals(RowChoice.of(ROWS, 5, 42), RowChoice.of(ROWS, 5, 43));
    assertEquals("{274, 342, 393, 463, 796}", RowChoice.of(ROWS, 5, 42).toString());
  }
}
