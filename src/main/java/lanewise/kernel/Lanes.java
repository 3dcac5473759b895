package lanewise.kernel;

import jdk.incubator.vector.FloatVector;
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

  private Lanes() {}

  private static VectorSpecies<Float> species() {
    String lanes = System.getProperty(Kernels.LANES_PROPERTY);
    if (lanes == null) {
      return FloatVector.SPECIES_PREFERRED;
    }
    return switch (lanes) {
      case "4" -> FloatVector.SPECIES_128;
      case "8" -> FloatVector.SPECIES_256;
      case "16" -> FloatVector.SPECIES_512;
      default -> throw new IllegalStateException(Kernels.whyNoSimd());
    };
  }
}
