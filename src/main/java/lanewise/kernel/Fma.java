package lanewise.kernel;

/**
 * The multiply-add that all chains consist of: {@code a * b + c}, rounded once.
 *
 * <p>{@link Math#fma} is one instruction if the CPU has it. If not, it takes hundreds of times as
 * long (through BigDecimal) for the same result; then the scalar engine computes that result in
 * double arithmetic, and the SIMD engine is unavailable. The bits are the same in every case.
 */
final class Fma {
  /**
   * Whether {@link Math#fma} is an instruction here. Decides how long it takes, nothing else: if
   * the JVM does not say, nearly every CPU has it, and on the others it is slow, but right.
   */
  static final boolean FUSED = Boolean.parseBoolean(HotSpot.option("UseFMA", "true"));

  /** The bits of a double that are 0 in every float, and in the middle between any two. */
  private static final long BELOW_MIDDLE = (1L << 28) - 1;

  private Fma() {}

  /** {@code a * b + c}, rounded once. */
  static float fma(float a, float b, float c) {
    return FUSED ? Math.fma(a, b, c) : emulated(a, b, c);
  }

  /**
   * The same as {@link Math#fma} for all floats (all NaNs are alike), in double arithmetic. The
   * product is exact, as 24 bits by 24 bits fit into 53, but the sum is rounded twice: to double,
   * then to float. The second time goes wrong only if the first has moved the sum onto the middle
   * between two floats. A middle has at most 25 bits, so the last 28 of its double are 0.
   */
  static float emulated(float a, float b, float c) {
    double product = (double) a * b;
    double sum = product + c;
    if ((Double.doubleToRawLongBits(sum) & BELOW_MIDDLE) == 0) {
      sum = roundedToOdd(product, c, sum);
    }
    return (float) sum;
  }

  /**
   * Returns {@code product + c} cut off towards zero, with a last bit of 1 if anything was cut off:
   * rounding this to float gives what rounding the exact sum would. See Boldo and Melquiond,
   * Emulation of FMA and correctly rounded sums: proved algorithms using rounding to odd, IEEE
   * Transactions on Computers 57, 2008.
   *
   * @param sum the same rounded to nearest
   */
  private static double roundedToOdd(double product, double c, double sum) {
    // What the sum lacks, exactly (Knuth's TwoSum); NaN if the sum is infinite or NaN.
    double rest = sum - product;
    double error = (product - (sum - rest)) + (c - rest);
    if (!(Math.abs(error) > 0)) {
      return sum;
    }
    long bits = Double.doubleToRawLongBits(sum);
    long tooFar = (bits ^ Double.doubleToRawLongBits(error)) >>> 63; // 1 if their signs differ.
    return Double.longBitsToDouble(bits - tooFar | 1);
  }
}
