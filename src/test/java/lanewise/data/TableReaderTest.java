package lanewise.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lanewise.nn.Task;
import lanewise.table.Missing;
import lanewise.table.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads tables for training, and refuses invalid ones with the position of the error. */
class TableReaderTest {
  private static final TableOptions OPTIONS =
      new TableOptions("y", List.of(), Task.CLASSIFY, Missing.FAIL, TableOptions.FOUND);

  private static final TableOptions REGRESS =
      new TableOptions("y", List.of(), Task.REGRESS, Missing.MEAN, TableOptions.FOUND);

  @TempDir private Path directory;

  /** The same table as programs write it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b,y\n1.5,red,no\n-2e3,green,yes\n.5,red,no\n",
        "\ufeffa,b,y\r\n1.5,red,no\r\n-2e3,green,yes\r\n.5,red,no\r\n",
        "\ufeff\"a\",\"b\",\"y\"\n\"1.5\",\"red\",\"no\"\n\"-2e3\",\"green\",\"yes\"\n.5,red,no",
        "a;b;y\n1.5;red;no\n-2e3;green;yes\n.5;red;no\n",
        "a\tb\ty\n1.5\tred\tno\n-2e3\tgreen\tyes\n.5\tred\tno\n",
        "a|b|y\n1.5|red|no\n-2e3|green|yes\n.5|red|no\n",
        "a,b,y\r1.5,red,no\r-2e3,green,yes\r.5,red,no\r",
        "\n\na,b,y\n1.5,red,no\n\n-2e3,green,yes\n  \n.5,red,no\n\n\n",
        " a , b ,y\n1.5 ,red, no\n -2000,\tgreen,yes\n+0.50,red,no\n",
        "a, \"b\" ,y\n1.50, \"red\",no\n-2E+3,\"green\" ,yes\n00.5,red,no\n",
      })
  void readsEveryCommonForm(String text) throws IOException {
    Table table = read(text, OPTIONS);
    float[] numbers = {1.5f, -2000, 0.5f};
    assertEquals(
        List.of(
            new Table.Numbers("a", numbers),
            new Table.Texts("b", new int[] {0, 1, 0}, List.of("red", "green"))),
        table.columns());
    assertEquals(new Table.Texts("y", new int[] {0, 1, 0}, List.of("no", "yes")), table.label());
    assertEquals(List.of("a", "b", "y"), table.origin().header());
    assertEquals(
        "9108eef32aea6ebdf2d0da98ac327b08ee6afb62dd22baf39fe726cc15e1c54b", table.sha256());
  }

  @Test
  void readsGzip() throws IOException {
    byte[] packed = SmallData.gzip("a,y\n1,x\n2,z\n".getBytes(UTF_8));
    Table table = DataSource.table(Files.write(directory.resolve("f.csv.gz"), packed), OPTIONS);
    assertEquals(List.of(numbers("a", 1, 2)), table.columns());
    assertEquals(directory.resolve("f.csv.gz").toString(), table.source());
  }

  @Test
  void keepsWhatQuotesHold() throws IOException {
    Table table =
        read(
            "a,b,y\n1,\"two\nlines, \"\"quoted\"\"\",0\n\n2,\"x\r\ny\",1\n3,5\" disk,1\n", OPTIONS);
    assertEquals(
        List.of("two\nlines, \"quoted\"", "x\r\ny", "5\" disk"),
        ((Table.Texts) table.columns().get(1)).values());
    assertArrayEquals(new int[] {2, 5, 7}, IntStream.range(0, 3).map(table::line).toArray());
  }

  @Test
  void namesColumnsByNumberWithoutAHeader() throws IOException {
    Table table = read("1,red,no\n2,green,yes\n", options("3", "1"));
    assertEquals(List.of("2"), table.columns().stream().map(Table.Cells::name).toList());
    assertEquals("3", table.label().name());
    assertEquals(List.of("1", "2", "3"), table.origin().header());
    assertFalse(table.origin().named());
  }

  @Test
  void namesABlankFirstColumnByNumber() throws IOException {
    Table table = read(",a,y\n0,5,no\n1,6,yes\n", options("y", "1"));
    assertEquals(List.of(numbers("a", 5, 6)), table.columns());
    assertEquals(List.of("1", "a", "y"), table.origin().header());
  }

  @Test
  void aNameComesBeforeANumber() throws IOException {
    Table table = read("x3,\"2nd\",y\na,b,c\na,c,d\n", options("3", "2nd"));
    assertEquals("y", table.label().name());
    assertEquals(List.of("x3"), table.columns().stream().map(Table.Cells::name).toList());
  }

  @Test
  void readsMissingValues() throws IOException {
    Table table = read("a,b,y\n1,,2\nNA,x,3.5\nnan,N/A,4\n?,None,5\n2,NULL,-1\n", REGRESS);
    float none = Float.NaN;
    assertEquals(
        List.of(
            numbers("a", 1, none, none, none, 2),
            new Table.Texts("b", new int[] {-1, 0, -1, -1, -1}, List.of("x"))),
        table.columns());
    assertEquals(numbers("y", 2, 3.5f, 4, 5, -1), table.label());
    assertEquals(numbers("a", none, none), read("a,y\n,1\n ,2\n", REGRESS).columns().getFirst());
  }

  /** Lists of numbers are text, however long. */
  @Test
  void readsListsOfNumbersAsText() throws IOException {
    String list = "1,2,3" + ",100".repeat(1_000_000);
    String thousands = "1" + ",100".repeat(1_000_000) + "x";
    Table table = read("a;y\n%s;0\n%s;1\n".formatted(list, thousands), OPTIONS);
    assertEquals(List.of(list, thousands), ((Table.Texts) table.columns().getFirst()).values());
  }

  /** More different numbers than a column of text may have values, then missing ones. */
  @Test
  void readsManyNumbers() throws IOException {
    float[] expected = new float[3000];
    StringBuilder text = new StringBuilder("a,y\n");
    for (int row = 0; row < expected.length; row++) {
      expected[row] = row % 7 == 3 ? Float.NaN : (row * 37 % 1009) / 8f;
      text.append(row % 7 == 3 ? "NA" : String.valueOf(expected[row]));
      text.append(',').append(row).append('\n');
    }
    Table table = read(text.toString(), REGRESS);
    assertEquals(numbers("a", expected), table.columns().getFirst());
  }

  @Test
  void readsTheMostCategories() throws IOException {
    Table.Texts texts = (Table.Texts) read(codes(256, 600), REGRESS).columns().getFirst();
    assertEquals(256, texts.values().size());
    assertEquals(5, texts.codes()[256 + 5]);
  }

  /** Numbers among text are text: a column of codes. */
  @Test
  void readsNumbersAmongTextAsText() throws IOException {
    Table table = read("a,y\n1,0\n2b,1\n1.0,0\n", OPTIONS);
    assertEquals(
        new Table.Texts("a", new int[] {0, 1, 2}, List.of("1", "2b", "1.0")),
        table.columns().getFirst());
  }

  @ParameterizedTest
  @CsvSource({
    "'a,b;y\n1,5;0\n2,5;1\n', 2",
    "'a\ty\n1;2\t0\n3;4\t1\n', 1;2",
    "'a;y\n\"x;\ny\";0\nz;1\n', 'x;\ny'",
  })
  void findsTheDelimiter(String text, String first) throws IOException {
    TableOptions options = options("y", "1");
    if (first.equals("2")) {
      SmallData.assertRefused(
          directory,
          "f, line 2, column 'a,b': '1,5': a comma in a number, expected a decimal point and no"
              + " separators of thousands",
          () -> read(text, OPTIONS));
      return;
    }
    assertEquals(first, ((Table.Texts) read(text, OPTIONS).columns().get(0)).values().get(0));
    assertThrows(DataException.class, () -> read(text, options));
  }

  @Test
  void readsTheGivenDelimiter() throws IOException {
    TableOptions options = new TableOptions("y", List.of(), Task.CLASSIFY, Missing.FAIL, ':');
    assertEquals(List.of(numbers("a", 1, 2)), read("a:y\n1:x\n2:z,z\n", options).columns());
    for (char bad : new char[] {'"', '\n', '\r', '\ufeff'}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new TableOptions("y", List.of(), Task.CLASSIFY, Missing.FAIL, bad));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          a,y                          ~ f: no rows after the header, expected at least one
          ⏎⏎                           ~ f: no rows, expected at least one
          a,x⏎1,2⏎                     ~ f: no column 'y', expected 'a', 'x'
          a,y,a⏎1,2,3⏎                 ~ f, line 1: columns 1 and 3 are both named 'a', expected a header with different names
          ⏎a,,y⏎1,2,3⏎                 ~ f, line 2: column 2 has no name, expected one in every cell of the header
          a,y,⏎1,2,⏎                   ~ f, line 1: column 3 has no name, expected one in every cell of the header
          1,2⏎3,4⏎                     ~ f: no column 'y', expected '1', '2' (no header, since line 1 has the value '1')
          x,?,y⏎1,2,3⏎                 ~ f: no column 'y', expected '1', '2', '3' (no header, since line 1 has the value '?')
          c01,c02,c03,c04,c05,c06,c07,c08,c09,c10,c11,c12⏎ ~ f: no column 'y', expected 'c01', 'c02', 'c03', 'c04', 'c05', 'c06', 'c07', 'c08', 'c09', 'c10' and 2 more
          y⏎1⏎2⏎                       ~ f: 1 column, expected the label and at least one more
          a,y⏎1,2⏎3⏎                   ~ f, line 3: 1 cell, expected 2 as in the header
          a,y⏎1,2⏎3,4,5⏎               ~ f, line 3: 3 cells, expected 2 as in the header
          a,y⏎1,2⏎3,4,⏎                ~ f, line 3: 3 cells, expected 2 as in the header
          a;y⏎1;2⏎3⏎                   ~ f, line 3: 1 cell, expected 2 as in the header
          a,y⏎1,0⏎,1⏎                  ~ f, line 3, column 'a': an empty cell is no value, expected one in every row (--missing mean fills in the mean)
          a,y⏎1,0⏎ ,1⏎                 ~ f, line 3, column 'a': an empty cell is no value, expected one in every row (--missing mean fills in the mean)
          a,y⏎1,0⏎nUll,1⏎              ~ f, line 3, column 'a': 'nUll' is no value, expected one in every row (--missing mean fills in the mean)
          a,y⏎x,0⏎N/A,1⏎               ~ f, line 3, column 'a': 'N/A' is no value, expected one in every row (--missing mean fills in the mean)
          a,y⏎1,0⏎1,⏎                  ~ f, line 3, column 'y': an empty cell is no value, expected a label in every row
          a,y⏎1,0⏎1,None⏎              ~ f, line 3, column 'y': 'None' is no value, expected a label in every row
          a,y⏎1,0⏎2,0⏎                 ~ f, column 'y': every row has the value '0', expected two classes or more
          a,y⏎1,0⏎"1,5",1⏎             ~ f, line 3, column 'a': '1,5': a comma in a number, expected a decimal point and no separators of thousands
          a,y⏎1,0⏎"1,234.5",1⏎         ~ f, line 3, column 'a': '1,234.5': a comma in a number, expected a decimal point and no separators of thousands
          a;y⏎1;0⏎1,234,567;1⏎         ~ f, line 3, column 'a': '1,234,567': a comma in a number, expected a decimal point and no separators of thousands
          a;y⏎1;0⏎-,5e-3;1⏎            ~ f, line 3, column 'a': '-,5e-3': a comma in a number, expected a decimal point and no separators of thousands
          a;y⏎1,5;0⏎2,5;1⏎             ~ f, line 2, column 'a': '1,5': a comma in a number, expected a decimal point and no separators of thousands
          a,y⏎1,0⏎1e39,1⏎              ~ f, line 3, column 'a': '1e39': beyond the range of float32, which ends at 3.4028235e38
          a,y⏎1,0⏎-inf,1⏎              ~ f, line 3, column 'a': '-inf': beyond the range of float32, which ends at 3.4028235e38
          a,y⏎1,0⏎"2,1⏎3,0⏎            ~ f, line 3: a row whose quotes do not match, expected them around whole cells, and two for one within
          a,y⏎1,0⏎"2"x,1⏎3,0⏎          ~ f, line 3: a row whose quotes do not match, expected them around whole cells, and two for one within
          a,y⏎1,0⏎2\u0000,1⏎           ~ f, line 3: a zero byte, expected text in UTF-8
          a\u202eb,z⏎1,0⏎              ~ f: no column 'y', expected 'a?b', 'z'
          """)
  void refuses(String text, String message) {
    String table = text.replace('⏎', '\n').replace("\\u0000", "\0").replace("\\u202e", "\u202e");
    SmallData.assertRefused(directory, message, () -> read(table, OPTIONS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          a,y⏎1,2⏎3,x⏎   ~ f, line 3, column 'y': 'x', expected a number to predict
          a,y⏎1,2⏎3,0x1⏎ ~ f, line 3, column 'y': '0x1', expected a number to predict
          a,y⏎1,2⏎3,1e99⏎ ~ f, line 3, column 'y': '1e99': beyond the range of float32, which ends at 3.4028235e38
          a,y⏎1,2⏎3,1d⏎  ~ f, line 3, column 'y': '1d', expected a number to predict
          a,y⏎1,2⏎3,?⏎   ~ f, line 3, column 'y': '?' is no value, expected a label in every row
          a,y⏎1,2⏎3,1 0⏎ ~ f, line 3, column 'y': '1 0', expected a number to predict
          """)
  void refusesWhatIsNoNumberToPredict(String text, String message) {
    SmallData.assertRefused(directory, message, () -> read(text.replace('⏎', '\n'), REGRESS));
  }

  @Test
  void refusesTooManyCategories() {
    SmallData.assertRefused(
        directory,
        "f, line 2, column 'a': 'code0', expected a number in a column of more than 256 different"
            + " values (--ignore a leaves it out)",
        () -> read(codes(257, 300), REGRESS));
    String numbers =
        IntStream.range(0, 300).mapToObj(i -> i + ",1\n").collect(Collectors.joining());
    SmallData.assertRefused(
        directory,
        "f, line 302, column 'a': '12o', expected a number in a column of more than 256 different"
            + " values (--ignore a leaves it out)",
        () -> read("a,y\n" + numbers + "12o,1\n", REGRESS));
    SmallData.assertRefused(
        directory,
        "f, line 2, column 'a': '12o', expected a number in a column of more than 256 different"
            + " values (--ignore a leaves it out)",
        () -> read("a,y\n12o,1\n" + numbers, REGRESS));
    SmallData.assertRefused(
        directory,
        "f, line 302, column 'a': '1,5': a comma in a number, expected a decimal point and no"
            + " separators of thousands",
        () -> read("a,y\n" + numbers + "\"1,5\",1\n", REGRESS));
  }

  @Test
  void advisesRegression() throws IOException {
    String fractions =
        IntStream.range(0, 257).mapToObj(i -> "1," + i / 2f + "\n").collect(Collectors.joining());
    SmallData.assertRefused(
        directory,
        "f, column 'y': 257 different numbers with fractions, expected classes; --task regress"
            + " predicts a number",
        () -> read("a,y\n" + fractions, OPTIONS));
    assertEquals(257, read("a,y\n" + fractions, REGRESS).rows());
    String integers =
        IntStream.range(0, 65_536).mapToObj(i -> "1," + i + "\n").collect(Collectors.joining());
    SmallData.assertRefused(
        directory,
        "f, column 'y': more than 65535 different values, expected at most so many classes; --task"
            + " regress predicts a number",
        () -> read("a,y\n" + integers, OPTIONS));
    SmallData.assertRefused(
        directory,
        "f, column 'y': more than 65535 different values, expected at most so many classes",
        () -> read("a,y\n1,x\n" + integers, OPTIONS));
  }

  @Test
  void refusesOptionsThatDoNotFit() {
    String text = "a,b,y\n1,2,3\n4,5,6\n";
    SmallData.assertRefused(
        directory,
        "f: column 'y' is the label, which cannot be ignored",
        () -> read(text, options("3", "y")));
    SmallData.assertRefused(
        directory, "f: no column '4', expected 'a', 'b', 'y'", () -> read(text, options("y", "4")));
    SmallData.assertRefused(
        directory, "f: no column '0', expected 'a', 'b', 'y'", () -> read(text, options("0")));
    SmallData.assertRefused(
        directory,
        "f: 3 columns, 2 of them ignored, expected the label and at least one more",
        () -> read(text, options("y", "a", "2", "1")));
  }

  @Test
  void refusesOtherEncodings() {
    assertRefusedIn(ISO_8859_1, "f, line 3: bytes that are not UTF-8, expected text in UTF-8");
    assertRefusedIn(UTF_16, "f, line 1: bytes that are not UTF-8, expected text in UTF-8");
    assertRefusedIn(Charset.forName("UTF-16LE"), "f, line 1: a zero byte, expected text in UTF-8");
  }

  private void assertRefusedIn(Charset charset, String message) {
    SmallData.assertRefused(
        directory,
        message,
        () ->
            DataSource.table(
                Files.write(directory.resolve("f"), "a,y\r\n1,x\r\n2,é\r\n".getBytes(charset)),
                OPTIONS));
  }

  /** The bytes of a character at the end of one block and at the beginning of the next. */
  @Test
  void readsCharactersAcrossBlocks() throws IOException {
    for (int shift = 0; shift < 4; shift++) {
      String name = "a".repeat(shift) + "\ud83d\ude00é".repeat(40_000);
      assertEquals(name, read(name + ",y\n1,2\n2,3\n", OPTIONS).columns().getFirst().name());
    }
  }

  @Test
  void refusesFilesThatAreNoTable() throws IOException {
    SmallData.assertRefused(directory, "f: empty file", () -> read("", OPTIONS));
    Files.delete(directory.resolve("f"));
    SmallData.assertRefused(
        directory, "f: no such file", () -> DataSource.table(directory.resolve("f"), OPTIONS));
    SmallData.assertRefused(
        directory,
        "f: a row of more than 16777216 characters, expected a table",
        () -> read("7".repeat(20_000_000), OPTIONS));
  }

  /** Memory must not grow out of proportion to the file's size. */
  @Test
  void refusesTooManyColumns() {
    SmallData.assertRefused(
        directory,
        "f, line 1: 2000001 columns, expected at most 100000",
        () -> read(",".repeat(2_000_000) + "\n", OPTIONS));
  }

  /** A pipe can be read only once, also if a column of numbers turns out to be text. */
  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void readsAPipe() throws Exception {
    Path pipe = directory.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    String text = "a,y\n" + "1,x\n2,z\n".repeat(50_000) + "none at all,x\n";
    try (var writer = Executors.newSingleThreadExecutor()) {
      Future<Path> written = writer.submit(() -> Files.writeString(pipe, text));
      Table table = DataSource.table(pipe, OPTIONS);
      assertEquals(pipe, written.get());
      assertEquals(100_001, table.rows());
      assertEquals(
          List.of("1", "2", "none at all"), ((Table.Texts) table.columns().getFirst()).values());
    }
  }

  private Table read(String text, TableOptions options) throws IOException {
    return DataSource.table(Files.writeString(directory.resolve("f"), text), options);
  }

  private static TableOptions options(String label, String... ignored) {
    return new TableOptions(
        label, List.of(ignored), Task.CLASSIFY, Missing.FAIL, TableOptions.FOUND);
  }

  private static Table.Numbers numbers(String name, float... values) {
    return new Table.Numbers(name, values);
  }

  /** A table whose column a has that many different values of text. */
  private static String codes(int different, int rows) {
    return IntStream.range(0, rows)
        .mapToObj(row -> "code%d,%d%n".formatted(row % different, row))
        .collect(Collectors.joining("", "a,y\n", ""));
  }
}
