package lanewise.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector width of this JVM: the one the CPU prefers, or the one set by {@code
 * -Dlanewise.lanes=4|8|16} (for measurements; the results have the same bits).
 *
 * <p>Static finals, so that C2 folds them as constants. This class is loaded only if the Vector API
 * is available.
 */
final class Lanes {
  static final VectorSpecies<Float> SPECIES = species();

  /** Lanes: floats in a vector. */
  static final int L = SPECIES.length();

  /** Columns of a panel: two vectors. */
  static final int PANEL = 2 * L;

  /**
   * Vector registers: 32 with AVX-512, for shorter vectors too, and on Arm; else 16. A tile with
   * more accumulators would spill to memory.
   */
  static final int REGISTERS =
      Math.max(L, FloatVector.SPECIES_PREFERRED.length()) >= 16
              || System.getProperty("os.arch").equals("aarch64")
          ? 32
          : 16;

  /** [count] selects the first {@code count} lanes, 0 to L; kept, as creating one may allocate. */
  static final VectorMask<Float>[] MASKS = masks();

  private Lanes() {}

  @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no generic arrays.
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
