package lanewise.kernel;

/**
 * The multiply-add that all chains consist of.
 *
 * <p>{@link Math#fma} is one instruction if the CPU has it, and hundreds of times slower (through
 * BigDecimal) if it does not. In that case the scalar engine multiplies and then adds, with two
 * roundings, so its bits differ from those of other machines, and the SIMD engine is unavailable.
 */
final class Fma {
  /** Whether this CPU has fused multiply-add. */
  static final boolean FUSED = isFast();

  private Fma() {}

  /** {@code a * b + c}, rounded once if {@link #FUSED}, else twice. */
  static float fma(float a, float b, float c) {
    return FUSED ? Math.fma(a, b, c) : a * b + c;
  }

  /**
   * Times both, the best of a few rounds each: in the interpreter, the instruction costs about as
   * much as a product and a sum, BigDecimal hundreds of times that.
   */
  private static boolean isFast() {
    long fused = Long.MAX_VALUE;
    long plain = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      float x = 0.5f;
      long start = System.nanoTime();
      for (int i = 0; i < 200; i++) {
        x = Math.fma(x, 0.7f, 0.1f);
      }
      long middle = System.nanoTime();
      for (int i = 0; i < 200; i++) {
        x = x * 0.7f + 0.1f;
      }
      plain = Math.min(plain, System.nanoTime() - middle);
      fused = Math.min(fused, middle - start);
    }
    return fused < 30 * plain;
  }
}
