package lanewise.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import lanewise.data.DataSource;
import lanewise.data.Dataset;
import lanewise.data.RealMnist;
import lanewise.nn.Activation;
import lanewise.nn.Mlp;
import lanewise.nn.Trainer;
import lanewise.table.Encoding;
import lanewise.table.Missing;
import lanewise.table.Scale;
import lanewise.table.Table;
import lanewise.table.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * ONNX Runtime gives the same predictions for an exported model. Part of the build with {@code
 * -Ponnx}.
 */
class OnnxRuntimeTest {
  private static final double TOLERANCE = 1e-5;

  @TempDir private Path directory;

  @Test
  void aNetworkForMnist() throws IOException, OrtException {
    Dataset mnist = DataSource.directory(RealMnist.directory());
    Mlp net = Mlp.glorot(42, 784, 256, 128, 10);
    Trainer.builder(net).build().fit(mnist.train().first(10_000), 2);
    int rows = mnist.test().rows();
    float[] x = new float[rows * net.inputs()];
    mnist.test().copyRows(0, rows, x, 0);
    int correct = 0;
    int[] read = compare(net, x, rows);
    for (int row = 0; row < rows; row++) {
      correct += read[row] == mnist.test().label(row) ? 1 : 0;
    }
    assertTrue(correct > 0.85 * rows, correct + " of " + rows);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,1", "3,2", "784,10", "5,7,3", "31,17,1,4", "64,33,32,31,30,2"})
  void anyNumberOfLayersAndRows(String network) throws IOException, OrtException {
    int[] sizes = Arrays.stream(network.split(",")).mapToInt(Integer::parseInt).toArray();
    Mlp net = Mlp.glorot(1, sizes);
    Random random = new Random(2);
    for (int i = 0; i < net.parameters().length; i++) {
      net.parameters()[i] += (float) (0.3 * random.nextGaussian()); // Biases are 0 otherwise.
    }
    for (int rows : new int[] {1, 2, 65}) {
      float[] x = new float[rows * net.inputs()];
      for (int i = 0; i < x.length; i++) {
        x[i] = random.nextFloat();
      }
      compare(net, x, rows);
    }
  }

  /** Raw rows in ONNX Runtime, rows encoded by Lanewise in Lanewise. */
  @ParameterizedTest
  @EnumSource
  void tablesAreScaledInside(Activation activation) throws IOException, OrtException {
    int rows = 200;
    Random random = new Random(3);
    float[] size = new float[rows];
    float[] raw = new float[rows * 3];
    int[] colour = new int[rows];
    int[] kind = new int[rows];
    float[] price = new float[rows];
    for (int row = 0; row < rows; row++) {
      size[row] = (float) (1000 + 50 * random.nextGaussian());
      colour[row] = random.nextInt(2);
      kind[row] = size[row] > 1000 ? 1 : 0;
      price[row] = 3 * size[row] + 400 * colour[row];
      raw[3 * row] = size[row];
      raw[3 * row + 1 + colour[row]] = 1;
    }
    List<Table.Cells> columns =
        List.of(
            new Table.Numbers("size", size),
            new Table.Texts("colour", colour, List.of("blue", "red")));
    for (Table.Cells label :
        List.of(
            new Table.Texts("kind", kind, List.of("large", "small")),
            new Table.Numbers("price", price))) {
      Table table = Table.of(columns, label);
      Encoding encoding = Encoding.fit(table, Scale.STANDARD, Missing.FAIL);
      Mlp net =
          Mlp.glorot(1, 3, 8, encoding.outputs())
              .withActivation(activation)
              .withTask(encoding.task());
      Trainer.builder(net).batchSize(16).build().fit(encoding.samples(table), 5);
      float[] ours = new float[rows * net.outputs()];
      net.predict(encoding.inputs(table), rows, ours);
      Path file = directory.resolve("table.onnx");
      OnnxFile.write(file, Model.of(net, encoding));
      float[][] theirs = run(file, raw, rows, encoding.target() instanceof Target.Value);
      for (int i = 0; i < ours.length; i++) {
        float found = theirs[i / net.outputs()][i % net.outputs()];
        if (encoding.target() instanceof Target.Value target) {
          assertEquals(target.unscale(ours[i]), found, 0.02, "row " + i);
        } else {
          assertEquals(ours[i], found, TOLERANCE, "value " + i);
        }
      }
    }
  }

  private static float[][] run(Path file, float[] x, int rows, boolean isValue)
      throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(file.toString());
        OnnxTensor input =
            OnnxTensor.createTensor(
                environment, FloatBuffer.wrap(x), new long[] {rows, x.length / rows});
        OrtSession.Result result = session.run(Map.of("input", input))) {
      assertEquals(Set.of(isValue ? "value" : "probabilities"), session.getOutputNames());
      return (float[][]) result.get(0).getValue();
    }
  }

  /** Runs both; returns the classes that both predict. */
  private int[] compare(Mlp net, float[] x, int rows) throws IOException, OrtException {
    Path file = directory.resolve("network.onnx");
    OnnxFile.write(
        file, new Model(net, new ModelInfo(ModelInfo.numbered(net.outputs()), 255, Map.of())));
    float[] ours = new float[rows * net.outputs()];
    net.predict(x, rows, ours);
    float[][] theirs = run(file, net, x, rows);
    int[] read = new int[rows];
    for (int row = 0; row < rows; row++) {
      int n = net.outputs();
      float[] our = Arrays.copyOfRange(ours, row * n, (row + 1) * n);
      read[row] = highest(our);
      assertEquals(read[row], highest(theirs[row]), net + ", row " + row);
      for (int i = 0; i < n; i++) {
        assertEquals(our[i], theirs[row][i], TOLERANCE, net + ", row " + row + ", class " + i);
      }
    }
    return read;
  }

  private static int highest(float[] values) {
    int highest = 0;
    for (int i = 1; i < values.length; i++) {
      highest = values[i] > values[highest] ? i : highest;
    }
    return highest;
  }

  private static float[][] run(Path file, Mlp net, float[] x, int rows) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(file.toString());
        OnnxTensor input =
            OnnxTensor.createTensor(
                environment, FloatBuffer.wrap(x), new long[] {rows, net.inputs()});
        OrtSession.Result result = session.run(Map.of("input", input))) {
      assertEquals(Set.of("input"), session.getInputNames());
      assertEquals(Set.of("probabilities"), session.getOutputNames());
      checkShape(session.getInputInfo().get("input"), net.inputs());
      checkShape(session.getOutputInfo().get("probabilities"), net.outputs());
      assertEquals("Lanewise", session.getMetadata().getProducerName());
      Map<String, String> properties = session.getMetadata().getCustomMetadata();
      assertEquals("255", properties.get("input_divisor"));
      assertEquals(net.toString().replace('-', ','), properties.get("layer_sizes"));
      return (float[][]) result.get(0).getValue();
    }
  }

  /** Any number of rows (-1) of a fixed width. */
  private static void checkShape(NodeInfo node, int width) {
    TensorInfo info = (TensorInfo) node.getInfo();
    assertEquals(OnnxJavaType.FLOAT, info.type);
    assertEquals("[-1, " + width + "]", Arrays.toString(info.getShape()));
  }
}
