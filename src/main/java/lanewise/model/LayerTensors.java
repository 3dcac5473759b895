package lanewise.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import lanewise.io.Text;
import lanewise.nn.Mlp;

/**
 * A network's parameters as tensors: {@code layers.0.weight} of shape (in, out), {@code
 * layers.0.bias} of shape (out), and so on.
 */
final class LayerTensors {
  /** The longest array that every HotSpot JVM can allocate. */
  private static final int MAX_PARAMETERS = Integer.MAX_VALUE - 8;

  private LayerTensors() {}

  static String weight(int layer) {
    return "layers." + layer + ".weight";
  }

  static String bias(int layer) {
    return "layers." + layer + ".bias";
  }

  /** Copies of the parameters, layer by layer, the weights first. */
  static List<Tensor> of(Mlp net) {
    List<Tensor> tensors = new ArrayList<>();
    for (int layer = 0; layer < net.layers(); layer++) {
      int in = net.width(layer);
      int out = net.width(layer + 1);
      int weights = net.weightsOffset(layer);
      int biases = net.biasesOffset(layer);
      tensors.add(
          new Tensor(
              weight(layer),
              new int[] {in, out},
              Arrays.copyOfRange(net.parameters(), weights, biases)));
      tensors.add(
          new Tensor(
              bias(layer),
              new int[] {out},
              Arrays.copyOfRange(net.parameters(), biases, biases + out)));
    }
    return tensors;
  }

  /**
   * Reads a network; what a checkpoint adds to it is left out.
   *
   * @param metadata of the file
   * @param file for messages
   * @throws ModelException if the file's tensors do not match the layer sizes
   */
  static Mlp read(SafetensorsReader in, ModelMetadata metadata, Object file) throws ModelException {
    int[] sizes = metadata.sizes();
    SortedMap<String, TensorEntry> found = new TreeMap<>();
    in.tensors().stream()
        .filter(entry -> !Checkpoint.adds(entry.name()))
        .forEach(entry -> found.put(entry.name(), entry));
    SortedMap<String, TensorEntry> entries = new TreeMap<>(found);
    long parameters = 0;
    for (int layer = 0; layer < sizes.length - 1; layer++) {
      check(entries.remove(weight(layer)), weight(layer), file, sizes[layer], sizes[layer + 1]);
      check(entries.remove(bias(layer)), bias(layer), file, sizes[layer + 1]);
      parameters += (sizes[layer] + 1L) * sizes[layer + 1];
    }
    if (!entries.isEmpty()) {
      throw new ModelException(
          "%s: tensor %s does not belong to a network of %s"
              .formatted(
                  file, Text.quote(entries.firstKey()), Text.count(sizes.length - 1, "layer")));
    }
    if (parameters > MAX_PARAMETERS) {
      throw new ModelException(
          "%s: %d parameters, more than an array can hold (%d)"
              .formatted(file, parameters, MAX_PARAMETERS));
    }
    Mlp net = metadata.net(new float[(int) parameters]);
    for (int layer = 0; layer < net.layers(); layer++) {
      in.read(found.get(weight(layer)), net.parameters(), net.weightsOffset(layer));
      in.read(found.get(bias(layer)), net.parameters(), net.biasesOffset(layer));
    }
    return net;
  }

  /**
   * Reads a number for each parameter of a network, in the order of its parameters.
   *
   * @param entry null if there is none
   * @param parameters of the network
   * @param file for messages
   * @throws ModelException if it is missing, has another shape or a number that is not finite
   */
  static float[] readFlat(SafetensorsReader in, TensorEntry entry, int parameters, Path file)
      throws ModelException {
    if (entry == null) {
      throw new ModelException(file + ": not a checkpoint");
    }
    check(entry, entry.name(), file, parameters);
    float[] values = new float[parameters];
    in.read(entry, values, 0);
    ModelFile.checkFinite(values, file);
    return values;
  }

  private static void check(TensorEntry entry, String name, Object file, int... shape)
      throws ModelException {
    if (entry == null) {
      throw new ModelException("%s: no tensor %s".formatted(file, name));
    }
    if (!Arrays.equals(entry.shape(), shape)) {
      throw new ModelException(
          "%s: tensor %s of shape %s, but the layer sizes require %s"
              .formatted(file, name, Arrays.toString(entry.shape()), Arrays.toString(shape)));
    }
  }
}
