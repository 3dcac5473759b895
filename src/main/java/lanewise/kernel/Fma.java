package lanewise.kernel;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * The multiply-add that all chains consist of: {@code a * b + c}, rounded once.
 *
 * <p>{@link Math#fma} is one instruction if the CPU has it. If not, it takes hundreds of times as
 * long (through BigDecimal) for the same result; then the scalar engine computes that result in
 * double arithmetic, and the SIMD engine is unavailable. The bits are the same in every case.
 */
final class Fma {
  /** Whether {@link Math#fma} is an instruction here. Decides how long it takes, nothing else. */
  static final boolean FUSED = isInstruction();

  private Fma() {}

  /** {@code a * b + c}, rounded once. */
  static float fma(float a, float b, float c) {
    return FUSED ? Math.fma(a, b, c) : emulated(a, b, c);
  }

  /**
   * The same as {@link Math#fma} for all floats (all NaNs are alike), in double arithmetic: the
   * product is exact, and the sum is rounded to odd, so that rounding it once more, to float, gives
   * what rounding the exact sum would. See Boldo and Melquiond, Emulation of FMA and correctly
   * rounded sums: proved algorithms using rounding to odd, IEEE Transactions on Computers 57, 2008.
   */
  static float emulated(float a, float b, float c) {
    double product = (double) a * b;
    double sum = product + c;
    // What the sum lacks, exactly (Knuth's TwoSum); NaN if the sum is infinite or NaN.
    double rest = sum - product;
    double error = (product - (sum - rest)) + (c - rest);
    if (error < 0 || error > 0) {
      long bits = Double.doubleToRawLongBits(sum);
      // The neighbour of an even sum is odd. The one to take has the exact sum on this side of it.
      if ((bits & 1) == 0) {
        sum = Double.longBitsToDouble(error > 0 == sum > 0 ? bits + 1 : bits - 1);
      }
    }
    return (float) sum;
  }

  private static boolean isInstruction() {
    try {
      HotSpotDiagnosticMXBean jvm =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      return Boolean.parseBoolean(jvm.getVMOption("UseFMA").getValue());
    } catch (RuntimeException | LinkageError e) {
      // Another JVM, or one without the module jdk.management. Nearly every CPU has it.
      return true;
    }
  }
}
