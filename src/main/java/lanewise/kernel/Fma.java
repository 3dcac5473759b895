package lanewise.kernel;

/**
 * The multiply-add that every chain is made of.
 *
 * <p>{@link Math#fma} is one instruction where the CPU has it and hundreds of times slower (through
 * BigDecimal) where it has not. There, the scalar engine multiplies and then adds, with two
 * roundings, so its bits are not those of a machine that fuses; the SIMD engine is not offered.
 */
final class Fma {
  /** Whether multiply-adds are fused on this machine. */
  static final boolean FUSED = isFast();

  private Fma() {}

  /** {@code a * b + c}, rounded once if {@link #FUSED}, else twice. */
  static float fma(float a, float b, float c) {
    return FUSED ? Math.fma(a, b, c) : a * b + c;
  }

  /**
   * Times both ways, the best of a few rounds each: the instruction costs the interpreter about as
   * much as a product and a sum do, BigDecimal hundreds of times that.
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
