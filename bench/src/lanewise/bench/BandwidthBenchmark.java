package lanewise.bench;

import java.util.Random;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/**
 * The bandwidth roofs: {@code y = fma(s, x, y)} over two arrays with a given total size, from one
 * that fits the first-level cache to one that fits none. Each element reads two floats and writes
 * one.
 */
public class BandwidthBenchmark extends BenchmarkDefaults {
  private static final VectorSpecies<Float> SPECIES = Width.SPECIES;
  private static final int L = SPECIES.length();

  /** So small that y stays finite, however often the loop runs. */
  private static final float SCALE = 1e-9f;

  /** Minimum elements per operation: short loops would measure the timer. */
  private static final int MIN_ELEMENTS = 1 << 20;

  @Param({"16K", "512K", "8M", "256M"})
  public String size;

  private float[] x;
  private float[] y;
  private float[] before;
  private int passes;

  @Override
  public void prepare() {
    int unit = size.endsWith("M") ? 20 : 10;
    int bytes = Integer.parseInt(size.substring(0, size.length() - 1)) << unit;
    int count = bytes / 8;
    passes = Math.max(1, MIN_ELEMENTS / count);
    Random random = new Random(42);
    x = new float[count];
    y = new float[count];
    for (int i = 0; i < count; i++) {
      x[i] = random.nextFloat();
      y[i] = random.nextFloat();
    }
    before = y.clone();
  }

  @Benchmark
  public float[] multiplyAdd(Work work) {
    work.add(2e-9 * x.length * passes, 12e-9 * x.length * passes);
    for (int pass = 0; pass < passes; pass++) {
      pass(x, y);
    }
    return y;
  }

  private static void pass(float[] x, float[] y) {
    FloatVector s = FloatVector.broadcast(SPECIES, SCALE);
    for (int i = 0; i <= x.length - 4 * L; i += 4 * L) {
      for (int v = 0; v < 4; v++) {
        int at = i + v * L;
        FloatVector.fromArray(SPECIES, x, at)
            .fma(s, FloatVector.fromArray(SPECIES, y, at))
            .intoArray(y, at);
      }
    }
  }

  @Override
  public void check(String method, Object output) {
    float[] expected = before.clone();
    for (int pass = 0; pass < passes; pass++) {
      for (int i = 0; i < expected.length; i++) {
        expected[i] = Math.fma(SCALE, x[i], expected[i]);
      }
    }
    Truth.sameBits(method, expected, (float[]) output);
  }
}
