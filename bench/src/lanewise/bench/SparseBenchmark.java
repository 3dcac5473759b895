package lanewise.bench;

import static lanewise.kernel.Transfer.RELU;

import java.util.Random;
import java.util.stream.IntStream;
import lanewise.data.digits.BuiltinDigits;
import lanewise.kernel.GreyRows;
import lanewise.kernel.Kernels;
import lanewise.kernel.NonZeros;
import lanewise.nn.Samples;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/**
 * Skipping zeros in the input layer against dense products: a batch of 64 rows of 784 bytes, 256
 * outputs. Both count the work of the dense product.
 */
public class SparseBenchmark extends BenchmarkDefaults {
  @Param("simd")
  public String engine;

  @Param({"sparse", "dense"})
  public String path;

  @Param({"forward", "update"})
  public String product;

  /** Percentage of non-zero bytes, uniformly distributed; or a batch of the built-in digits. */
  @Param({"digits", "0", "1", "2", "5", "10", "20", "30", "40", "50", "75", "100"})
  public String density;

  private Kernels kernels;
  private boolean sparse;
  private Product which;
  private Layer layer;
  private float[] before;
  private NonZeros rows;
  private NonZeros columns;
  private double gflop;
  private double gbyte;

  @Override
  public void prepare() {
    kernels = Engines.named(engine);
    sparse = path.equals("sparse");
    which = Product.named(product);
    layer = new Layer("64x784x256");
    before = layer.w.clone();
    gflop = layer.gflop();
    gbyte = layer.gbyte(which);
    byte[] pixels = new byte[layer.m * layer.k];
    int[] labels = new int[layer.m];
    if (density.equals("digits")) {
      BuiltinDigits.draw(1, 0, layer.m, pixels, labels, 0);
    } else {
      Random random = new Random(42);
      int percent = Integer.parseInt(density);
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = random.nextInt(100) < percent ? (byte) random.nextInt(1, 256) : 0;
      }
    }
    Samples.ofBytes(pixels, layer.k, labels).copyRows(0, layer.m, layer.x, 0);
    GreyRows grey = new GreyRows(pixels, layer.m, layer.k);
    grey.mark(0, layer.m);
    int[] batch = IntStream.range(0, layer.m).toArray();
    rows = NonZeros.byRows(grey, layer.m);
    rows.list(batch, 0, layer.m, 0, 1);
    columns = NonZeros.byColumns(grey, layer.m);
    columns.list(batch, 0, layer.m, 0, 1);
  }

  @Benchmark
  public float[] product(Work work) {
    work.add(gflop, gbyte);
    Layer l = layer;
    if (!sparse) {
      return l.run(kernels, which);
    }
    if (which == Product.FORWARD) {
      kernels.forwardSparse(rows, 0, rows.pairs(), l.n, l.w, 0, l.n, l.bias, 0, l.y, 0, l.n, RELU);
      return l.y;
    }
    kernels.updateSparse(columns, 0, columns.pairs(), l.n, l.dz, 0, l.n, l.w, 0, l.n, Layer.STEP);
    return l.w;
  }

  @Override
  public void check(String method, Object output) {
    Truth.product(which, layer, before, (float[]) output);
  }
}
