package lanewise.kernel;

/** What a layer makes of each of its sums: the function between them and its outputs. */
public enum Transfer {
  /** The sum as it is. */
  IDENTITY,

  /** {@code max(z, 0)} as {@link Math#max(float, float)} defines it: +0 for -0, NaN for NaN. */
  RELU,

  /**
   * The hyperbolic tangent within 2 units in the last place: +0 for -0, as ReLU, so that skipping
   * zeros changes no bit; NaN for NaN.
   */
  TANH
}
