package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import lanewise.model.ModelInfo;
import lanewise.nn.Evaluation;
import lanewise.nn.TestTraining;
import lanewise.nn.ThreeClasses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables, character by character, and in 80 columns whatever the classes. */
class EvaluationTextTest {
  private static final Evaluation SMALL =
      TestTraining.evaluation(7.5, new int[][] {{8, 2, 0}, {2, 6, 0}, {0, 0, 0}});

  private static List<String> lines(Evaluation evaluation, List<String> labels, boolean coloured) {
    return new EvaluationText(evaluation, labels, coloured).lines();
  }

  @Test
  void theTablesAreAligned() {
    assertEquals(
        """
        Accuracy: 77.78% (14 of 18)
        Loss: 7.5000 (0.4167 per row)

        Class        Rows  Precision     Recall         F1   Most often confused with
        a              10     80.00%     80.00%     80.00%   bb (2)
        bb              8     75.00%     75.00%     75.00%   a (2)
        c               0          -          -          -
        Mean                  77.50%     77.50%     77.50%

        Confusion matrix (rows: true class, columns: predicted class)

             a  bb   c
         a   8   2   .
        bb   2   6   .
         c   .   .   ."""
            .lines()
            .toList(),
        lines(SMALL, List.of("a", "bb", "c"), false));
  }

  /** The mean counts a class that is never predicted with a precision of 0. */
  @Test
  void eachFigureIsInItsPlace() {
    assertEquals(
        """
        Accuracy: 93.45% (157 of 168)
        Loss: 1408.0000 (8.3810 per row)

        Class        Rows  Precision     Recall         F1   Most often confused with
        ant           100     95.15%     98.00%     96.55%   bee (2)
        bee            60     90.77%     98.33%     94.40%   ant (1)
        cat             8          -      0.00%      0.00%   ant (4)
        Mean                  61.97%     65.44%     63.65%

        Confusion matrix (rows: true class, columns: predicted class)

             ant  bee  cat
        ant   98    2    .
        bee    1   59    .
        cat    4    4    ."""
            .lines()
            .toList(),
        lines(ThreeClasses.evaluation(), ThreeClasses.LABELS, false));
  }

  /** Green where they agree, red from 2 % of the row, faint without any row. */
  @Test
  void eachCellHasItsColour() {
    List<String> lines = lines(ThreeClasses.evaluation(), ThreeClasses.LABELS, true);
    assertEquals(
        List.of(
            "ant\u001b[1;32m   98\u001b[0m\u001b[31m    2\u001b[0m\u001b[2m    .\u001b[0m",
            "bee    1\u001b[1;32m   59\u001b[0m\u001b[2m    .\u001b[0m",
            "cat\u001b[31m    4\u001b[0m\u001b[31m    4\u001b[0m\u001b[1;32m    .\u001b[0m"),
        lines.subList(lines.size() - 3, lines.size()));
  }

  @Test
  void ofClassesConfusedEquallyOftenTheFirstIsNamed() {
    int[][] tied = {{5, 2, 1, 2}, {2, 5, 2, 1}, {1, 2, 5, 2}, {2, 2, 2, 5}};
    List<String> lines =
        lines(TestTraining.evaluation(1, tied), List.of("a", "b", "c", "d"), false);
    assertEquals(
        List.of("b (2)", "a (2)", "b (2)", "a (2)"),
        lines.subList(4, 8).stream().map(line -> line.replaceFirst(".*% +", "")).toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10, 26, 64, 65, 300})
  void anyNumberOfClassesFits80Columns(int classes) {
    int[][] counts = new int[classes][classes];
    for (int i = 0; i < classes; i++) {
      counts[i][i] = 5000;
      counts[i][(i + 1) % classes] += 1234;
    }
    Evaluation evaluation = TestTraining.evaluation(0.5, counts);
    List<String> lines = lines(evaluation, ModelInfo.numbered(classes), false);
    assertTrue(lines.stream().allMatch(line -> line.length() <= 80), String.join("\n", lines));
    if (classes <= 64) {
      long cells =
          lines.stream()
              .flatMap(line -> List.of(line.split(" +")).stream())
              .filter(classes == 1 ? "6234"::equals : "5000"::equals)
              .count();
      assertEquals(classes, cells, "every diagonal cell once");
    }
  }

  @Test
  void longLabelsFitToo() {
    List<String> labels =
        IntStream.range(0, 26).mapToObj(i -> "A label of some length " + (char) ('A' + i)).toList();
    int[][] counts = new int[26][26];
    counts[0][1] = 1;
    Evaluation evaluation = TestTraining.evaluation(9, counts);
    List<String> lines = lines(evaluation, labels, false);
    assertTrue(lines.stream().allMatch(line -> line.length() <= 80), String.join("\n", lines));
  }

  /** The matrix of three classes has room for 16 characters; a name cut in half is whole again. */
  @Test
  void namesOfAFewClassesAreLonger() {
    String faces = "\ud83d\ude00".repeat(17);
    List<String> lines = lines(SMALL, List.of("Iris-versicolor", "a class\n" + faces, "c"), false);
    assertTrue(
        lines.contains(
            "Iris-versicolor       10     80.00%     80.00%     80.00%   a class?"
                + "\ud83d\ude00".repeat(7)
                + "~ (2)"),
        String.join("\n", lines));
    assertTrue(
        lines.stream().allMatch(line -> line.codePointCount(0, line.length()) <= 80),
        String.join("\n", lines));
    assertTrue(
        lines.stream().anyMatch(line -> line.startsWith("Mean                         77.50%")),
        String.join("\n", lines));
  }

  @Test
  void coloursAreOptionalAndKeepTheColumns() {
    List<String> plain = lines(SMALL, List.of("0", "1", "2"), false);
    List<String> coloured = lines(SMALL, List.of("0", "1", "2"), true);
    assertFalse(String.join("\n", plain).contains("\u001b"));
    assertTrue(String.join("\n", coloured).contains("\u001b[1;32m"));
    assertEquals(
        plain, coloured.stream().map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "")).toList());
  }
}
