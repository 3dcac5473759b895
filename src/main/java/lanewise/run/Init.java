package lanewise.run;

import java.util.List;
import java.util.Locale;
import lanewise.nn.Mlp;

/** How the weights of a new network are drawn from a seed. */
public enum Init {
  /** Uniform, within sqrt(6 / (inputs + outputs)) of 0 (Glorot and Bengio, 2010). */
  GLOROT,

  /** Normal, with deviation sqrt(2 / inputs) (He et al., 2015). */
  HE;

  /**
   * Draws a network.
   *
   * @param seed 0 to {@link Recipe#MAX_SEED}
   * @param sizes of the layers: inputs, hidden layers, classes
   * @throws IllegalArgumentException if the network is too large
   */
  public Mlp network(long seed, List<Integer> sizes) {
    int[] widths = sizes.stream().mapToInt(Integer::intValue).toArray();
    return switch (this) {
      case GLOROT -> Mlp.glorot(seed, widths);
      case HE -> Mlp.he(seed, widths);
    };
  }

  /**
   * That of a completed run.
   *
   * @param summary of the run; old ones do not mention it
   * @throws RunException if it is unknown
   */
  public static Init of(JsonObject summary) throws RunException {
    return RecipeJson.readMethod(summary).init();
  }

  /** Returns the name in lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
