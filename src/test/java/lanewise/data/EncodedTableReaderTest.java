package lanewise.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import lanewise.nn.Task;
import lanewise.table.Encoding;
import lanewise.table.Missing;
import lanewise.table.Scale;
import lanewise.table.Table;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads tables for a network: by name or by position, and refuses what it cannot use. */
class EncodedTableReaderTest {
  private static final String TRAIN =
      "id,age,color,same,y\n1,0,red,5,no\n2,10,green,5,yes\n3,5,red,5,no\n";

  @TempDir private Path directory;

  private Encoding named;
  private Encoding numbered;

  @BeforeEach
  void fit() throws IOException {
    named = fit(TRAIN, "y", "id", Missing.FAIL, Task.CLASSIFY);
    String rows = TRAIN.substring(TRAIN.indexOf('\n') + 1);
    numbered = fit(rows, "5", "1", Missing.FAIL, Task.CLASSIFY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "age,color,y\n5,green,no\n20,red,yes\n",
        "\ufeffy;other;color;age\r\nno;text;green;5\r\n\r\nyes;;red;20\r\n",
        "color\tage\ty\tid\ngreen\t5.0\tno\tNA\n red \t2e1\tyes\t\n\n\n",
      })
  void readsColumnsByName(String text) throws IOException {
    Table table = read(text, named, true);
    assertEquals(List.of("age", "color"), names(table));
    assertEquals(new Table.Texts("y", new int[] {0, 1}, List.of("no", "yes")), table.label());
    assertArrayEquals(new float[] {0.5f, 1, 0, 2, 0, 1}, named.inputs(table));
    assertEquals(1, named.samples(table).label(1));
    Table unlabelled = read(text, named, false);
    assertNull(unlabelled.label());
    assertEquals(table.columns(), unlabelled.columns());
  }

  @Test
  void readsTheTrainingFileAsBefore() throws IOException {
    Table training = table(TRAIN, "y", "id", Missing.FAIL, Task.CLASSIFY);
    assertArrayEquals(named.inputs(training), named.inputs(read(TRAIN, named, true)));
    assertEquals(2, read(TRAIN, named, true).line(0));
  }

  @Test
  void readsAStreamAndClosesIt() throws IOException {
    boolean[] closed = new boolean[1];
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("color,age\ngreen,5\n".getBytes(StandardCharsets.UTF_8));
    }
    InputStream in =
        new ByteArrayInputStream(packed.toByteArray()) {
          @Override
          public void close() {
            closed[0] = true;
          }
        };
    Table table = DataSource.table(in, "some stream", named, false, TableOptions.FOUND);
    assertArrayEquals(new float[] {0.5f, 1, 0}, named.inputs(table));
    assertEquals("some stream", table.source());
    assertTrue(closed[0]);
    InputStream wrong = new ByteArrayInputStream("age\n1\n".getBytes(StandardCharsets.UTF_8));
    assertEquals(
        "some stream: no column 'color', which the network needs; the header has 'age'",
        assertThrows(
                DataException.class,
                () -> DataSource.table(wrong, "some stream", named, false, TableOptions.FOUND))
            .getMessage());
  }

  @Test
  void readsColumnsByPosition() throws IOException {
    float[] expected = {0.5f, 1, 0};
    Table all = read("9,5,green,5,no\n", numbered, true);
    assertArrayEquals(expected, numbered.inputs(all));
    assertEquals("no", ((Table.Texts) all.label()).values().get(0));
    assertArrayEquals(expected, numbered.inputs(read("9,5,green,6,?\n", numbered, false)));
    assertArrayEquals(expected, numbered.inputs(read("9,5,green,x\n", numbered, false)));
    Encoding first = fit("no,1,a\nyes,2,b\n", "1", "3", Missing.FAIL, Task.CLASSIFY);
    assertArrayEquals(new float[] {0.5f}, first.inputs(read("1.5,b\n", first, false)));
  }

  /** Without numbers, a row of text is no header. */
  @Test
  void readsRowsOfCategoriesByPosition() throws IOException {
    Encoding texts = fit("a,b,?\nc,d,x\na,d,y\n", "2", "3", Missing.FAIL, Task.CLASSIFY);
    assertArrayEquals(new float[] {0, 1, 1, 0}, texts.inputs(read("c,d,z\na,b,z\n", texts, true)));
  }

  @Test
  void fillsInMissingValues() throws IOException {
    Encoding mean = fit(TRAIN, "y", "id", Missing.MEAN, Task.CLASSIFY);
    Table table = read("color,age\n,\nred,NA\n", mean, false);
    assertArrayEquals(new float[] {0.5f, 1 / 3f, 2 / 3f, 0.5f, 0, 1}, mean.inputs(table));
  }

  @Test
  void readsNumbersToPredict() throws IOException {
    Encoding value = fit("a,y\n0,10\n1,20\n", "y", "", Missing.FAIL, Task.REGRESS);
    Table table = read("y,a\n30,1\n", value, true);
    assertEquals(3, value.samples(table).target(0, 0));
    SmallData.assertRefused(
        directory,
        "f, line 2, column 'y': 'x', expected a number to predict",
        () -> read("y,a\nx,1\n", value, true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          age,y⏎1,no⏎            ~ f: no column 'color', which the network needs; the header has 'age', 'y'
          age,color⏎1,red⏎       ~ f: no column 'y', which has the label; the header has 'age', 'color'
          Age,color,y⏎1,red,no⏎  ~ f: no column 'age', which the network needs; the header has 'Age', 'color', 'y'
          1,red,no⏎              ~ f, line 1: no header, expected the names of the training file: 'id', 'age', 'color', 'same', 'y'
          age,color,y⏎           ~ f: no rows after the header, expected at least one
          age,color,y,y⏎1,red,no,no⏎ ~ f, line 1: columns 3 and 4 are both named 'y', expected a header with different names
          age,color,y⏎1,red,no⏎1,red⏎ ~ f, line 3: 2 cells, expected 3 as in the header
          age,color,y⏎⏎old,red,no⏎ ~ f, line 3, column 'age': 'old', expected a number as in the training rows
          age,color,y⏎"1,5",red,no⏎ ~ f, line 2, column 'age': '1,5': a comma in a number, expected a decimal point and no separators of thousands
          age,color,y⏎,red,no⏎   ~ f, line 2, column 'age': an empty cell is no value, expected one in every row as in training, which had no --missing mean
          age,color,y⏎1,NA,no⏎   ~ f, line 2, column 'color': 'NA' is no value, expected one in every row as in training, which had no --missing mean
          age,color,y⏎1,Red,no⏎  ~ f, line 2, column 'color': 'Red', which the training rows do not have, expected 'green', 'red'
          age,color,y⏎1,red,maybe⏎ ~ f, line 2, column 'y': 'maybe', which the training rows do not have, expected 'no', 'yes'
          age,color,y⏎1,red,⏎    ~ f, line 2, column 'y': an empty cell is no value, expected a label in every row
          """)
  void refuses(String text, String message) {
    SmallData.assertRefused(directory, message, () -> read(text.replace('⏎', '\n'), named, true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          true  ~ id,age,color,same,y⏎ ~ f, line 1: a header, expected none as in the training file
          true  ~ 9,5,green,5⏎         ~ f, line 1: 4 cells, expected 5 as in the training file
          false ~ 5,green,5⏎           ~ f, line 1: 3 cells, expected 5 as in the training file, or 4 without the label
          false ~ 9,5,green,5⏎9,5,green,5,no⏎ ~ f, line 2: 5 cells, expected 4 as in the first row
          true  ~ 9,green,5,5,no⏎      ~ f, line 1, column '2': 'green', expected a number as in the training rows
          """)
  void refusesByPosition(boolean labelled, String text, String message) {
    SmallData.assertRefused(
        directory, message, () -> read(text.replace('⏎', '\n'), numbered, labelled));
  }

  @Test
  void refusesNumbersBeyondTheScale() throws IOException {
    Encoding tiny = fit("a,y\n0,0\n1e-30,1\n", "y", "", Missing.FAIL, Task.REGRESS);
    SmallData.assertRefused(
        directory,
        "f, line 2, column 'a': 1.0E30 is too far from the training rows for float32",
        () -> read("a\n1e30\n", tiny, false));
    assertThrows(
        IllegalArgumentException.class,
        () -> DataSource.table(directory.resolve("f"), tiny, false, '"'));
  }

  private static List<String> names(Table table) {
    return table.columns().stream().map(Table.Cells::name).toList();
  }

  private Encoding fit(String text, String label, String ignored, Missing missing, Task task)
      throws IOException {
    return Encoding.fit(table(text, label, ignored, missing, task), Scale.MINMAX, missing);
  }

  private Table table(String text, String label, String ignored, Missing missing, Task task)
      throws IOException {
    List<String> names = ignored.isEmpty() ? List.of() : List.of(ignored);
    return DataSource.table(
        Files.writeString(directory.resolve("f"), text),
        new TableOptions(label, names, task, missing, TableOptions.FOUND));
  }

  @Test
  void readsRowsThatAreSplitAlready() throws IOException {
    List<String[]> rows = List.<String[]>of(new String[] {"green", "5", "?"});
    Table table = DataSource.table("rows", List.of("color", "age", "other"), rows, 7, named);
    assertArrayEquals(new float[] {0.5f, 1, 0}, named.inputs(table));
    assertEquals(7, table.line(0));
    List<String[]> unlabelled = List.<String[]>of(new String[] {"1", "5", "green", "5"});
    Table byPosition =
        DataSource.table("rows", List.of("a", "b", "c", "d"), unlabelled, 1, numbered);
    assertArrayEquals(new float[] {0.5f, 1, 0}, numbered.inputs(byPosition));
    List<String[]> bad = List.<String[]>of(new String[] {"green", "five", "?"});
    String message =
        assertThrows(
                DataException.class,
                () -> DataSource.table("rows", List.of("color", "age", "other"), bad, 7, named))
            .getMessage();
    assertEquals(
        "rows, line 7, column 'age': 'five', expected a number as in the training rows", message);
    assertThrows(
        IllegalArgumentException.class,
        () -> DataSource.table("rows", List.of("color", "age"), rows, 7, named));
  }

  private Table read(String text, Encoding encoding, boolean labelled) throws IOException {
    return DataSource.table(
        Files.writeString(directory.resolve("f"), text), encoding, labelled, TableOptions.FOUND);
  }
}
