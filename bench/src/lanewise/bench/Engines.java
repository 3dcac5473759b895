package lanewise.bench;

import lanewise.kernel.Kernels;

/** The engines by their names in {@code @Param}. */
public final class Engines {
  private Engines() {}

  /**
   * @param name scalar or simd
   */
  public static Kernels named(String name) {
    return switch (name) {
      case "scalar" -> Kernels.scalar();
      case "simd" -> Kernels.simd();
      default -> throw new IllegalArgumentException("no such engine: " + name);
    };
  }
}
