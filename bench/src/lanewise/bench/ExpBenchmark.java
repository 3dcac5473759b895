package lanewise.bench;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** 1024 exponentials: ours, which are the same bits everywhere, and the JDK's. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ExpBenchmark extends BenchmarkDefaults {
  /** A multiple of every vector length: the JDK's loop has no tail. */
  private static final int COUNT = 1024;

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  @Param({"simd", "scalar", "Math.exp", "VectorOperators.EXP"})
  public String implementation;

  private Runnable run;
  private final float[] x = new float[COUNT];
  private final float[] y = new float[COUNT];

  @Setup
  public void setUp() {
    run =
        switch (implementation) {
          case "Math.exp" -> this::mathExp;
          case "VectorOperators.EXP" -> this::vectorExp;
          default -> {
            var kernels = Engines.named(implementation);
            yield () -> kernels.exp(COUNT, x, 0, y, 0);
          }
        };
    Random random = new Random(42);
    for (int i = 0; i < COUNT; i++) {
      x[i] = random.nextFloat(-20, 0);
    }
  }

  @Benchmark
  public float[] exp() {
    run.run();
    return y;
  }

  /** The arguments. */
  float[] arguments() {
    return x;
  }

  private void mathExp() {
    for (int i = 0; i < COUNT; i++) {
      y[i] = (float) Math.exp(x[i]);
    }
  }

  private void vectorExp() {
    for (int i = 0; i < COUNT; i += SPECIES.length()) {
      FloatVector.fromArray(SPECIES, x, i).lanewise(VectorOperators.EXP).intoArray(y, i);
    }
  }
}
