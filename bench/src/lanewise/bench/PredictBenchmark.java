package lanewise.bench;

import java.util.Random;
import lanewise.kernel.Kernels;
import lanewise.kernel.Transfer;
import lanewise.nn.Mlp;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The reference network's predictions for one row and for a batch of 64, in rows per second of one
 * thread. With {@code -t max}, all cores share one network.
 */
@State(Scope.Benchmark)
public class PredictBenchmark extends BenchmarkDefaults {
  private static final int BATCH = 64;
  private static final int INPUTS = 784;
  private static final int CLASSES = 10;

  /** Work per row; a multiply-add counts as two. */
  private static final double GFLOP = 2e-9 * (INPUTS * 256 + 256 * 128 + 128 * CLASSES);

  @Param("simd")
  public String engine;

  private final Mlp net = Mlp.glorot(42, INPUTS, 256, 128, CLASSES);
  private final float[] row = new float[INPUTS];
  private final float[] rows = new float[BATCH * INPUTS];

  @Override
  public void prepare() {
    Engines.named(engine); // The engine that predictions take; fails where there is no SIMD.
    Random random = new Random(42);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.nextInt(5) == 0 ? random.nextInt(256) / 255f : 0;
    }
    System.arraycopy(rows, 0, row, 0, INPUTS);
  }

  @Benchmark
  public float[] one(Work work) {
    work.add(GFLOP, 4e-9 * (net.parameters().length + INPUTS));
    return net.predict(row);
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public float[] batch(Work work) {
    work.add(BATCH * GFLOP, 4e-9 * (net.parameters().length + BATCH * INPUTS));
    float[] probabilities = new float[BATCH * CLASSES];
    net.predict(rows, BATCH, probabilities);
    return probabilities;
  }

  @Override
  public void check(String method, Object output) {
    float[] expected =
        switch (method) {
          case "one" -> oracle(net, row, 1);
          case "batch" -> oracle(net, rows, BATCH);
          default -> throw noOracle(method);
        };
    Truth.sameBits(method, expected, (float[]) output);
  }

  /**
   * Returns the probabilities of m rows: the forward pass by the scalar kernels, layer by layer.
   *
   * @param x (m, inputs)
   */
  public static float[] oracle(Mlp net, float[] x, int m) {
    Kernels scalar = Kernels.scalar();
    float[] in = x;
    for (int layer = 0; layer < net.layers(); layer++) {
      int k = net.width(layer);
      int n = net.width(layer + 1);
      int w = net.weightsOffset(layer);
      int b = net.biasesOffset(layer);
      float[] p = net.parameters();
      float[] out = new float[m * n];
      Transfer to = layer < net.layers() - 1 ? Transfer.RELU : Transfer.IDENTITY;
      scalar.forward(m, n, k, in, 0, k, p, w, n, p, b, out, 0, n, to, false);
      in = out;
    }
    scalar.softmax(m, net.outputs(), in, 0, net.outputs());
    return in;
  }
}
