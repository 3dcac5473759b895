package lanewise.model;

import lanewise.nn.Mlp;

/**
 * A trained network and what has to be known to use it.
 *
 * @param net kept, not copied
 * @param info as many classes as the network has outputs
 */
public record Model(Mlp net, ModelInfo info) {
  /**
   * Checks that the two belong together.
   *
   * @throws IllegalArgumentException if the number of classes is not that of the outputs
   */
  public Model {
    if (info.classes().size() != net.outputs()) {
      throw new IllegalArgumentException(
          "%d classes do not fit a network %s".formatted(info.classes().size(), net));
    }
  }
}
