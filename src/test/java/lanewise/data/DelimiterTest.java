package lanewise.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Finds delimiters by the first lines of a file. */
class DelimiterTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          a,b⏎1,2⏎             ~ ,
          a;b⏎1,5;2,5⏎         ~ ;
          1,5;2,5⏎1,5;2,5⏎     ~ ;
          a|b⏎1|2⏎             ~ |
          a,b⏎x|y,2⏎           ~ ,
          a|b,c⏎1,2⏎           ~ ,
          "a;b",c⏎"d;e",f⏎     ~ ,
          "a,b";c⏎"d⏎e,";f⏎    ~ ;
          ⏎⏎a;b⏎ ⏎1;2⏎         ~ ;
          a⏎1⏎                 ~ ,
          a⏎1;2⏎               ~ ,
          a;b;c⏎1;2⏎           ~ ;
          a;b⏎1;"2⏎            ~ ;
          a;b                  ~ ;
          ⏎                    ~ ,
          """)
  void finds(String start, char delimiter) {
    assertEquals(delimiter, Delimiter.find(start.replace('⏎', '\n')));
  }

  /** A row that is cut where the start ends does not count; nor does what follows many rows. */
  @Test
  void looksAtWholeRows() {
    String rows = "1;2;3\n".repeat(CsvText.PEEK / 6 + 1);
    assertEquals(';', Delimiter.find(rows.substring(0, CsvText.PEEK)));
    assertEquals(';', Delimiter.find("1;2\n".repeat(100) + "1,2\n"));
    String wide = "1234567;".repeat(3000) + "1\n";
    assertEquals(';', Delimiter.find(wide.repeat(3).substring(0, CsvText.PEEK)));
    assertEquals(';', Delimiter.find("1;".repeat(CsvText.PEEK / 2)));
  }
}
