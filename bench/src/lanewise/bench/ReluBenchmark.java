package lanewise.bench;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernel.Kernels;
import lanewise.kernel.Transfer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/**
 * What fusing ReLU into the forward product saves, as the engine does, against a separate pass over
 * the output of the reference network's first layer.
 */
public class ReluBenchmark extends BenchmarkDefaults {
  private static final VectorSpecies<Float> SPECIES = Width.SPECIES;

  /** Fused; a separate pass after the product; only that pass; only a scalar loop. */
  @Param({"fused", "two passes", "pass alone", "scalar pass alone"})
  public String form;

  private final Kernels kernels = Engines.named("simd");
  private Layer layer;
  private float[] given;
  private double gflop;
  private double gbyte;

  @Override
  public void prepare() {
    layer = new Layer("64x784x256");
    boolean alone = form.endsWith("alone");
    given = layer.dz; // (m,n): half of it is negative.
    gflop = (alone ? 0 : layer.gflop()) + 1e-9 * layer.y.length;
    gbyte = alone ? 8e-9 * layer.y.length : layer.gbyte(Product.FORWARD);
  }

  @Benchmark
  public float[] relu(Work work) {
    work.add(gflop, gbyte);
    switch (form) {
      case "fused" -> product(Transfer.RELU);
      case "two passes" -> {
        product(Transfer.IDENTITY);
        vectorPass(layer.y, layer.y);
      }
      case "pass alone" -> vectorPass(given, layer.y);
      default -> scalarPass(given, layer.y);
    }
    return layer.y;
  }

  private void product(Transfer to) {
    Layer l = layer;
    kernels.forward(l.m, l.n, l.k, l.x, 0, l.k, l.w, 0, l.n, l.bias, 0, l.y, 0, l.n, to, false);
  }

  private static void vectorPass(float[] z, float[] y) {
    for (int i = 0; i <= y.length - SPECIES.length(); i += SPECIES.length()) {
      FloatVector.fromArray(SPECIES, z, i).lanewise(VectorOperators.MAX, 0).intoArray(y, i);
    }
  }

  private static void scalarPass(float[] z, float[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] = Math.max(z[i], 0);
    }
  }

  @Override
  public void check(String method, Object output) {
    float[] actual = (float[]) output;
    if (!form.endsWith("alone")) {
      Truth.product(Product.FORWARD, layer, layer.w, actual);
      return;
    }
    float[] expected = given.clone();
    for (int i = 0; i < expected.length; i++) {
      expected[i] = expected[i] > 0 ? expected[i] : 0;
    }
    Truth.sameBits(method, expected, actual);
  }
}
