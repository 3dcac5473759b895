package lanewise.model;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import lanewise.io.Text;
import lanewise.nn.Mlp;
import lanewise.nn.Task;
import lanewise.table.Encoding;

/**
 * A trained network with the metadata that its users need.
 *
 * @param net kept, not copied
 * @param info has a class for each output of the network, or none if that is a regression; its
 *     encoding, if it has one, makes the network's inputs and outputs
 */
public record Model(Mlp net, ModelInfo info) {
  /**
   * Checks that network and metadata fit each other.
   *
   * @param net see {@link #net()}
   * @param info see {@link #info()}
   * @throws IllegalArgumentException if there are more or fewer classes than outputs of a
   *     classification, or any of a regression, or the encoding has another number of inputs or
   *     outputs, or another task
   */
  public Model {
    Objects.requireNonNull(net, "net");
    Objects.requireNonNull(info, "info");
    misfit(info, net.task(), net.inputs(), net.outputs())
        .ifPresent(
            why -> {
              throw new IllegalArgumentException("%s (network %s)".formatted(why, net));
            });
  }

  /** Why some metadata do not fit a network; empty if they do. */
  static Optional<String> misfit(ModelInfo info, Task task, int inputs, int outputs) {
    int classes = info.classes().size();
    if (info.encoding().isPresent()) {
      Encoding encoding = info.encoding().get();
      if (encoding.task() != task) {
        return Optional.of(
            "a table for %s, but a network for %s".formatted(words(encoding.task()), words(task)));
      }
      if (encoding.inputs() != inputs) {
        return Optional.of(misfit("input", encoding.inputs(), inputs));
      }
      if (encoding.outputs() != outputs) {
        return Optional.of(misfit("output", encoding.outputs(), outputs));
      }
    }
    if (task == Task.REGRESS && classes > 0) {
      return Optional.of(Text.count(classes, "label") + " for " + words(task));
    }
    if (task == Task.CLASSIFY && classes != outputs) {
      return Optional.of(
          "%s for %s".formatted(Text.count(classes, "label"), Text.count(outputs, "output")));
    }
    return Optional.empty();
  }

  private static String misfit(String what, int ofTable, int ofNet) {
    return "a table with %s, but a network with %d".formatted(Text.count(ofTable, what), ofNet);
  }

  private static String words(Task task) {
    return switch (task) {
      case CLASSIFY -> "classification";
      case REGRESS -> "regression";
    };
  }

  /**
   * A network with the classes 0, 1, 2, ..., or none if it is a regression, inputs that are used as
   * they are (divisor 1) and no origin.
   *
   * @param net kept, not copied
   * @return the network with that metadata
   */
  public static Model of(Mlp net) {
    Objects.requireNonNull(net, "net");
    List<String> classes =
        net.task() == Task.CLASSIFY ? ModelInfo.numbered(net.outputs()) : List.of();
    return new Model(net, new ModelInfo(classes, 1, Map.of()));
  }

  /**
   * A network that takes tables, without an origin.
   *
   * @param net kept, not copied
   * @param encoding makes its inputs and outputs
   * @return the network with the encoding and its classes
   * @throws IllegalArgumentException if they do not have the same task, number of inputs and number
   *     of outputs
   */
  public static Model of(Mlp net, Encoding encoding) {
    Objects.requireNonNull(net, "net");
    return new Model(net, new ModelInfo(encoding, Map.of()));
  }
}
