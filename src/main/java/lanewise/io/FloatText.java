package lanewise.io;

/**
 * Numbers as tables have them: a sign, digits with a point, an exponent. Every locale's digits but
 * 0 to 9, thousands separators, hexadecimal numbers and names such as "inf" are text.
 */
public final class FloatText {
  /** The powers of ten that are exact in double. */
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  /** Below it, another digit keeps an integer within the 53 bits that are exact in double. */
  private static final long ROOM_FOR_A_DIGIT = (1L << 53) / 10 - 1;

  /** Of a double's bits, those that a float lacks, and their value halfway between two floats. */
  private static final long EXTRA_BITS = (1L << 29) - 1;

  private static final long HALFWAY = 1L << 28;

  private static final int MAX_EXPONENT = 100_000;

  private FloatText() {}

  /**
   * Parses a number to the nearest float.
   *
   * @param text without space around it
   * @return the float, 0 for a number too small; infinite for a number too large; NaN for any text
   *     that is no number
   */
  public static float parse(String text) {
    int length = text.length();
    int at = length > 0 && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
    long digits = 0;
    int exponent = 0;
    boolean exact = true;
    int first = at;
    int point = -1;
    for (; at < length; at++) {
      int digit = text.charAt(at) - '0';
      if (digit >= 0 && digit <= 9) {
        exact &= digits < ROOM_FOR_A_DIGIT;
        digits = 10 * digits + digit;
      } else if (digit == '.' - '0' && point < 0) {
        point = at;
      } else {
        break;
      }
    }
    if (at - first == (point < 0 ? 0 : 1)) {
      return Float.NaN;
    }
    exponent = point < 0 ? 0 : point + 1 - at;
    if (at < length) {
      if (!isExponent(text, at)) {
        return Float.NaN;
      }
      exponent += exponent(text, at + 1);
    }
    return exact ? value(text, digits, exponent) : Float.parseFloat(text);
  }

  /** Whether the rest of the text is an e, a sign or none, and digits. */
  private static boolean isExponent(String text, int at) {
    int i = at + 1;
    if ((text.charAt(at) | 0x20) != 'e' || i == text.length()) {
      return false;
    }
    i += text.charAt(i) == '-' || text.charAt(i) == '+' ? 1 : 0;
    boolean any = i < text.length();
    for (; i < text.length(); i++) {
      any &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    return any;
  }

  /** The exponent, or one as far out of range. */
  private static int exponent(String text, int from) {
    int value = 0;
    for (int i = from; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit >= 0) {
        value = Math.min(MAX_EXPONENT, 10 * value + digit);
      }
    }
    return text.charAt(from) == '-' ? -value : value;
  }

  /**
   * The nearest float to {@code digits * 10^exponent}. One operation on exact doubles is correctly
   * rounded (Clinger, How to read floating point numbers accurately, 1990). Rounding that to float
   * is as good as rounding the number itself, unless it lies halfway between two floats.
   */
  private static float value(String text, long digits, int exponent) {
    if (Math.abs(exponent) < POWERS.length) {
      double value = exponent < 0 ? digits / POWERS[-exponent] : digits * POWERS[exponent];
      boolean halfway = (Double.doubleToRawLongBits(value) & EXTRA_BITS) == HALFWAY;
      boolean normal = value >= Float.MIN_NORMAL && value <= Float.MAX_VALUE;
      if (digits == 0 || normal && !halfway) {
        return text.charAt(0) == '-' ? -(float) value : (float) value;
      }
    }
    return Float.parseFloat(text);
  }
}
