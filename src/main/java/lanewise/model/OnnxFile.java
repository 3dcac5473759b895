package lanewise.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import lanewise.io.AtomicFile;
import lanewise.nn.Activation;
import lanewise.nn.Mlp;
import lanewise.nn.Task;
import lanewise.table.Column;
import lanewise.table.Encoding;
import lanewise.table.Target;

/**
 * A model as an ONNX file: Gemm and Relu or Tanh per layer, Softmax at the end. It takes {@code
 * input} (batch, inputs), float32, already divided by {@link ModelInfo#inputDivisor}, and gives
 * {@code probabilities} (batch, classes); batch is any number of rows. A regression has no Softmax
 * and gives {@code value} (batch, outputs). The metadata of the model's safetensors file becomes
 * properties of the ONNX model.
 *
 * <p>With an {@link Encoding}, {@code input} is not scaled: a column of numbers is one input, a
 * column of text one for each category, 1 for that of the row and 0 for the others. Sub and Div
 * scale it, and after a regression Mul and Add give the value in the units of its column.
 *
 * <p>Operator set 13 is the oldest in which the operators have their current definitions (Softmax
 * works along one axis since then), and IR version 7 came with it: runtimes since 2020 accept the
 * file.
 *
 * <p>The field numbers are those of {@code onnx.proto} in the project onnx/onnx.
 */
public final class OnnxFile {
  private static final int IR_VERSION = 7;
  private static final int OPERATOR_SET = 13;
  private static final String INPUT = "input";
  private static final String PROBABILITIES = "probabilities";
  private static final String VALUE = "value";
  private static final String BATCH = "batch";

  /** {@code TensorProto.DataType.FLOAT}. */
  private static final int FLOAT = 1;

  /** {@code AttributeProto.AttributeType.INT}. */
  private static final int INT = 2;

  private OnnxFile() {}

  /**
   * Writes a model atomically: completely or not at all. The same model always gives the same
   * bytes.
   *
   * @param file replaced if it exists; if it is a symbolic link, the link's target is written
   * @param model the network and its metadata
   * @throws ModelException if the model is larger than a protobuf message may be (2 GiB)
   * @throws IOException if the file cannot be written; an existing file is then unchanged
   */
  public static void write(Path file, Model model) throws IOException {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(model, "model");
    Map<String, String> properties = ModelMetadata.of(model).text();
    ProtobufMessage message = model(model, properties);
    checkSize(file, message.size());
    AtomicFile.write(AtomicFile.target(file), out -> message.writeTo(out::write));
  }

  static void checkSize(Path file, long size) throws ModelException {
    if (size > Integer.MAX_VALUE) {
      throw new ModelException(
          "%s: the model takes %d bytes, more than ONNX's limit of %d"
              .formatted(file, size, Integer.MAX_VALUE));
    }
  }

  /** {@code ModelProto}. */
  private static ProtobufMessage model(Model model, Map<String, String> properties) {
    ProtobufMessage message =
        new ProtobufMessage()
            .number(1, IR_VERSION)
            .text(2, "Lanewise")
            .text(3, model.info().origin().getOrDefault(ModelInfo.VERSION, ""))
            .message(7, graph(model))
            .message(8, new ProtobufMessage().text(1, "").number(2, OPERATOR_SET));
    properties.forEach(
        (key, value) -> message.message(14, new ProtobufMessage().text(1, key).text(2, value)));
    return message;
  }

  /** {@code GraphProto}. */
  private static ProtobufMessage graph(Model model) {
    Mlp net = model.net();
    Optional<Encoding> table = model.info().encoding();
    List<Tensor> tensors = LayerTensors.of(net);
    ProtobufMessage graph = new ProtobufMessage();
    String last = table.isPresent() ? scale(table.get(), graph, tensors) : INPUT;
    for (int layer = 0; layer < net.layers() - 1; layer++) {
      String sums = gemm(layer, "layers." + layer + ".sums", last, graph);
      last = "layers." + layer + ".output";
      graph.message(1, node(operator(net.activation()), last, sums));
    }
    int layer = net.layers() - 1;
    String sums = "layers." + layer + ".sums";
    String output = net.task() == Task.CLASSIFY ? PROBABILITIES : VALUE;
    if (net.task() == Task.CLASSIFY) {
      gemm(layer, sums, last, graph);
      graph.message(1, node("Softmax", output, sums).message(5, attribute("axis", 1)));
    } else if (table.isPresent() && table.get().target() instanceof Target.Value target) {
      gemm(layer, sums, last, graph);
      unscale(target, sums, graph, tensors);
    } else {
      gemm(layer, output, last, graph);
    }
    graph.text(2, "mlp");
    tensors.forEach(tensor -> graph.message(5, tensor(tensor)));
    return graph
        .message(11, value(INPUT, net.inputs(), OnnxText.input(model.info())))
        .message(12, value(output, net.outputs(), OnnxText.output(model)));
  }

  /** Adds a layer's product; returns its name. */
  private static String gemm(int layer, String name, String input, ProtobufMessage graph) {
    graph.message(
        1, node("Gemm", name, input, LayerTensors.weight(layer), LayerTensors.bias(layer)));
    return name;
  }

  private static String operator(Activation activation) {
    return switch (activation) {
      case RELU -> "Relu";
      case TANH -> "Tanh";
    };
  }

  /** Adds what makes the network's inputs of a table's values; returns the name of the result. */
  private static String scale(Encoding table, ProtobufMessage graph, List<Tensor> tensors) {
    float[] offsets = new float[table.inputs()];
    float[] divisors = new float[table.inputs()];
    Arrays.fill(divisors, 1); // Of categories, which are 0 or 1.
    int input = 0;
    for (Column column : table.columns()) {
      if (column instanceof Column.Numbers numbers) {
        offsets[input] = numbers.offset();
        divisors[input] = numbers.divisor();
      }
      input += column.inputs();
    }
    tensors.add(new Tensor("input.offset", new int[] {offsets.length}, offsets));
    tensors.add(new Tensor("input.divisor", new int[] {divisors.length}, divisors));
    graph.message(1, node("Sub", "input.difference", INPUT, "input.offset"));
    graph.message(1, node("Div", "input.scaled", "input.difference", "input.divisor"));
    return "input.scaled";
  }

  /** Adds what makes {@link #VALUE} of the last sums. */
  private static void unscale(
      Target.Value target, String sums, ProtobufMessage graph, List<Tensor> tensors) {
    int[] one = {1};
    tensors.add(new Tensor("value.divisor", one, new float[] {target.divisor()}));
    tensors.add(new Tensor("value.offset", one, new float[] {target.offset()}));
    graph.message(1, node("Mul", "value.product", sums, "value.divisor"));
    graph.message(1, node("Add", VALUE, "value.product", "value.offset"));
  }

  /** {@code NodeProto}, named after what it computes. */
  private static ProtobufMessage node(String operator, String output, String... inputs) {
    ProtobufMessage node = new ProtobufMessage();
    List.of(inputs).forEach(input -> node.text(1, input));
    return node.text(2, output).text(3, output).text(4, operator);
  }

  /** {@code AttributeProto}. */
  private static ProtobufMessage attribute(String name, long value) {
    return new ProtobufMessage().text(1, name).number(3, value).number(20, INT);
  }

  /** {@code TensorProto}. */
  private static ProtobufMessage tensor(Tensor tensor) {
    ProtobufMessage message = new ProtobufMessage();
    for (int size : tensor.shape()) {
      message.number(1, size);
    }
    return message.number(2, FLOAT).text(8, tensor.name()).floats(9, tensor.data());
  }

  /** {@code ValueInfoProto} of a float32 array (batch, width). */
  private static ProtobufMessage value(String name, int width, String meaning) {
    ProtobufMessage shape =
        new ProtobufMessage()
            .message(1, new ProtobufMessage().text(2, BATCH))
            .message(1, new ProtobufMessage().number(1, width));
    ProtobufMessage array = new ProtobufMessage().number(1, FLOAT).message(2, shape);
    return new ProtobufMessage()
        .text(1, name)
        .message(2, new ProtobufMessage().message(1, array))
        .text(3, meaning);
  }
}
