package lanewise.bench;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector width of this JVM, the same as the engine's: the one the CPU prefers, or the one set
 * by {@code -Dlanewise.lanes=4|8|16}.
 */
public final class Width {
  /** The system property that sets it. */
  public static final String PROPERTY = "lanewise.lanes";

  /** Static final, so that C2 folds it. */
  public static final VectorSpecies<Float> SPECIES = species();

  private Width() {}

  private static VectorSpecies<Float> species() {
    String lanes = System.getProperty(PROPERTY);
    if (lanes == null) {
      return FloatVector.SPECIES_PREFERRED;
    }
    return switch (lanes) {
      case "4" -> FloatVector.SPECIES_128;
      case "8" -> FloatVector.SPECIES_256;
      case "16" -> FloatVector.SPECIES_512;
      default -> throw new IllegalArgumentException("-D%s=%s".formatted(PROPERTY, lanes));
    };
  }
}
