package lanewise.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
}
