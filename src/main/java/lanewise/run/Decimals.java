package lanewise.run;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as text, for people. */
public final class Decimals {
  private Decimals() {}

  /** The range in which numbers have no exponent. */
  private static final double SMALLEST_PLAIN = 1e-6;

  private static final double LARGEST_PLAIN = 1e12;

  /**
   * A fixed number of decimals, as C, Python and NumPy print them: the exact binary value rounded
   * half to even. {@code String.format} rounds the shortest decimal form instead, half up: 0.20465,
   * which lies just below, would become 0.2047.
   *
   * @param value finite
   */
  public static String fixed(double value, int decimals) {
    return new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
  }

  /**
   * A few digits of a number of any size: those after the first are rounded half to even.
   *
   * @param value finite
   * @param digits at least 1
   */
  public static String significant(double value, int digits) {
    return plain(new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN)));
  }

  /**
   * The shortest decimal that reads back to the same float.
   *
   * @param value finite
   */
  public static String shortest(float value) {
    return plain(new BigDecimal(Float.toString(value)));
  }

  private static String plain(BigDecimal number) {
    BigDecimal digits = number.stripTrailingZeros();
    double size = Math.abs(number.doubleValue());
    boolean plain = size == 0 || size >= SMALLEST_PLAIN && size < LARGEST_PLAIN;
    return plain ? digits.toPlainString() : digits.toString();
  }
}
