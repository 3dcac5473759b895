package lanewise.bench;

import java.util.Random;
import lanewise.data.BuiltinDigits;
import lanewise.kernel.Kernels;
import lanewise.kernel.SparseColumns;
import lanewise.kernel.SparseRows;
import lanewise.nn.Samples;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Skipping zeros in the input layer against computing them: a batch of 64 rows of 784 bytes, 256
 * outputs. The work counted is the dense product's, for both.
 */
public class SparseBenchmark extends BenchmarkDefaults {
  private static final int M = 64;
  private static final int K = BuiltinDigits.SIDE * BuiltinDigits.SIDE;
  private static final int N = 256;
  private static final double GFLOP = 2e-9 * M * K * N;

  @Param("simd")
  public String engine;

  @Param({"sparse", "dense"})
  public String path;

  @Param({"forward", "update"})
  public String product;

  /** Percent of bytes that are not zero, strewn evenly; or a batch of the built-in digits. */
  @Param({"digits", "0", "1", "2", "5", "10", "20", "30", "40", "50", "75", "100"})
  public String density;

  private Kernels kernels;
  private boolean sparse;
  private Product which;
  private final float[] x = new float[M * K];
  private final float[] w = new float[K * N];
  private final float[] bias = new float[N];
  private final float[] dz = new float[M * N];
  private final float[] y = new float[M * N];
  private SparseRows rows;
  private SparseColumns columns;

  @Setup
  public void setUp() {
    kernels = Engines.named(engine);
    sparse = path.equals("sparse");
    which = Product.named(product);
    byte[] pixels = new byte[M * K];
    int[] labels = new int[M];
    Random random = new Random(42);
    if (density.equals("digits")) {
      BuiltinDigits.draw(1, 0, M, pixels, labels, 0);
    } else {
      int percent = Integer.parseInt(density);
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = random.nextInt(100) < percent ? (byte) random.nextInt(1, 256) : 0;
      }
    }
    Samples.ofBytes(pixels, K, labels).copyRows(0, M, x, 0);
    rows = SparseRows.of(pixels, 0, M, K);
    columns = SparseColumns.of(pixels, 0, M, K);
    for (float[] values : new float[][] {w, bias, dz}) {
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextFloat(-1, 1);
      }
    }
  }

  @Benchmark
  public float[] product(Work work) {
    work.gflop += GFLOP;
    if (which == Product.FORWARD) {
      if (sparse) {
        kernels.forwardSparse(rows, 0, rows.groups(), N, w, 0, N, bias, 0, y, 0, N, true);
      } else {
        kernels.forward(M, N, K, x, 0, K, w, 0, N, bias, 0, y, 0, N, true);
      }
      return y;
    }
    if (sparse) {
      kernels.updateSparse(columns, 0, columns.strips(), N, dz, 0, N, w, 0, N, Layer.STEP);
    } else {
      kernels.update(M, N, K, x, 0, K, dz, 0, N, w, 0, N, Layer.STEP);
    }
    return w;
  }
}
