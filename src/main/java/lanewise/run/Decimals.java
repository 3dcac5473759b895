package lanewise.run;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers with a fixed number of decimals, as C, Python and NumPy print them. */
public final class Decimals {
  private Decimals() {}

  /**
   * The exact binary value rounded half to even. {@code String.format} rounds the shortest decimal
   * form instead, half up: 0.20465, which lies just below, would become 0.2047.
   *
   * @param value finite
   */
  public static String fixed(double value, int decimals) {
    return new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
  }
}
