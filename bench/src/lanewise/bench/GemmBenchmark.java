package lanewise.bench;

import lanewise.kernel.Kernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The dense products of a training step at the reference network's three layers. */
public class GemmBenchmark extends BenchmarkDefaults {
  @Param({"simd", "scalar"})
  public String engine;

  @Param({"forward", "backward", "update"})
  public String product;

  @Param({"64x784x256", "64x256x128", "64x128x10"})
  public String shape;

  private Kernels kernels;
  private Product which;
  private Layer layer;

  @Setup
  public void setUp() {
    kernels = Engines.named(engine);
    which = Product.named(product);
    layer = new Layer(shape);
  }

  @Benchmark
  public float[] gemm(Work work) {
    work.gflop += layer.gflop();
    return layer.run(kernels, which);
  }
}
