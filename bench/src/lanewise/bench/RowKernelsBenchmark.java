package lanewise.bench;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import lanewise.kernel.Kernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** What a step does beside products, for a batch of 64 rows: ten classes, 256 hidden units. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RowKernelsBenchmark extends BenchmarkDefaults {
  private static final int ROWS = 64;
  private static final int CLASSES = 10;
  private static final int HIDDEN = 256;

  @Param({"simd", "scalar"})
  public String engine;

  private Kernels kernels;
  private final float[] logits = new float[ROWS * CLASSES];
  private final float[] z = new float[ROWS * CLASSES];
  private final int[] labels = new int[ROWS];
  private final int[] classes = new int[ROWS];
  private final double[] losses = new double[ROWS];
  private final float[] deltas = new float[ROWS * HIDDEN];
  private final float[] bias = new float[HIDDEN];

  @Setup
  public void setUp() {
    kernels = Engines.named(engine);
    Random random = new Random(42);
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) random.nextGaussian(0, 3);
    }
    for (int i = 0; i < ROWS; i++) {
      labels[i] = random.nextInt(CLASSES);
    }
    for (int i = 0; i < deltas.length; i++) {
      deltas[i] = random.nextFloat(-1, 1);
    }
  }

  /** With the copy of 2.5 KB that brings the logits back. */
  @Benchmark
  public float[] softmaxDelta() {
    System.arraycopy(logits, 0, z, 0, z.length);
    kernels.softmaxDelta(ROWS, CLASSES, z, 0, CLASSES, labels, 0);
    return z;
  }

  /** With the same copy. */
  @Benchmark
  public double[] crossEntropy() {
    System.arraycopy(logits, 0, z, 0, z.length);
    kernels.crossEntropy(ROWS, CLASSES, z, 0, CLASSES, labels, 0, losses, 0);
    return losses;
  }

  @Benchmark
  public int[] argMax() {
    kernels.argMax(ROWS, CLASSES, logits, 0, CLASSES, classes, 0);
    return classes;
  }

  @Benchmark
  public float[] updateBias() {
    kernels.updateBias(ROWS, HIDDEN, deltas, 0, HIDDEN, bias, 0, Layer.STEP);
    return bias;
  }
}
