package lanewise.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalsTest {
  /** What Python's '%.4f' and '%.2f' give. */
  @ParameterizedTest
  @CsvSource({
    "0.20465, 4, 0.2046",
    "0.00005, 4, 0.0001",
    "0.5, 0, 0",
    "1.5, 0, 2",
    "2.5, 0, 2",
    "0.125, 2, 0.12",
    "0.375, 2, 0.38",
    "133431.1864284, 4, 133431.1864",
    "1e9, 4, 1000000000.0000",
    "0, 4, 0.0000"
  })
  void roundsTheBinaryValueHalfToEven(double value, int decimals, String expected) {
    assertEquals(expected, Decimals.fixed(value, decimals));
  }

  @Test
  void significantDigitsOfAnySize() {
    assertEquals("0", Decimals.significant(0, 3));
    assertEquals("1230", Decimals.significant(1234, 3));
    assertEquals("123456789", Decimals.significant(123456789, 9));
    assertEquals("0.00123", Decimals.significant(0.001234, 3));
    assertEquals("-2", Decimals.significant(-1.9999, 3));
    assertEquals("1.2E-7", Decimals.significant(1.2e-7, 3));
    assertEquals("1.2E+15", Decimals.significant(1.2e15, 3));
  }

  @Test
  void theShortestDecimalOfAFloat() {
    assertEquals("0.1", Decimals.shortest(0.1f));
    assertEquals("12345678", Decimals.shortest(12345678f));
    assertEquals("0", Decimals.shortest(-0f));
    assertEquals("-250000", Decimals.shortest(-250000f));
    for (float value : new float[] {Float.MIN_VALUE, Float.MAX_VALUE, 1 / 3f, -1e-7f, 16777217f}) {
      assertEquals(value, Float.parseFloat(Decimals.shortest(value)));
    }
  }
}
