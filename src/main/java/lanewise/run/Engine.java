package lanewise.run;

import java.util.Locale;
import java.util.function.Consumer;
import lanewise.kernel.Kernels;

/** What {@code --engine} takes. */
public enum Engine {
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
   * @param notice told in a line when AUTO has to do without vector instructions
   * @throws RunException if SIMD is asked for and cannot run here
   */
  public Kernels kernels(Consumer<String> notice) throws RunException {
    String why = Kernels.simdUnavailableReason();
    if (this == SIMD && why != null) {
      throw new RunException(why);
    }
    if (this == AUTO && why != null) {
      notice.accept("The scalar engine runs: " + why);
    }
    return this == SCALAR ? Kernels.scalar() : Kernels.best();
  }
}
