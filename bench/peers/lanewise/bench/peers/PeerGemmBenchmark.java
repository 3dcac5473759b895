package lanewise.bench.peers;

import lanewise.bench.BenchmarkDefaults;
import lanewise.bench.Layer;
import lanewise.bench.Product;
import lanewise.bench.Work;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The products of a training step by Lanewise and its peers, each in JVMs of its own. */
public class PeerGemmBenchmark extends BenchmarkDefaults {
  // The last parameter changes fastest: the three run one after another on each product.
  @Param({"64x784x256", "64x256x128", "64x128x10", "60000x784x256", "1024x1024x1024"})
  public String aShape;

  @Param({"forward", "backward", "update"})
  public String bProduct;

  @Param({"lanewise", "openblas", "mkl"})
  public String cLibrary;

  private Product which;
  private double gflop;
  private Contender contender;

  @Setup
  public void setUp() {
    Layer layer = new Layer(aShape);
    which = Product.named(bProduct);
    gflop = layer.gflop();
    contender = Contender.named(cLibrary, layer);
    Agreement.check(cLibrary, contender, which, layer, layer.w.clone());
  }

  @Benchmark
  public void gemm(Work work) {
    work.gflop += gflop;
    contender.run(which);
  }
}
