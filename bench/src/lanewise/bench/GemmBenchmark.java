package lanewise.bench;

import lanewise.kernel.Kernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** The dense products of a training step, for the three layers of the reference network. */
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
  private float[] before;
  private double gflop;
  private double gbyte;

  @Override
  public void prepare() {
    kernels = Engines.named(engine);
    which = Product.named(product);
    layer = new Layer(shape);
    before = layer.w.clone();
    gflop = layer.gflop();
    gbyte = layer.gbyte(which);
  }

  @Benchmark
  public float[] gemm(Work work) {
    work.add(gflop, gbyte);
    return layer.run(kernels, which);
  }

  @Override
  public void check(String method, Object output) {
    Truth.product(which, layer, before, (float[]) output);
  }
}
