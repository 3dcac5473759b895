package lanewise.bench;

import lanewise.kernel.Kernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** Forward products larger than a training step's: all of MNIST at once, and squares. */
public class LargeGemmBenchmark extends BenchmarkDefaults {
  @Param({"simd", "scalar"})
  public String engine;

  @Param({
    "60000x784x256",
    "64x64x64",
    "128x128x128",
    "256x256x256",
    "512x512x512",
    "1024x1024x1024",
    "2048x2048x2048"
  })
  public String shape;

  private Kernels kernels;
  private Layer layer;
  private double gflop;
  private double gbyte;

  @Override
  public void prepare() {
    kernels = Engines.named(engine);
    layer = new Layer(shape);
    gflop = layer.gflop();
    gbyte = layer.gbyte(Product.FORWARD);
  }

  @Benchmark
  public float[] forward(Work work) {
    work.add(gflop, gbyte);
    return layer.run(kernels, Product.FORWARD);
  }

  @Override
  public void check(String method, Object output) {
    Truth.product(Product.FORWARD, layer, layer.w, (float[]) output);
  }
}
