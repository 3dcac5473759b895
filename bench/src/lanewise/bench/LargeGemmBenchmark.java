package lanewise.bench;

import lanewise.kernel.Kernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Forward products beyond a training step: MNIST in one go, and squares. */
public class LargeGemmBenchmark extends BenchmarkDefaults {
  @Param("simd")
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

  @Setup
  public void setUp() {
    kernels = Engines.named(engine);
    layer = new Layer(shape);
  }

  @Benchmark
  public float[] forward(Work work) {
    work.gflop += layer.gflop();
    return layer.run(kernels, Product.FORWARD);
  }
}
