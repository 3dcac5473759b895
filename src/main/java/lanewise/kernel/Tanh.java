package lanewise.kernel;

import static lanewise.kernel.Fma.fma;

/**
 * The hyperbolic tangent in float, with the same bits on every machine.
 *
 * <p>Below 0.625, {@code x + x^3 P(x^2)} with the polynomial of tanhf in Moshier's Cephes library
 * (single precision, 1989): no difference of numbers close to each other. From there on, {@code 1 -
 * 2 e / (1 + e)} with {@code e = exp(-2 |x|)}, which cannot overflow and is 1 from 9.02 on.
 */
final class Tanh {
  /** Where the polynomial ends. */
  static final float SMALL = 0.625f;

  static final float P0 = -3.33332819422e-1f;
  static final float P1 = 1.33314422036e-1f;
  static final float P2 = -5.37397155531e-2f;
  static final float P3 = 2.06390887954e-2f;
  static final float P4 = -5.70498872745e-3f;

  private Tanh() {}

  /**
   * Returns {@code tanh(x)} within 2 units in the last place for all floats: odd but for zero,
   * which is +0 for -0 too; NaN for NaN.
   */
  static float tanh(float x) {
    float a = Math.abs(x);
    float e = Exp.exp(a * -2);
    float large = 1 - (e + e) / (e + 1);
    float square = a * a;
    float p = fma(P4, square, P3);
    p = fma(p, square, P2);
    p = fma(p, square, P1);
    p = fma(p, square, P0);
    float small = fma(p * square, a, a);
    float t = a < SMALL ? small : large;
    return x < 0 ? -t : t;
  }

  /** The slope of tanh where its value is y. */
  static float slope(float y) {
    return fma(-y, y, 1);
  }
}
