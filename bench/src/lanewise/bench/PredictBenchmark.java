package lanewise.bench;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import lanewise.kernel.Kernels;
import lanewise.nn.Mlp;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The reference network's prediction for one row, and a row's share in a batch of 64: microseconds
 * a row with one thread. {@code -t max -bm thrpt -tu s} gives rows a second over all cores, on one
 * network that all threads share.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
public class PredictBenchmark extends BenchmarkDefaults {
  private static final int BATCH = 64;
  private static final int INPUTS = 784;

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
  public float[] one() {
    return net.predict(kernels, row, 1);
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public float[] ofABatch() {
    return net.predict(kernels, rows, BATCH);
  }

  @Override
  public void check(String method, Object output) {
    boolean batch = method.equals("ofABatch");
    float[] expected = net.predict(Kernels.scalar(), batch ? rows : row, batch ? BATCH : 1);
    Truth.sameBits(method, expected, (float[]) output);
  }
}
