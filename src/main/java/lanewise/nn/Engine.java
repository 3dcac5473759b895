package lanewise.nn;

import java.util.Locale;
import java.util.Optional;
import lanewise.kernel.Kernels;

/** How products are computed. The choice changes the speed, never a bit of a result. */
public enum Engine {
  /** {@link #SIMD} where it is available, else {@link #SCALAR}. */
  AUTO,

  /** Vector instructions, through the JDK's Vector API. */
  SIMD,

  /** Plain loops, one float at a time. */
  SCALAR;

  /**
   * Explains why {@link #SIMD} is unavailable in this JVM.
   *
   * @return a sentence that says what to do; empty if SIMD is available
   */
  public static Optional<String> simdUnavailableReason() {
    return Optional.ofNullable(Kernels.simdUnavailableReason());
  }

  /**
   * Returns the implementation that this choice comes to in this JVM.
   *
   * @return {@code simd} or {@code scalar}
   * @throws IllegalStateException if this is {@link #SIMD} and SIMD is unavailable
   */
  public String implementation() {
    return kernels().name();
  }

  /**
   * Returns the number of floats that one instruction of the implementation works on.
   *
   * @return 4, 8 or 16; 1 for the scalar engine
   * @throws IllegalStateException if this is {@link #SIMD} and SIMD is unavailable
   */
  public int lanes() {
    return kernels().lanes();
  }

  /** The kernels of this choice. */
  Kernels kernels() {
    return switch (this) {
      case AUTO -> Kernels.best();
      case SIMD -> Kernels.simd();
      case SCALAR -> Kernels.scalar();
    };
  }

  /** Returns the name in lower case, as the command line takes it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
