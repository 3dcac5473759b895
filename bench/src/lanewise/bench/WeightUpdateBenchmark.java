package lanewise.bench;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernel.Kernels;
import lanewise.kernel.Step;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/**
 * What fusing the step into the gradient product saves, as the engine does, against storing the
 * gradient and applying it in a separate pass, for the reference network's first layer. Both give
 * the same bits.
 */
public class WeightUpdateBenchmark extends BenchmarkDefaults {
  /** {@code 0 + 1 * sum}: the gradient itself. */
  private static final Step GRADIENT = Step.descent(-1);

  private static final VectorSpecies<Float> SPECIES = Width.SPECIES;

  /** As {@link ReluBenchmark#form}. */
  @Param({"fused", "two passes", "pass alone", "scalar pass alone"})
  public String form;

  private final Kernels kernels = Engines.named("simd");
  private Layer layer;
  private float[] gradient;
  private float[] before;
  private double gflop;
  private double gbyte;

  @Override
  public void prepare() {
    layer = new Layer("64x784x256");
    before = layer.w.clone();
    gradient = new float[layer.w.length];
    boolean alone = form.endsWith("alone");
    if (alone) {
      product(gradient, GRADIENT);
    }
    gflop = alone ? 2e-9 * layer.w.length : layer.gflop();
    gbyte = alone ? 12e-9 * layer.w.length : layer.gbyte(Product.UPDATE);
  }

  @Benchmark
  public float[] update(Work work) {
    work.add(gflop, gbyte);
    switch (form) {
      case "fused" -> product(layer.w, Layer.STEP);
      case "two passes" -> {
        Arrays.fill(gradient, 0);
        product(gradient, GRADIENT);
        vectorPass(gradient, layer.w);
      }
      case "pass alone" -> vectorPass(gradient, layer.w);
      default -> scalarPass(gradient, layer.w);
    }
    return layer.w;
  }

  private void product(float[] w, Step step) {
    Layer l = layer;
    kernels.update(l.m, l.n, l.k, l.x, 0, l.k, l.dz, 0, l.n, w, 0, l.n, step);
  }

  private static void vectorPass(float[] gradient, float[] w) {
    FloatVector step = FloatVector.broadcast(SPECIES, -Layer.RATE);
    for (int i = 0; i <= w.length - SPECIES.length(); i += SPECIES.length()) {
      FloatVector.fromArray(SPECIES, gradient, i)
          .fma(step, FloatVector.fromArray(SPECIES, w, i))
          .intoArray(w, i);
    }
  }

  private static void scalarPass(float[] gradient, float[] w) {
    for (int i = 0; i < w.length; i++) {
      w[i] = Math.fma(-Layer.RATE, gradient[i], w[i]);
    }
  }

  @Override
  public void check(String method, Object output) {
    Truth.product(Product.UPDATE, layer, before, (float[]) output);
  }
}
