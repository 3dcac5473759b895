package lanewise.cli;

import java.util.Locale;
import lanewise.kernel.Kernels;

/** What {@code --engine} takes. */
enum Engine {
  /** The fastest that there is. */
  AUTO,
  /** Vector instructions. */
  SIMD,
  /** Textbook loops. */
  SCALAR;

  /** As people type it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The kernels to use.
   *
   * @throws CommandFailure if this machine or build lacks them
   */
  Kernels kernels() {
    if (this == SIMD) {
      throw CommandFailure.badInput(
          "this build has no SIMD engine yet: use --engine auto or scalar");
    }
    return Kernels.scalar();
  }
}
