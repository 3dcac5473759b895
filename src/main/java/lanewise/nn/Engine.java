package lanewise.nn;

import java.util.Locale;
import java.util.Optional;
import lanewise.kernel.Kernels;

/**
 * How a network is computed. The engine affects speed only: every result is identical in every bit.
 */
public enum Engine {
  /** {@link #SIMD} where it is available, else {@link #SCALAR}. */
  AUTO,

  /** Vector instructions, through the JDK's Vector API. */
  SIMD,

  /** Plain loops, one float at a time. */
  SCALAR;

  /**
   * Returns why {@link #SIMD} is unavailable in this JVM.
   *
   * @return a sentence with the reason and the remedy; empty if SIMD is available
   */
  public static Optional<String> simdUnavailableReason() {
    return Optional.ofNullable(Kernels.simdUnavailableReason());
  }

  /**
   * Returns the implementation that this engine uses in this JVM.
   *
   * @return {@code simd} or {@code scalar}
   * @throws IllegalStateException if this is {@link #SIMD} and SIMD is unavailable
   */
  public String implementation() {
    return kernels().name();
  }

  /**
   * Returns the number of floats that one instruction processes.
   *
   * @return 4, 8 or 16; 1 for the scalar engine
   * @throws IllegalStateException if this is {@link #SIMD} and SIMD is unavailable
   */
  public int lanes() {
    return kernels().lanes();
  }

  /** Returns the kernels of this engine. */
  Kernels kernels() {
    return switch (this) {
      case AUTO -> Kernels.best();
      case SIMD -> Kernels.simd();
      case SCALAR -> Kernels.scalar();
    };
  }

  /** Returns the name in lower case, as on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
