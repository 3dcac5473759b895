package lanewise.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import lanewise.nn.Samples;
import lanewise.nn.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Encodings against numbers computed by hand. */
class EncodingTest {
  private static final float NONE = Float.NaN;
  private static final Table.Numbers AGE = numbers("age", 2, 4, 4, 4, 5, 5, 7, 9);
  private static final Table.Texts COLOR =
      texts("color", List.of("red", "blue", "green"), 0, 1, 1, 0, 1, 1, -1, 1);
  private static final Table.Texts LABEL =
      texts("y", List.of("no", "maybe"), 0, 1, 0, 1, 0, 1, 0, 1);
  private static final Table TABLE = Table.of(List.of(AGE, COLOR), LABEL);

  /** The mean of 2, 4, 4, 4, 5, 5, 7 and 9 is 5, and their deviation 2. */
  @Test
  void standardises() {
    Encoding encoding = Encoding.fit(TABLE, Scale.STANDARD, Missing.MEAN);
    assertEquals(
        List.of(
            new Column.Numbers("age", 5, 2, 5),
            new Column.Texts(
                "color", List.of("blue", "green", "red"), List.of(5 / 7f, 0f, 2 / 7f))),
        encoding.columns());
    assertEquals(new Target.Classes("y", List.of("maybe", "no")), encoding.target());
    assertEquals(List.of("age", "color", "y"), encoding.header());
    assertEquals(List.of(), encoding.dropped());
    assertEquals(4, encoding.inputs());
    assertEquals(2, encoding.outputs());
    assertEquals(Task.CLASSIFY, encoding.task());
    float[] expected = {
      -1.5f, 0, 0, 1, //
      -0.5f, 1, 0, 0, //
      -0.5f, 1, 0, 0, //
      -0.5f, 0, 0, 1, //
      0, 1, 0, 0, //
      0, 1, 0, 0, //
      1, 5 / 7f, 0, 2 / 7f, //
      2, 1, 0, 0,
    };
    assertArrayEquals(expected, encoding.inputs(TABLE));
    Samples samples = encoding.samples(TABLE);
    float[] rows = new float[expected.length];
    samples.copyRows(0, 8, rows, 0);
    assertArrayEquals(expected, rows);
    assertEquals(1, samples.label(0));
    assertEquals(0, samples.label(1));
  }

  @Test
  void scalesToTheRangeOrNotAtAll() {
    Table table = table(numbers("a", 3, -1, NONE, 7), numbers("b", 8, 8, 8, 8));
    Encoding range = Encoding.fit(table, Scale.MINMAX, Missing.MEAN);
    assertEquals(List.of(new Column.Numbers("a", -1, 8, 3)), range.columns());
    assertArrayEquals(new float[] {0.5f, 0, 0.5f, 1}, range.inputs(table));
    Encoding none = Encoding.fit(table, Scale.NONE, Missing.MEAN);
    assertEquals(
        List.of(new Column.Numbers("a", 0, 1, 3), new Column.Numbers("b", 0, 1, 8)),
        none.columns());
    assertArrayEquals(new float[] {3, 8, -1, 8, 3, 8, 7, 8}, none.inputs(table));
    assertEquals(List.of(), none.dropped());
    assertEquals(List.of("b"), range.dropped());
  }

  @Test
  void predictsANumber() {
    Table table = Table.of(List.of(numbers("a", 0, 1, 2, 3)), numbers("price", 10, 20, 10, 20));
    Encoding encoding = Encoding.fit(table, Scale.NONE, Missing.FAIL);
    assertEquals(new Target.Value("price", 15, 5), encoding.target());
    assertEquals(Task.REGRESS, encoding.task());
    assertEquals(1, encoding.outputs());
    Samples samples = encoding.samples(table);
    assertEquals(1, samples.outputs());
    assertEquals(-1, samples.target(2, 0));
    assertEquals(1, samples.target(3, 0));
    assertEquals(20, ((Target.Value) encoding.target()).unscale(1));
    Table constant = Table.of(List.of(numbers("a", 0, 1)), numbers("y", 7, 7));
    assertEquals(
        new Target.Value("y", 7, 1), Encoding.fit(constant, Scale.NONE, Missing.FAIL).target());
  }

  /** As ONNX's Sub and Div compute it: each operation rounded to float32. */
  @ParameterizedTest
  @EnumSource
  void scalesInFloat32(Scale scale) {
    float[] values = new float[1000];
    Random random = new Random(1);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (1e3 + random.nextGaussian() * 1e-1);
    }
    Table table = Table.of(List.of(numbers("a", values)), numbers("y", values));
    Encoding encoding = Encoding.fit(table, scale, Missing.FAIL);
    Column.Numbers column = (Column.Numbers) encoding.columns().getFirst();
    float[] inputs = encoding.inputs(table);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < values.length; i++) {
      float difference = values[i] - column.offset();
      assertEquals(difference / column.divisor(), inputs[i]);
      sum += values[i];
    }
    double mean = sum / values.length;
    for (float value : values) {
      squares += (value - mean) * (value - mean);
    }
    assertEquals((float) mean, column.mean());
    if (scale == Scale.STANDARD) {
      assertEquals((float) mean, column.offset());
      assertEquals((float) Math.sqrt(squares / values.length), column.divisor());
    }
  }

  @Test
  void fitsToSomeRows() {
    Encoding encoding = Encoding.fit(TABLE, new int[] {0, 3}, Scale.MINMAX, Missing.FAIL);
    assertEquals(List.of(new Column.Numbers("age", 2, 2, 3)), encoding.columns());
    assertEquals(List.of("color"), encoding.dropped(), "both rows are red");
    assertEquals(List.of("maybe", "no"), ((Target.Classes) encoding.target()).values());
    assertEquals(3.5f, encoding.inputs(TABLE)[7]);
    Encoding all = Encoding.fit(TABLE, Scale.MINMAX, Missing.MEAN);
    int[] rows = IntStream.range(0, 8).toArray();
    assertEquals(all, Encoding.fit(TABLE, rows, Scale.MINMAX, Missing.MEAN));
  }

  @Test
  void dropsColumnsWithoutAnyChoice() {
    Table table =
        table(
            numbers("zeros", 0, -0f, NONE, 0),
            numbers("none", NONE, NONE, NONE, NONE),
            texts("same", List.of("other", "x"), 1, -1, 1, 1),
            texts("empty", List.of(), -1, -1, -1, -1),
            numbers("kept", 0, NONE, 1, 0));
    Encoding encoding = Encoding.fit(table, Scale.STANDARD, Missing.MEAN);
    assertEquals(List.of("zeros", "none", "same", "empty"), encoding.dropped());
    assertEquals(1, encoding.inputs());
    assertEquals(
        List.of("none", "same", "empty"), Encoding.fit(table, Scale.NONE, Missing.MEAN).dropped());
  }

  /** Below the smallest normal number, a deviation is no divisor. */
  @Test
  void scalesTinyNumbers() {
    Table table = table(numbers("a", Float.MIN_VALUE, 0, 0, 0));
    for (Scale scale : List.of(Scale.STANDARD, Scale.MINMAX)) {
      Encoding encoding = Encoding.fit(table, scale, Missing.FAIL);
      assertEquals(Float.MIN_NORMAL, ((Column.Numbers) encoding.columns().getFirst()).divisor());
      for (float input : encoding.inputs(table)) {
        assertTrue(input >= 0 && input <= 1);
      }
    }
  }

  @Test
  void ordersClassesAndCategories() {
    assertEquals(List.of("-1", "2", "10", "10.0", "1e1"), classes("10.0", "10", "2", "-1", "1e1"));
    assertEquals(List.of("-1", "10", "2", "x"), classes("x", "10", "2", "-1"));
    assertEquals(
        List.of("A", "a", "ab", "\uff5e", "\ud83d\ude00", "\ud83d\ude01"),
        classes("\ud83d\ude01", "\ud83d\ude00", "\uff5e", "ab", "a", "A"));
  }

  private static List<String> classes(String... values) {
    int[] codes = IntStream.range(0, values.length).toArray();
    float[] other = new float[values.length];
    other[0] = 1;
    Table table = Table.of(List.of(numbers("a", other)), texts("y", List.of(values), codes));
    Encoding encoding = Encoding.fit(table, Scale.NONE, Missing.FAIL);
    return ((Target.Classes) encoding.target()).values();
  }

  /** By name, in any order, among other columns, and with values in another order. */
  @Test
  void encodesOtherTables() {
    Encoding encoding = Encoding.fit(TABLE, Scale.STANDARD, Missing.MEAN);
    Table other =
        Table.of(
            List.of(
                texts("color", List.of("violet", "green", "red"), 2, 1),
                numbers("other", 0, 0),
                numbers("age", 7, NONE)),
            null);
    assertArrayEquals(new float[] {1, 0, 0, 1, 0, 0, 1, 0}, encoding.inputs(other));
    assertRefused("memory: no label 'y'", () -> encoding.samples(other));
  }

  @Test
  void refusesTablesThatDoNotFit() {
    Encoding encoding = Encoding.fit(TABLE, Scale.STANDARD, Missing.MEAN);
    assertRefused("memory: no column 'color'", () -> encoding.inputs(table(AGE)));
    assertRefused(
        "memory: column 'age' is of text, expected the other kind",
        () -> encoding.inputs(table(texts("age", List.of("x"), 0), COLOR.select(new int[1]))));
    assertRefused(
        "memory: column 'y' is of numbers, expected the other kind",
        () -> encoding.samples(Table.of(List.of(AGE, COLOR), numbers("y", new float[8]))));
    Table violet =
        Table.of(
            List.of(numbers("age", 1, 1), texts("color", List.of("violet"), -1, 0)),
            texts("y", List.of("no", "never"), 0, 1));
    assertRefused(
        "memory, line 2, column 'color': 'violet' is not known", () -> encoding.inputs(violet));
    assertRefused(
        "memory, line 2, column 'y': 'never' is not known",
        () ->
            encoding.samples(
                Table.of(List.of(numbers("age", 1, 1), COLOR.select(new int[2])), violet.label())));
    Encoding complete = Encoding.fit(table(AGE), Scale.STANDARD, Missing.FAIL);
    assertRefused(
        "memory, line 2, column 'age': no value",
        () -> complete.inputs(table(numbers("age", 1, NONE))));
    Encoding tiny = Encoding.fit(table(numbers("a", 0, 1e-30f)), Scale.MINMAX, Missing.FAIL);
    assertRefused(
        "memory, line 1, column 'a': 1.0E30 is too far from the training rows for float32",
        () -> tiny.inputs(table(numbers("a", 1e30f))));
  }

  @Test
  void refusesTablesToFitTo() {
    assertRefused(
        "a table without a label",
        () -> Encoding.fit(Table.of(List.of(AGE), null), Scale.NONE, Missing.FAIL));
    assertRefused(
        "a table without rows", () -> Encoding.fit(TABLE, new int[0], Scale.NONE, Missing.FAIL));
    assertRefused(
        "memory: every column but the label has the same value in all training rows, expected one"
            + " that differs",
        () -> Encoding.fit(TABLE, new int[1], Scale.STANDARD, Missing.FAIL));
    assertRefused(
        "memory, line 7, column 'color': no value",
        () -> Encoding.fit(TABLE, Scale.NONE, Missing.FAIL));
    for (Scale scale : List.of(Scale.MINMAX, Scale.STANDARD)) {
      assertRefused(
          "column 'a': values from -3.0E38 to 3.0E38 are too far apart for float32",
          () ->
              Encoding.fit(table(numbers("a", -3e38f, 3e38f, 3e38f, 3e38f)), scale, Missing.FAIL));
    }
    List<String> many = IntStream.range(0, 257).mapToObj(String::valueOf).toList();
    assertRefused(
        "column 'a': 257 categories, more than 256",
        () -> Encoding.fit(table(texts("a", many, 0, 1)), Scale.NONE, Missing.FAIL));
    assertRefused(
        "column y: 1 classes, not 2 to 65535",
        () ->
            Encoding.fit(
                Table.of(List.of(numbers("a", 0, 1)), texts("y", List.of("x"), 0, 0)),
                Scale.NONE,
                Missing.FAIL));
  }

  @Test
  void refusesInputsBeyondAnArray() {
    List<String> values = IntStream.range(0, 256).mapToObj(String::valueOf).toList();
    Column.Texts wide = new Column.Texts("a", values, Collections.nCopies(256, 1 / 256f));
    Encoding encoding =
        new Encoding(
            List.of("a", "y"),
            true,
            List.of(wide),
            List.of(),
            new Target.Value("y", 0, 1),
            Missing.MEAN);
    Table table = Table.of(List.of(texts("a", List.of("0"), new int[1 << 23])), null);
    assertRefused(
        "memory: 8388608 rows of 256 inputs are more than 2147483639 values, the maximum",
        () -> encoding.inputs(table));
  }

  @Test
  void checksItsParts() {
    assertRefused("column a: offset NaN is not finite", () -> new Column.Numbers("a", NONE, 1, 0));
    assertRefused(
        "column a: divisor 0.0 is not finite and above 0", () -> new Column.Numbers("a", 0, 0, 0));
    assertRefused(
        "column a: divisor Infinity is not finite and above 0",
        () -> new Target.Value("a", 0, Float.POSITIVE_INFINITY));
    assertRefused("column a: mean NaN is not finite", () -> new Column.Numbers("a", 0, 1, NONE));
    assertRefused(
        "column a: 1 categories and 2 shares, expected 1 to 256 of both",
        () -> new Column.Texts("a", List.of("x"), List.of(0f, 1f)));
    assertRefused(
        "categories of column a: x twice",
        () -> new Column.Texts("a", List.of("x", "x"), List.of(0f, 1f)));
    assertRefused(
        "column a: share 1.5, not 0 to 1",
        () -> new Column.Texts("a", List.of("x"), List.of(1.5f)));
    Column a = new Column.Numbers("a", 0, 1, 0);
    Target y = new Target.Value("y", 0, 1);
    assertRefused(
        "no columns, expected at least one",
        () -> new Encoding(List.of("y"), true, List.of(), List.of(), y, Missing.FAIL));
    assertRefused(
        "column a is not in the header",
        () -> new Encoding(List.of("b", "y"), true, List.of(a), List.of(), y, Missing.FAIL));
    assertRefused(
        "names of columns: a twice",
        () -> new Encoding(List.of("a", "y"), true, List.of(a), List.of("a"), y, Missing.FAIL));
    assertRefused(
        "header: a twice",
        () -> new Encoding(List.of("a", "a", "y"), true, List.of(a), List.of(), y, Missing.FAIL));
  }

  private static void assertRefused(String message, Executable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action).getMessage());
  }

  private static Table table(Table.Cells... columns) {
    int rows = columns[0].rows();
    int[] codes = new int[rows];
    codes[0] = 1;
    return Table.of(List.of(columns), texts("y", List.of("a", "b"), codes));
  }

  private static Table.Numbers numbers(String name, float... values) {
    return new Table.Numbers(name, values);
  }

  private static Table.Texts texts(String name, List<String> values, int... codes) {
    return new Table.Texts(name, codes, values);
  }
}
