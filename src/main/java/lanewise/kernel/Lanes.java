package lanewise.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector width of this process: the CPU's preferred one, or what {@code
 * -Dlanewise.lanes=4|8|16} asks for (for measurements; results are the same bits).
 *
 * <p>Constants of a class that is loaded only where the Vector API is: C2 folds them.
 */
final class Lanes {
  static final VectorSpecies<Float> SPECIES = species();

  /** Floats in a vector. */
  static final int L = SPECIES.length();

  /** Columns of a panel: two vectors. */
  static final int PANEL = 2 * L;

  /**
   * Vector registers: 32 with AVX-512, also for shorter vectors, and on Arm, else 16. A tile with
   * more accumulators than that would work in memory.
   */
  static final int REGISTERS =
      FloatVector.SPECIES_PREFERRED.length() >= 16
              || System.getProperty("os.arch").equals("aarch64")
          ? 32
          : 16;

  /** [count]: the first {@code count} lanes, 0 to L; made once, as making one may allocate. */
  static final VectorMask<Float>[] MASKS = masks();

  private Lanes() {}

  @SuppressWarnings({"unchecked", "rawtypes"}) // There are no generic arrays.
  private static VectorMask<Float>[] masks() {
    VectorMask<Float>[] masks = new VectorMask[L + 1];
    for (int count = 0; count <= L; count++) {
      masks[count] = SPECIES.indexInRange(0, count);
    }
    return masks;
  }

  private static VectorSpecies<Float> species() {
    String lanes = System.getProperty(Kernels.LANES_PROPERTY);
    if (lanes == null) {
      return FloatVector.SPECIES_PREFERRED;
    }
    return switch (lanes) {
      case "4" -> FloatVector.SPECIES_128;
      case "8" -> FloatVector.SPECIES_256;
      case "16" -> FloatVector.SPECIES_512;
      default -> throw new IllegalStateException(Kernels.simdUnavailableReason());
    };
  }
}
