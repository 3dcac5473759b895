package lanewise.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads CSV files and refuses invalid ones with the position of the error. */
class CsvReaderTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3,0,7,255\n0,1,2,3\n",
        "3,0,7,255\n0,1,2,3",
        "label,1x1,1x2,1x3\n3,0,7,255\n0,1,2,3\n",
        "\ufefflabel,1x1,1x2,1x3\n3,0,7,255\n0,1,2,3\n",
        "\ufeff3,0,7,255\n0,1,2,3\n",
        ",1x1,1x2,1x3\n3,0,7,255\n0,1,2,3\n",
        "class,label,a,b\n3,0,7,255\n0,1,2,3\n",
        "label,1x1,1x2,1x3\r\n3,0,7,255\r\n0,1,2,3\r\n",
        "3,0,7,255\r0,1,2,3\r",
        "3,0,7,255\n\n0,1,2,3\n\n  \n\n",
        "\n\nlabel,a,b,c\n3,0,7,255\n0,1,2,3\n",
        "\"label\",\"a\",\"b\",\"c\"\n\"3\",\"0\",\"7\",\"255\"\n0,1,2,3\n",
        "3, 0, 7, 255 \n0,\t1,2,3\n",
        "003,00,07,255\n0,1,2,3\n",
      })
  void readsEveryCommonForm(String text) throws IOException {
    Rows rows = read(text, Rows.Limits.NONE);
    assertEquals(3, rows.width());
    assertArrayEquals(new int[] {3, 0}, rows.labels());
    assertArrayEquals(new byte[] {0, 7, -1, 1, 2, 3}, rows.pixels());
  }

  @Test
  void readsGzipUnderEitherName() throws IOException {
    byte[] packed = SmallData.gzip("1,2\n".getBytes(UTF_8));
    for (String name : new String[] {"x.csv", "x.csv.gz"}) {
      Path file = Files.write(directory.resolve(name), packed);
      assertArrayEquals(new byte[] {2}, CsvReader.read(file, Rows.Limits.NONE).pixels());
    }
  }

  @Test
  void readsInputsWithAndWithoutLabels() throws IOException {
    for (String text : new String[] {"a,b\n1,2\n\n3,255\n", "l,a,b\n7,1,2\n\n7,3,255\n"}) {
      InputRows rows = DataSource.inputs(Files.writeString(directory.resolve("f"), text), 2);
      assertEquals(2, rows.rows());
      assertEquals(2, rows.width());
      assertArrayEquals(new byte[] {1, 2, 3, -1}, rows.pixels());
      assertEquals(2, rows.line(0));
      assertEquals(4, rows.line(1));
    }
    SmallData.assertRefused(
        directory,
        "f, line 1: 4 cells, expected 2 pixels, or a label and 2 pixels, as in the network",
        () -> DataSource.inputs(Files.writeString(directory.resolve("f"), "1,2,3,4\n"), 2));
    SmallData.assertRefused(
        directory,
        "f, line 2: 1 pixel after the label that line 1 names, expected 2 as in the network",
        () -> DataSource.inputs(Files.writeString(directory.resolve("f"), "label,a\n9,1\n"), 2));
    assertThrows(
        IllegalArgumentException.class, () -> DataSource.inputs(directory.resolve("f"), 0));
  }

  @Test
  void readsALongFile() throws IOException {
    int rows = 5000;
    int width = 150;
    StringBuilder text = new StringBuilder();
    byte[] expected = new byte[rows * width];
    for (int row = 0; row < rows; row++) {
      text.append(row % 7);
      for (int i = 0; i < width; i++) {
        int value = (31 * row + 7 * i) & 0xff;
        expected[row * width + i] = (byte) value;
        text.append(',').append(value);
      }
      text.append('\n');
    }
    Rows read = read(text.toString(), Rows.Limits.NONE);
    assertArrayEquals(expected, read.pixels());
    assertEquals(4999 % 7, read.labels()[4999]);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          label,a;                 | f: no rows, expected at least one
          five,1;1,1;              | f, line 1: label 'five', expected an integer from 0 to 255
          0x5,1;1,1;               | f, line 1: label '0x5', expected an integer from 0 to 255
          NaN,1;1,1;               | f, line 1: label 'NaN', expected an integer from 0 to 255
          ,1;1,1;                  | f, line 1: label '', expected an integer from 0 to 255
          NaN,NaN;1,1;             | f, line 1: label 'NaN', expected an integer from 0 to 255
          x,nan;1,1;               | f, line 1: label 'x', expected an integer from 0 to 255
          ?,-Inf;1,1;              | f, line 1: label '?', expected an integer from 0 to 255
          a,"0,5";1,1;             | f, line 1: label 'a', expected an integer from 0 to 255
          ٠,١;1,1;                 | f, line 1: label '٠', expected an integer from 0 to 255
          ;five,a,2;1,1,1;         | f, line 2: label 'five', expected an integer from 0 to 255
          ,,;1,1,1;                | f, line 1: label '', expected an integer from 0 to 255
          label,0,1,2;1,1,1,1;     | f, line 1: label 'label', expected an integer from 0 to 255
          label,a;label,a;1,1;     | f, line 2: label 'label', expected an integer from 0 to 255
          label,a,b;1,1;           | f, line 2: 2 cells, but the header in line 1 has 3
          ;label;;1,1;             | f, line 4: 2 cells, but the header in line 2 has 1
          label,a,b,;1,1,1;        | f, line 2: 3 cells, but the header in line 1 has 4
          p1,p2,Class;0,0,5;       | f, line 1: column 3 is named 'Class', expected the label in the first column
          ,label,p1;0,5,0;         | f, line 1: column 2 is named 'label', expected the label in the first column
          '1','2';3,4;             | f, line 1: label ''1'', expected an integer from 0 to 255
          \u00a05,\u00a01;3,4;     | f, line 1: label '\u00a05', expected an integer from 0 to 255
          ;;                       | f: no rows, expected at least one
          label;5;                 | f, line 2: only one cell, expected a label and pixels
          label,a;256,1;           | f, line 2: label '256', expected an integer from 0 to 255
          label,a;1,1;-1,1;        | f, line 3: label '-1', expected an integer from 0 to 255
          1,1;five,1;              | f, line 2: label 'five', expected an integer from 0 to 255
          1,1;,1;                  | f, line 2: label '', expected an integer from 0 to 255
          5.0,1;1,1;               | f, line 1: label '5.0', expected an integer from 0 to 255
          1e0,1;1,1;               | f, line 1: label '1e0', expected an integer from 0 to 255
          1,1;;1,256;              | f, line 3, column 2: pixel '256', expected an integer from 0 to 255
          1,1,2;1,2,-1;            | f, line 2, column 3: pixel '-1', expected an integer from 0 to 255
          1,1,2;1,2,x;             | f, line 2, column 3: pixel 'x', expected an integer from 0 to 255
          1,1,2;1,,2               | f, line 2, column 2: pixel '', expected an integer from 0 to 255
          1,1,255.0                | f, line 1, column 3: pixel '255.0', expected an integer from 0 to 255
          1,99999999999999999999999| f, line 1, column 2: pixel '99999999999999999999999', expected an integer from 0 to 255
          1,1,2;1,1;               | f, line 2: 1 pixel, expected 2 as in the first row
          1,1,2;1,1,2,3;           | f, line 2: 3 pixels, expected 2 as in the first row
          1,1,2,;1,1,2;            | f, line 1, column 4: pixel '', expected an integer from 0 to 255
          """)
  void refuses(String text, String message) {
    SmallData.assertRefused(
        directory, message, () -> read(text.replace(';', '\n'), Rows.Limits.NONE));
  }

  @Test
  void refusesATestSetThatDoesNotMatchTheTrainingSet() {
    Rows.Limits limits = new Rows.Limits(3, 3, 5, "the training set");
    SmallData.assertRefused(
        directory,
        "f, line 2: label 5, but the largest label of the training set is 4",
        () -> read("4,1,2,3\n5,1,2,3\n", limits));
    SmallData.assertRefused(
        directory,
        "f, line 1: 2 pixels, expected 3 as in the training set",
        () -> read("4,1,2\n", limits));
  }

  @Test
  void showsControlCharactersOnOneLine() {
    SmallData.assertRefused(
        directory,
        "f, line 2, column 2: pixel 'a?b', expected an integer from 0 to 255",
        () -> read("1,\"a\nb\"\n", Rows.Limits.NONE));
  }

  @Test
  void refusesAnUnclosedQuote() {
    SmallData.assertRefused(
        directory,
        "f: cannot be read: (startline 2) EOF reached before encapsulated token finished",
        () -> read("1,2\n1,\"2\n", Rows.Limits.NONE));
  }

  @Test
  void refusesAnEndlessRow() {
    SmallData.assertRefused(
        directory,
        "f: a row of more than 16777216 characters, expected a label and pixels",
        () -> read("7".repeat(20_000_000), Rows.Limits.NONE));
  }

  /** To find out that a cell of a first row is no number must not take long. */
  @Test
  void refusesManyDigitsQuickly() {
    String cell = "7".repeat(2_000_000) + "x";
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            SmallData.assertRefused(
                directory,
                "f, line 1: label '%s...', expected an integer from 0 to 255"
                    .formatted("7".repeat(40)),
                () -> read(cell + ",1\n", Rows.Limits.NONE)));
  }

  private Rows read(String text, Rows.Limits limits) throws IOException {
    return CsvReader.read(Files.writeString(directory.resolve("f"), text), limits);
  }
}
