package lanewise.bench;

import java.util.Random;
import lanewise.kernel.Kernels;
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

  /** Of a row; a multiply-add counts as two. */
  private static final double GFLOP = 2e-9 * (INPUTS * 256 + 256 * 128 + 128 * 10);

  @Param({"simd", "scalar"})
  public String engine;

  private Kernels kernels;
  private final Mlp net = Mlp.glorot(42, INPUTS, 256, 128, 10);
  private final float[] row = new float[INPUTS];
  private final float[] rows = new float[BATCH * INPUTS];

  @Override
  public void prepare() {
    kernels = Engines.named(engine);
    Random random = new Random(42);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.nextInt(5) == 0 ? random.nextInt(256) / 255f : 0;
    }
    System.arraycopy(rows, 0, row, 0, INPUTS);
  }

  @Benchmark
  public float[] one(Work work) {
    work.add(GFLOP, 4e-9 * (net.parameters().length + INPUTS));
    return net.predict(kernels, row, 1);
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public float[] batch(Work work) {
    work.add(BATCH * GFLOP, 4e-9 * (net.parameters().length + BATCH * INPUTS));
    return net.predict(kernels, rows, BATCH);
  }

  @Override
  public void check(String method, Object output) {
    float[] expected =
        switch (method) {
          case "one" -> net.predict(Kernels.scalar(), row, 1);
          case "batch" -> net.predict(Kernels.scalar(), rows, BATCH);
          default -> throw noOracle(method);
        };
    Truth.sameBits(method, expected, (float[]) output);
  }
}
