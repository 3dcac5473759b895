package lanewise.model;

import static lanewise.model.ByTheBook.floatsOf;
import static lanewise.model.ByTheBook.protobuf;
import static lanewise.model.ByTheBook.texts;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import lanewise.nn.Activation;
import lanewise.nn.Mlp;
import lanewise.nn.Task;
import lanewise.table.Encoding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ONNX file, field by field; another test runs it in ONNX Runtime. */
class OnnxFileTest {
  @TempDir private Path directory;

  private static String hex(ProtobufMessage message) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    message.writeTo(
        part -> {
          byte[] copy = new byte[part.remaining()];
          part.get(copy);
          bytes.writeBytes(copy);
        });
    assertEquals(message.size(), bytes.size());
    return HexFormat.ofDelimiter(" ").formatHex(bytes.toByteArray());
  }

  /** The examples of protobuf's own documentation, and the ends of the ranges. */
  @Test
  void theWireFormat() throws IOException {
    ProtobufMessage inner = new ProtobufMessage().number(1, 150);
    assertEquals("08 96 01", hex(inner));
    assertEquals("12 07 74 65 73 74 69 6e 67", hex(new ProtobufMessage().text(2, "testing")));
    assertEquals("1a 03 08 96 01", hex(new ProtobufMessage().message(3, inner)));
    assertEquals("08 00", hex(new ProtobufMessage().number(1, 0)));
    assertEquals("a0 01 7f", hex(new ProtobufMessage().number(20, 127)));
    assertEquals("08 ff ff ff ff ff ff ff ff ff 01", hex(new ProtobufMessage().number(1, -1)));
    assertEquals(
        "4a 08 00 00 80 3f 00 00 00 80",
        hex(new ProtobufMessage().floats(9, new float[] {1, -0f})));
    assertEquals("0a 00", hex(new ProtobufMessage().text(1, "")));
    assertEquals("0a 02 c3 a9", hex(new ProtobufMessage().text(1, "\u00e9")));
  }

  @Test
  void theWholeModel() throws IOException {
    Path file = directory.resolve("model.onnx");
    Mlp net = Mlp.glorot(3, 5, 4, 3, 2);
    ModelInfo info =
        new ModelInfo(List.of("no", "yes"), 255, Map.of("version", "9.8", "seed", "3"));
    OnnxFile.write(file, new Model(net, info));
    Map<Integer, List<Object>> model = protobuf(Files.readAllBytes(file));
    assertEquals(List.of(7L), model.get(1), "IR version");
    assertEquals(
        List.of("Lanewise", "9.8"), texts(List.of(model.get(2).get(0), model.get(3).get(0))));
    Map<Integer, List<Object>> operators = protobuf((byte[]) model.get(8).get(0));
    assertEquals(List.of(""), texts(operators.get(1)));
    assertEquals(List.of(13L), operators.get(2), "operator set");
    List<String> properties = new ArrayList<>();
    for (Object property : model.get(14)) {
      Map<Integer, List<Object>> pair = protobuf((byte[]) property);
      properties.add(texts(pair.get(1)).get(0) + "=" + texts(pair.get(2)).get(0));
    }
    assertEquals(
        List.of(
            "activation=relu",
            "classes=[\"no\",\"yes\"]",
            "format=lanewise-mlp-1",
            "input_divisor=255",
            "layer_sizes=5,4,3,2",
            "output=softmax",
            "seed=3",
            "version=9.8"),
        properties);
    Map<Integer, List<Object>> graph = protobuf((byte[]) model.get(7).get(0));
    assertEquals(
        List.of(
            "Gemm [input, layers.0.weight, layers.0.bias] -> [layers.0.sums]",
            "Relu [layers.0.sums] -> [layers.0.output]",
            "Gemm [layers.0.output, layers.1.weight, layers.1.bias] -> [layers.1.sums]",
            "Relu [layers.1.sums] -> [layers.1.output]",
            "Gemm [layers.1.output, layers.2.weight, layers.2.bias] -> [layers.2.sums]",
            "Softmax [layers.2.sums] -> [probabilities]"),
        graph.get(1).stream().map(OnnxFileTest::describeNode).toList());
    assertEquals(List.of("input float (batch, 5)"), describeValues(graph.get(11)));
    assertEquals(List.of("probabilities float (batch, 2)"), describeValues(graph.get(12)));
    checkParameters(net, graph.get(5));
  }

  private static String describeNode(Object node) {
    Map<Integer, List<Object>> fields = protobuf((byte[]) node);
    String name = texts(fields.get(4)).get(0);
    if (name.equals("Softmax")) {
      Map<Integer, List<Object>> axis = protobuf((byte[]) fields.get(5).get(0));
      assertEquals(List.of("axis"), texts(axis.get(1)));
      assertEquals(List.of(List.of(1L), List.of(2L)), List.of(axis.get(3), axis.get(20)));
    } else {
      assertEquals(null, fields.get(5), "no attributes");
    }
    return name + " " + texts(fields.get(1)) + " -> " + texts(fields.get(2));
  }

  private static List<String> describeValues(List<Object> values) {
    return values.stream().map(OnnxFileTest::describeValue).toList();
  }

  private static String describeValue(Object value) {
    Map<Integer, List<Object>> fields = protobuf((byte[]) value);
    Map<Integer, List<Object>> type = protobuf((byte[]) fields.get(2).get(0));
    Map<Integer, List<Object>> array = protobuf((byte[]) type.get(1).get(0));
    assertEquals(List.of(1L), array.get(1), "float");
    Map<Integer, List<Object>> shape = protobuf((byte[]) array.get(2).get(0));
    Map<Integer, List<Object>> rows = protobuf((byte[]) shape.get(1).get(0));
    Map<Integer, List<Object>> width = protobuf((byte[]) shape.get(1).get(1));
    return "%s float (%s, %d)"
        .formatted(
            texts(fields.get(1)).get(0), texts(rows.get(2)).get(0), (Long) width.get(1).get(0));
  }

  private static void checkParameters(Mlp net, List<Object> tensors) {
    assertEquals(2 * net.layers(), tensors.size());
    for (int layer = 0; layer < net.layers(); layer++) {
      Map<Integer, List<Object>> weight = protobuf((byte[]) tensors.get(2 * layer));
      Map<Integer, List<Object>> bias = protobuf((byte[]) tensors.get(2 * layer + 1));
      int end = net.biasesOffset(layer) + net.width(layer + 1);
      assertEquals(List.of("layers." + layer + ".weight"), texts(weight.get(8)));
      assertEquals(List.of("layers." + layer + ".bias"), texts(bias.get(8)));
      assertEquals(List.of((long) net.width(layer), (long) net.width(layer + 1)), weight.get(1));
      assertEquals(List.of((long) net.width(layer + 1)), bias.get(1));
      assertEquals(List.of(1L), weight.get(2));
      assertArrayEquals(
          Arrays.copyOfRange(net.parameters(), net.weightsOffset(layer), net.biasesOffset(layer)),
          floatsOf(weight.get(9).get(0)));
      assertArrayEquals(
          Arrays.copyOfRange(net.parameters(), net.biasesOffset(layer), end),
          floatsOf(bias.get(9).get(0)));
    }
  }

  private Map<Integer, List<Object>> graph(Model model) throws IOException {
    Path file = directory.resolve("model.onnx");
    OnnxFile.write(file, model);
    return protobuf((byte[]) protobuf(Files.readAllBytes(file)).get(7).get(0));
  }

  private static List<String> nodes(Map<Integer, List<Object>> graph) {
    return graph.get(1).stream().map(OnnxFileTest::describeNode).toList();
  }

  private static String meaning(Object value) {
    return texts(protobuf((byte[]) value).get(3)).get(0);
  }

  private static float[] tensor(Map<Integer, List<Object>> graph, String name) {
    return graph.get(5).stream()
        .map(tensor -> protobuf((byte[]) tensor))
        .filter(tensor -> texts(tensor.get(8)).get(0).equals(name))
        .map(tensor -> floatsOf(tensor.get(9).get(0)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aTableIsScaledInside() throws IOException {
    Encoding table = SampleTables.CLASSES;
    Map<Integer, List<Object>> graph =
        graph(Model.of(Mlp.glorot(1, 5, 4, 3).withActivation(Activation.TANH), table));
    assertEquals(
        List.of(
            "Sub [input, input.offset] -> [input.difference]",
            "Div [input.difference, input.divisor] -> [input.scaled]",
            "Gemm [input.scaled, layers.0.weight, layers.0.bias] -> [layers.0.sums]",
            "Tanh [layers.0.sums] -> [layers.0.output]",
            "Gemm [layers.0.output, layers.1.weight, layers.1.bias] -> [layers.1.sums]",
            "Softmax [layers.1.sums] -> [probabilities]"),
        nodes(graph));
    assertArrayEquals(new float[] {0.1f, 0, 0, 0, -1.5e30f}, tensor(graph, "input.offset"));
    assertArrayEquals(
        new float[] {Float.MIN_VALUE, 1, 1, 1, Float.MAX_VALUE}, tensor(graph, "input.divisor"));
    assertEquals(
        "numbers as they are, 1 for the category of the row and 0 for the others: "
            + "a \"b\"\n, \u00e9\ud83d\ude00=, \u00e9\ud83d\ude00=x,\\, \u00e9\ud83d\ude00=\t, 3",
        meaning(graph.get(11).get(0)));
    assertEquals("y, one for each of:  , line\nbreak, 10", meaning(graph.get(12).get(0)));
  }

  @Test
  void aRegressionGivesTheValueInItsUnits() throws IOException {
    Mlp net = Mlp.glorot(1, 5, 1).withTask(Task.REGRESS);
    Map<Integer, List<Object>> graph = graph(Model.of(net, SampleTables.VALUE));
    assertEquals(
        List.of(
            "Gemm [input.scaled, layers.0.weight, layers.0.bias] -> [layers.0.sums]",
            "Mul [layers.0.sums, value.divisor] -> [value.product]",
            "Add [value.product, value.offset] -> [value]"),
        nodes(graph).subList(2, 5));
    assertArrayEquals(new float[] {3.3f}, tensor(graph, "value.divisor"));
    assertArrayEquals(new float[] {1e-40f}, tensor(graph, "value.offset"));
    assertEquals(List.of("value float (batch, 1)"), describeValues(graph.get(12)));
    assertEquals("y", meaning(graph.get(12).get(0)));
    assertEquals(
        List.of("Gemm [input, layers.0.weight, layers.0.bias] -> [value]"),
        nodes(graph(Model.of(net))));
  }

  @Test
  void aModelBeyondTwoGigabytesIsRefused() throws ModelException {
    OnnxFile.checkSize(Path.of("x.onnx"), Integer.MAX_VALUE);
    ModelException e =
        assertThrows(ModelException.class, () -> OnnxFile.checkSize(Path.of("x.onnx"), 1L << 31));
    assertEquals(
        "x.onnx: the model takes 2147483648 bytes, more than ONNX's limit of 2147483647",
        e.getMessage());
  }
}
