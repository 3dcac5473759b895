package lanewise.bench;

import java.util.Random;
import lanewise.kernel.Kernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/**
 * The kernels of a step other than the products, for a batch of 64 rows: ten classes, 256 hidden
 * units. An exponential counts as {@link ExpBenchmark#FLOP} operations, and so does a logarithm.
 */
public class RowKernelsBenchmark extends BenchmarkDefaults {
  private static final int ROWS = 64;
  private static final int CLASSES = 10;
  private static final int HIDDEN = 256;

  /** Maximum, shift, exponential, sum and quotient for each value. */
  private static final double SOFTMAX_GFLOP = 1e-9 * ROWS * CLASSES * (ExpBenchmark.FLOP + 4);

  /** The same without the quotient, plus a logarithm per row. */
  private static final double ENTROPY_GFLOP =
      1e-9 * ROWS * (CLASSES * (ExpBenchmark.FLOP + 3) + ExpBenchmark.FLOP);

  private static final double LOGITS_GBYTE = 4e-9 * ROWS * CLASSES;

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

  @Override
  public void prepare() {
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

  /** Includes a copy of 2.5 KB that restores the logits. */
  @Benchmark
  public float[] softmaxDelta(Work work) {
    work.add(SOFTMAX_GFLOP, 2 * LOGITS_GBYTE);
    System.arraycopy(logits, 0, z, 0, z.length);
    kernels.softmaxDelta(ROWS, CLASSES, z, 0, CLASSES, labels, 0, 0);
    return z;
  }

  /** Includes the same copy. */
  @Benchmark
  public double[] crossEntropy(Work work) {
    work.add(ENTROPY_GFLOP, LOGITS_GBYTE + 8e-9 * ROWS);
    System.arraycopy(logits, 0, z, 0, z.length);
    kernels.crossEntropy(ROWS, CLASSES, z, 0, CLASSES, labels, 0, losses, 0);
    return losses;
  }

  /** Both engines share this code. */
  @Benchmark
  public int[] argMax(Work work) {
    work.add(1e-9 * ROWS * CLASSES, LOGITS_GBYTE);
    kernels.argMax(ROWS, CLASSES, logits, 0, CLASSES, classes, 0);
    return classes;
  }

  @Benchmark
  public float[] updateBias(Work work) {
    work.add(1e-9 * ROWS * HIDDEN, 4e-9 * (ROWS + 2) * HIDDEN);
    kernels.updateBias(ROWS, HIDDEN, deltas, 0, HIDDEN, bias, 0, Layer.STEP);
    return bias;
  }

  @Override
  public void check(String method, Object output) {
    switch (method) {
      case "softmaxDelta" -> {
        float[] expected = logits.clone();
        Kernels.scalar().softmaxDelta(ROWS, CLASSES, expected, 0, CLASSES, labels, 0, 0);
        Truth.sameBits(method, expected, (float[]) output);
      }
      case "crossEntropy" -> {
        double[] expected = new double[ROWS];
        Kernels.scalar()
            .crossEntropy(ROWS, CLASSES, logits.clone(), 0, CLASSES, labels, 0, expected, 0);
        double[] actual = (double[]) output;
        for (int i = 0; i < ROWS; i++) {
          Truth.require(expected[i] == actual[i], "loss %d is %s", i, actual[i]);
        }
      }
      case "argMax" -> {
        int[] actual = (int[]) output;
        for (int i = 0; i < ROWS; i++) {
          for (int j = 0; j < CLASSES; j++) {
            float best = logits[i * CLASSES + actual[i]];
            Truth.require(
                best >= logits[i * CLASSES + j], "row %d: class %d has a higher value", i, j);
          }
        }
      }
      case "updateBias" -> {
        float[] expected = new float[HIDDEN];
        for (int j = 0; j < HIDDEN; j++) {
          float sum = 0;
          for (int i = 0; i < ROWS; i++) {
            sum += deltas[i * HIDDEN + j];
          }
          expected[j] = Math.fma(-Layer.RATE, sum, 0f);
        }
        Truth.sameBits(method, expected, (float[]) output);
      }
      default -> throw noOracle(method);
    }
  }
}
