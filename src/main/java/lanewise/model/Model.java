package lanewise.model;

import java.util.Map;
import java.util.Objects;
import lanewise.io.Text;
import lanewise.nn.Mlp;

/**
 * A trained network with the metadata that its users need.
 *
 * @param net kept, not copied
 * @param info has a class for each output of the network
 */
public record Model(Mlp net, ModelInfo info) {
  /**
   * Checks that there is a class for each output.
   *
   * @param net see {@link #net()}
   * @param info see {@link #info()}
   * @throws IllegalArgumentException if there are more or fewer classes than outputs
   */
  public Model {
    Objects.requireNonNull(net, "net");
    Objects.requireNonNull(info, "info");
    if (info.classes().size() != net.outputs()) {
      throw new IllegalArgumentException(
          "%s for %s of a network %s"
              .formatted(
                  Text.count(info.classes().size(), "label"),
                  Text.count(net.outputs(), "output"),
                  net));
    }
  }

  /**
   * A network with the classes 0, 1, 2, ..., inputs that are used as they are (divisor 1) and no
   * origin.
   *
   * @param net kept, not copied
   * @return the network with that metadata
   */
  public static Model of(Mlp net) {
    Objects.requireNonNull(net, "net");
    return new Model(net, new ModelInfo(ModelInfo.numbered(net.outputs()), 1, Map.of()));
  }
}
