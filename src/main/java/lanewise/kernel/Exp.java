package lanewise.kernel;

import static lanewise.kernel.Fma.fma;

/**
 * The exponential function in float, with the same bits on every machine (the Vector API's EXP
 * differs between CPUs).
 *
 * <p>{@code x = n ln 2 + r} with integer n and |r| at most half of ln 2, so {@code exp(x) = 2^n
 * exp(r)}; ln 2 is split in two so that {@code n * LN2_HIGH} is exact (Cody and Waite, Software
 * Manual for the Elementary Functions, 1980, chapter 6). {@code exp(r) = 1 + r + r^2 P(r)}, with P
 * of degree 4 fitted for the minimum relative error over the interval, 0.05 units in the last
 * place.
 */
final class Exp {
  /** Above this, results are infinite; up to here, n fits the two scalings below. */
  static final float MAX_INPUT = 89f;

  /** Below this, results are zero; down to here, n fits the two scalings below. */
  static final float MIN_INPUT = -104f;

  static final float LOG2_E = 1.442695f;

  /** 1.5 * 2^23: adding it rounds a float to an integer, in the lowest bits. */
  static final float ROUNDER = 12582912f;

  static final int ROUNDER_BITS = Float.floatToRawIntBits(ROUNDER);

  static final float LN2_HIGH = 0.693359375f;
  static final float LN2_LOW = -2.12194440e-4f;

  static final float P0 = 0.49999994f;
  static final float P1 = 0.16666521f;
  static final float P2 = 0.04166839f;
  static final float P3 = 0.008368717f;
  static final float P4 = 0.0013814599f;

  /** Bias of a float's exponent. */
  static final int BIAS = 127;

  /** Position of a float's exponent. */
  static final int EXPONENT_SHIFT = 23;

  private Exp() {}

  /**
   * Returns {@code e^x} within 2 units in the last place for all floats: +0 below -104, subnormal
   * where the true value is, infinite from 88.73 on, NaN for NaN.
   */
  static float exp(float x) {
    x = x > MAX_INPUT ? MAX_INPUT : x;
    x = x < MIN_INPUT ? MIN_INPUT : x;
    float rounded = fma(x, LOG2_E, ROUNDER);
    float n = rounded - ROUNDER;
    float r = fma(n, -LN2_HIGH, x);
    r = fma(n, -LN2_LOW, r);
    float p = fma(P4, r, P3);
    p = fma(p, r, P2);
    p = fma(p, r, P1);
    p = fma(p, r, P0);
    p = fma(p, r * r, r) + 1;
    // 2^n in two factors: n ranges from -150, below the minimum normal exponent, to 128.
    int exponent = Float.floatToRawIntBits(rounded) - ROUNDER_BITS;
    int half = exponent >> 1;
    float first = Float.intBitsToFloat((half + BIAS) << EXPONENT_SHIFT);
    float second = Float.intBitsToFloat((exponent - half + BIAS) << EXPONENT_SHIFT);
    return p * first * second;
  }
}
