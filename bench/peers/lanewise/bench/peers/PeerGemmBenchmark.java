package lanewise.bench.peers;

import lanewise.bench.Layer;
import lanewise.bench.Product;
import lanewise.bench.Work;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** The products of a training step by Lanewise and its peers, each in JVMs of its own. */
public class PeerGemmBenchmark extends PeerBenchmark {
  // The last parameter changes fastest: all libraries run one after another on each product.
  @Param({"64x784x256", "64x256x128", "64x128x10", "60000x784x256", "1024x1024x1024"})
  public String aShape;

  @Param({"forward", "backward", "update"})
  public String bProduct;

  @Param({"lanewise", "openblas", "mkl", "vectorblas", "ejml"})
  public String cLibrary;

  private Product which;
  private Layer layer;
  private float[] before;
  private double gflop;
  private double gbyte;
  private Contender contender;

  @Override
  public void prepare() {
    layer = new Layer(aShape);
    before = layer.w.clone();
    which = Product.named(bProduct);
    gflop = layer.gflop();
    gbyte = layer.gbyte(which);
    contender = Contender.named(cLibrary, layer);
  }

  @Benchmark
  public void gemm(Work work) {
    work.add(gflop, gbyte);
    contender.run(which);
  }

  /** A copy: a peer's matrices are native memory. */
  @Override
  public Object output(Object returned) {
    return contender.output(which);
  }

  @Override
  public void check(String method, Object output) {
    Agreement.check(cLibrary, which, layer, before, (float[]) output);
  }
}
