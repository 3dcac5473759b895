package lanewise.bench.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lanewise.model.Model;
import lanewise.model.ModelInfo;
import lanewise.model.OnnxFile;
import lanewise.nn.Mlp;

/**
 * ONNX Runtime with the network that Lanewise exports, on one thread: no pools, nodes in sequence,
 * the default graph optimisations (all).
 */
abstract sealed class OnnxRuntime implements PredictContender {
  private static final String INPUT = "input";
  private static final String OUTPUT = "probabilities";

  /**
   * Turns off the telemetry. It matches regular expressions with the command line, so deep in the
   * recursion that a class path of a few kilobytes overflows the stack, and the JVM crashes.
   */
  private static final String NO_TELEMETRY = "ORT_DISABLE_TELEMETRY";

  private static final OrtEnvironment ENVIRONMENT = environment();

  final OrtSession session;
  final int rows;
  final int inputs;
  final int classes;

  private OnnxRuntime(Questions questions, int rows) throws IOException {
    this.rows = rows;
    this.inputs = questions.net.inputs();
    this.classes = questions.net.outputs();
    try {
      session = session(questions.net);
    } catch (OrtException e) {
      throw new IOException(e);
    }
  }

  private static OrtEnvironment environment() {
    if (!"1".equals(System.getenv(NO_TELEMETRY))) {
      throw new IllegalStateException(
          "set the environment variable %s to 1, as the telemetry of ONNX Runtime may crash the JVM"
              .formatted(NO_TELEMETRY));
    }
    return OrtEnvironment.getEnvironment();
  }

  private static OrtSession session(Mlp net) throws IOException, OrtException {
    Path file = Files.createTempFile("lanewise", ".onnx");
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      ModelInfo info = new ModelInfo(ModelInfo.numbered(net.outputs()), ModelInfo.GREY, Map.of());
      OnnxFile.write(file, new Model(net, info));
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      return ENVIRONMENT.createSession(file.toString(), options);
    } finally {
      Files.delete(file);
    }
  }

  /** The version of the native library. */
  static String version() {
    return ENVIRONMENT.getVersion();
  }

  /** A direct buffer, aligned to 64 bytes. */
  private static FloatBuffer buffer(int floats) {
    MemorySegment memory = Arena.ofAuto().allocate(4L * floats, 64);
    return memory.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  private static OnnxTensor tensor(FloatBuffer values, int rows, int width) throws OrtException {
    return OnnxTensor.createTensor(ENVIRONMENT, values, new long[] {rows, width});
  }

  /** Closes what the constructor or {@link #run} opened. */
  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The fastest that the API allows: tensors over native memory, created once, for the rows, which
   * are already there, and for the probabilities, which stay there ("pinned" outputs).
   */
  static final class ReusedTensors extends OnnxRuntime {
    private final FloatBuffer probabilities;
    private final List<Map<String, OnnxTensor>> x = new ArrayList<>();
    private final List<Map<String, OnnxTensor>> y = new ArrayList<>();

    ReusedTensors(Questions questions, int rows) throws IOException {
      super(questions, rows);
      FloatBuffer values = buffer(questions.x.length).put(0, questions.x);
      probabilities = buffer(Questions.ROWS * classes);
      try {
        for (int row = 0; row < Questions.ROWS; row += rows) {
          FloatBuffer from = values.slice(row * inputs, rows * inputs);
          FloatBuffer to = probabilities.slice(row * classes, rows * classes);
          x.add(Map.of(INPUT, tensor(from, rows, inputs)));
          y.add(Map.of(OUTPUT, tensor(to, rows, classes)));
        }
      } catch (OrtException e) {
        throw new IOException(e);
      }
    }

    @Override
    public void run() {
      for (int call = 0; call < x.size(); call++) {
        // The result does not own its tensors, so there is nothing to close.
        try (OrtSession.Result result = session.run(x.get(call), y.get(call))) {
          assert result.size() == 1;
        } catch (OrtException e) {
          throw new IllegalStateException(e);
        }
      }
    }

    @Override
    public float[] output() {
      float[] all = new float[probabilities.capacity()];
      probabilities.get(0, all);
      return all;
    }

    @Override
    public void close() {
      for (List<Map<String, OnnxTensor>> tensors : List.of(x, y)) {
        tensors.forEach(map -> map.values().forEach(OnnxTensor::close));
      }
      super.close();
    }
  }

  /**
   * As most programs do: each call copies its rows from the heap to a direct buffer, creates a
   * tensor over it, and copies the probabilities back.
   */
  static final class TensorsPerCall extends OnnxRuntime {
    private final float[] x;
    private final FloatBuffer buffer;
    private final float[] probabilities;

    TensorsPerCall(Questions questions, int rows) throws IOException {
      super(questions, rows);
      x = questions.x;
      buffer = buffer(rows * inputs);
      probabilities = new float[Questions.ROWS * classes];
    }

    @Override
    public void run() {
      for (int row = 0; row < Questions.ROWS; row += rows) {
        buffer.put(0, x, row * inputs, rows * inputs);
        try (OnnxTensor input = tensor(buffer, rows, inputs);
            OrtSession.Result result = session.run(Map.of(INPUT, input))) {
          OnnxTensor output = (OnnxTensor) result.get(0);
          output.getFloatBuffer().get(0, probabilities, row * classes, rows * classes);
        } catch (OrtException e) {
          throw new IllegalStateException(e);
        }
      }
    }

    @Override
    public float[] output() {
      return probabilities.clone();
    }
  }
}
