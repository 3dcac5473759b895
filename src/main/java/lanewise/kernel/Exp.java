package lanewise.kernel;

import static lanewise.kernel.Fma.fma;

/**
 * The exponential function in float, the same bits on every machine (the Vector API's own EXP
 * differs between CPUs).
 *
 * <p>{@code x = n ln 2 + r} with n whole and |r| at most half of ln 2, so {@code exp(x) = 2^n
 * exp(r)}; ln 2 is split in two so that {@code n * LN2_HIGH} is exact (Cody and Waite, Software
 * Manual for the Elementary Functions, 1980, chapter 6). {@code exp(r) = 1 + r + r^2 P(r)}, with P
 * of degree 4 fitted to the least relative error over the interval, 0.05 units in the last place.
 */
final class Exp {
  /** Beyond these, results are infinite and zero; within, n fits the two scalings below. */
  static final float MAX_INPUT = 89f;

  static final float MIN_INPUT = -104f;

  static final float LOG2_E = 1.442695f;

  /** 1.5 * 2^23: adding it leaves a float's whole part in its lowest bits. */
  static final float ROUNDER = 12582912f;

  static final int ROUNDER_BITS = Float.floatToRawIntBits(ROUNDER);

  static final float LN2_HIGH = 0.693359375f;
  static final float LN2_LOW = -2.12194440e-4f;

  static final float P0 = 0.49999994f;
  static final float P1 = 0.16666521f;
  static final float P2 = 0.04166839f;
  static final float P3 = 0.008368717f;
  static final float P4 = 0.0013814599f;

  /** The exponent's bias in a float, and where it stands. */
  static final int BIAS = 127;

  static final int EXPONENT_SHIFT = 23;

  private Exp() {}

  /**
   * {@code e^x} within 2 units in the last place over all floats: +0 below -104, subnormal where
   * the true value is, infinite from 88.73 on, NaN for NaN.
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
    // 2^n in two factors: n reaches from -150, below the least normal exponent, to 128.
    int exponent = Float.floatToRawIntBits(rounded) - ROUNDER_BITS;
    int half = exponent >> 1;
    float first = Float.intBitsToFloat((half + BIAS) << EXPONENT_SHIFT);
    float second = Float.intBitsToFloat((exponent - half + BIAS) << EXPONENT_SHIFT);
    return p * first * second;
  }
}
