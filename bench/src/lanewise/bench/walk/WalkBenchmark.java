package lanewise.bench.walk;

import lanewise.bench.BenchmarkDefaults;
import lanewise.bench.Engines;
import lanewise.bench.Layer;
import lanewise.bench.Product;
import lanewise.bench.Truth;
import lanewise.bench.Work;
import lanewise.kernel.Kernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/**
 * One product, {@code y (64,256) = relu(x (64,784) w (784,256) + bias)}, made faster step by step.
 * All steps but one compute every output as a single chain in ascending k, so they keep its bits.
 */
public class WalkBenchmark extends BenchmarkDefaults {
  @Param({
    "1 textbook",
    "2 rows of w",
    "3 along the sum",
    "4 across outputs",
    "5 sum in a register",
    "6 four chains",
    "7 sums in an array",
    "8 tile 4x4",
    "9 tile 14x2",
    "engine"
  })
  public String step;

  private final Kernels engine = Engines.named("simd");
  private Layer layer;
  private float[] transposed;
  private Runnable run;
  private double gflop;
  private double gbyte;

  @Override
  public void prepare() {
    layer = new Layer("64x784x256");
    gflop = layer.gflop();
    gbyte = layer.gbyte(Product.FORWARD);
    transposed = new float[layer.w.length];
    for (int p = 0; p < layer.k; p++) {
      for (int j = 0; j < layer.n; j++) {
        transposed[j * layer.k + p] = layer.w[p * layer.n + j];
      }
    }
    Layer l = layer;
    run =
        switch (step.charAt(0)) {
          case '1' -> () -> Loops.textbook(l.m, l.n, l.k, l.x, l.w, l.bias, l.y);
          case '2' -> () -> Loops.rowsOfW(l.m, l.n, l.k, l.x, l.w, l.bias, l.y);
          case '3' -> () -> Vectors.alongTheSum(l.m, l.n, l.k, l.x, transposed, l.bias, l.y);
          case '4' -> () -> Vectors.acrossOutputs(l.m, l.n, l.k, l.x, l.w, l.bias, l.y);
          case '5' -> () -> Vectors.sumInARegister(l.m, l.n, l.k, l.x, l.w, l.bias, l.y);
          case '6' -> () -> Vectors.fourChains(l.m, l.n, l.k, l.x, l.w, l.bias, l.y);
          case '7' -> () -> Vectors.sumsInAnArray(l.m, l.n, l.k, l.x, l.w, l.bias, l.y);
          case '8' -> () -> Tile4x4.product(l.m, l.n, l.k, l.x, l.w, l.bias, l.y);
          case '9' -> () -> Tile14x2.product(l.m, l.n, l.k, l.x, l.w, l.bias, l.y);
          case 'e' -> () -> l.run(engine, Product.FORWARD);
          default -> throw new IllegalArgumentException("no such step: " + step);
        };
  }

  @Benchmark
  public float[] forward(Work work) {
    work.add(gflop, gbyte);
    run.run();
    return layer.y;
  }

  /** Compares bits; the step along the sum has another order, so it gets an error bound. */
  @Override
  public void check(String method, Object output) {
    float[] actual = (float[]) output;
    if (step.charAt(0) != '3') {
      Truth.product(Product.FORWARD, layer, layer.w, actual);
      return;
    }
    for (int cell = 0; cell < actual.length; cell++) {
      int i = cell / layer.n;
      int j = cell % layer.n;
      double sum = layer.bias[j];
      double magnitude = Math.abs(sum);
      for (int p = 0; p < layer.k; p++) {
        double term = (double) layer.x[i * layer.k + p] * layer.w[p * layer.n + j];
        sum += term;
        magnitude += Math.abs(term);
      }
      double bound = (layer.k + 2) * 0x1p-24 * magnitude;
      Truth.require(
          Math.abs(actual[cell] - Math.max(sum, 0)) <= bound,
          "cell %d is %s, not %s",
          cell,
          actual[cell],
          sum);
    }
  }
}
