package lanewise.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parses numbers as Float.parseFloat does, and refuses what only Java takes for one. */
class FloatTextTest {
  private static final int CASES = 200_000;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "+0",
        "7",
        "-7",
        "+7.",
        ".5",
        "-.5",
        "00012",
        "0.1",
        "1e5",
        "1E5",
        "1e+5",
        "1e-5",
        "1.e3",
        ".1e1",
        "16777217",
        "16777219",
        "16777216.5",
        "9007199254740993",
        "123456789012345678",
        "3.4028235e38",
        "3.4028236e38",
        "3.40282357e38",
        "1.1754944e-38",
        "1.1754942e-38",
        "1.4e-45",
        "7e-46",
        "7.1e-46",
        "1e-400",
        "0e99999999999",
        "1e-99999999999",
        "1e99999999999",
        "-1e39",
        "0.000000000000000000000000000000000000000000000000000000000001e60",
        "8388608.5",
        "8388609.5",
        "1.00000005960464477539",
        "1.000000059604644775390625",
        "1.00000005960464477539062500000000000001",
        "1.0000000596046447753906249999999",
      })
  void parsesLikeJava(String text) {
    assertSame(text);
  }

  @Test
  void parsesRandomNumbersLikeJava() {
    Random random = new Random(1);
    for (int i = 0; i < CASES; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      assertSame(Float.isFinite(value) ? Float.toString(value) : "1");
      String digits = String.valueOf(random.nextLong(1L << (1 + random.nextInt(62))));
      int point = random.nextInt(digits.length() + 1);
      String decimal = digits.substring(0, point) + "." + digits.substring(point);
      assertSame(random.nextBoolean() ? decimal : decimal + "e" + (random.nextInt(100) - 60));
      float below = Math.abs(value);
      if (below < Float.MAX_VALUE) {
        double halfway = ((double) below + Math.nextUp(below)) / 2;
        assertSame(new java.math.BigDecimal(halfway).toPlainString());
        assertSame(Double.toString(halfway));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "+",
        "-",
        ".",
        "-.",
        "e",
        "e5",
        ".e5",
        "1e",
        "1e+",
        "1e+-5",
        "1e5.0",
        "1.2.3",
        "1 ",
        " 1",
        "1,5",
        "0x1p3",
        "1f",
        "1d",
        "NaN",
        "Infinity",
        "-inf",
        "١",
        "1_000",
        "--1",
        "+-1",
        "1e5e5",
        "1e/",
        "1e:",
        "1/2",
        "1:2",
      })
  void refusesText(String text) {
    assertEquals(Float.NaN, FloatText.parse(text), text);
  }

  private static void assertSame(String text) {
    assertEquals(
        Float.floatToRawIntBits(Float.parseFloat(text)),
        Float.floatToRawIntBits(FloatText.parse(text)),
        text);
  }
}
