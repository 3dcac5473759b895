package lanewise.bench.peers;

import java.io.IOException;
import java.util.List;
import lanewise.nn.Mlp;

/** Predicts all rows of {@link Questions} on one thread: Lanewise or another library. */
interface PredictContender extends AutoCloseable {
  /** Predicts all rows. */
  void run();

  /** The probabilities of the last run, on the heap. */
  float[] output();

  @Override
  void close();

  /** The names for {@link #named}, Lanewise first. */
  List<String> LIBRARIES = List.of("lanewise", "onnxruntime", "onnxruntime-per-call");

  /**
   * @param library one of {@link #LIBRARIES}
   * @param rows of each call of the library: 1 or all
   */
  static PredictContender named(String library, Questions questions, int rows) throws IOException {
    if (rows != 1 && rows != Questions.ROWS) {
      throw new IllegalArgumentException("1 or %d rows, not %d".formatted(Questions.ROWS, rows));
    }
    return switch (library) {
      case "lanewise" -> new Ours(questions, rows);
      case "onnxruntime" -> new OnnxRuntime.ReusedTensors(questions, rows);
      case "onnxruntime-per-call" -> new OnnxRuntime.TensorsPerCall(questions, rows);
      default -> throw new IllegalArgumentException("no such library: " + library);
    };
  }

  /** {@link Mlp#predict(float[], int, float[])} on heap arrays. */
  final class Ours implements PredictContender {
    private final Mlp net;
    private final int rows;
    private final float[][] x;
    private final float[][] probabilities;

    Ours(Questions questions, int rows) {
      this.net = questions.net;
      this.rows = rows;
      int calls = Questions.ROWS / rows;
      x = new float[calls][rows * net.inputs()];
      probabilities = new float[calls][rows * net.outputs()];
      for (int call = 0; call < calls; call++) {
        System.arraycopy(questions.x, call * x[call].length, x[call], 0, x[call].length);
      }
    }

    @Override
    public void run() {
      for (int call = 0; call < x.length; call++) {
        net.predict(x[call], rows, probabilities[call]);
      }
    }

    @Override
    public float[] output() {
      float[] all = new float[Questions.ROWS * net.outputs()];
      int count = rows * net.outputs();
      for (int call = 0; call < probabilities.length; call++) {
        System.arraycopy(probabilities[call], 0, all, call * count, count);
      }
      return all;
    }

    @Override
    public void close() {}
  }
}
