package lanewise.cli;

import java.util.Locale;
import java.util.function.Consumer;
import lanewise.kernel.Kernels;

/** What {@code --engine} takes. */
enum Engine {
  /** The fastest that there is. */
  AUTO,
  /** Vector instructions. */
  SIMD,
  /** Textbook loops. */
  SCALAR;

  /** The engine's own name for it. */
  lanewise.nn.Engine choice() {
    return lanewise.nn.Engine.valueOf(name());
  }

  /** As people type it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The kernels to use.
   *
   * @param notice told in a line when AUTO has to do without vector instructions
   * @throws CommandFailure if SIMD is asked for and cannot run here
   */
  Kernels kernels(Consumer<String> notice) {
    String why = Kernels.simdUnavailableReason();
    if (this == SIMD && why != null) {
      throw CommandFailure.badInput(why);
    }
    if (this == AUTO && why != null) {
      notice.accept("The scalar engine runs: " + why);
    }
    return this == SCALAR ? Kernels.scalar() : Kernels.best();
  }
}
