package lanewise.bench;

import java.util.Random;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernel.Kernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** 1024 exponentials: ours, with the same bits everywhere, and the JDK's. */
public class ExpBenchmark extends BenchmarkDefaults {
  /** Operations of our polynomial, counted for all; a multiply-add counts as two. */
  static final int FLOP = 21;

  /** A multiple of every vector length, so that the JDK's loop has no tail. */
  private static final int COUNT = 1024;

  private static final VectorSpecies<Float> SPECIES = Width.SPECIES;

  /** Relative, for the JDK's exponentials: Math.exp is exact to a float, EXP to an ulp or two. */
  private static final double TOLERANCE = 0x1p-22;

  @Param({"simd", "scalar", "Math.exp", "VectorOperators.EXP"})
  public String implementation;

  private Runnable run;
  private final float[] x = new float[COUNT];
  private final float[] y = new float[COUNT];

  @Override
  public void prepare() {
    run =
        switch (implementation) {
          case "Math.exp" -> this::mathExp;
          case "VectorOperators.EXP" -> this::vectorExp;
          default -> {
            Kernels kernels = Engines.named(implementation);
            yield () -> kernels.exp(COUNT, x, 0, y, 0);
          }
        };
    Random random = new Random(42);
    for (int i = 0; i < COUNT; i++) {
      x[i] = random.nextFloat(-20, 0);
    }
  }

  @Benchmark
  public float[] exp(Work work) {
    work.add(1e-9 * FLOP * COUNT, 8e-9 * COUNT);
    run.run();
    return y;
  }

  @Override
  public void check(String method, Object output) {
    float[] actual = (float[]) output;
    if (implementation.matches("simd|scalar")) {
      float[] expected = new float[COUNT];
      Kernels.scalar().exp(COUNT, x, 0, expected, 0);
      Truth.sameBits(implementation, expected, actual);
    }
    for (int i = 0; i < COUNT; i++) {
      double expected = StrictMath.exp(x[i]);
      Truth.require(
          Math.abs(actual[i] - expected) <= TOLERANCE * expected,
          "%s of %s is %s, not %s",
          implementation,
          x[i],
          actual[i],
          expected);
    }
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
