package lanewise.bench.peers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lanewise.bench.FmaPeak;
import lanewise.bench.Layer;
import lanewise.bench.Product;

/**
 * Lanewise, OpenBLAS and MKL in one process, one thread, turn by turn: rounds of short batches, so
 * that whatever else the machine does hits all of them alike.
 *
 * <p>Prints medians over the rounds; a ratio is the median of the rounds' ratios, with the 10th and
 * 90th percentile. Arguments, all optional: {@code --rounds 20 --millis 50 [MxKxN ...]
 * [forward|backward|update ...]}.
 */
public final class SideBySide {
  private static final List<String> SHAPES =
      List.of("64x784x256", "64x256x128", "64x128x10", "60000x784x256", "1024x1024x1024");
  private static final String[] LIBRARIES = {"lanewise", "openblas", "mkl"};

  /** Batches before the first round: C2 is done with ours after about a second. */
  private static final double WARM_UP_SECONDS = 1.5;

  private static final int PEAK_TIMES = 200_000;

  private final int rounds;
  private final double seconds;

  /** Keeps the peak's result alive. */
  private float sink;

  private SideBySide(int rounds, double seconds) {
    this.rounds = rounds;
    this.seconds = seconds;
  }

  /** See the class. */
  public static void main(String[] args) {
    int rounds = 20;
    int millis = 50;
    List<String> shapes = new ArrayList<>();
    List<Product> products = new ArrayList<>();
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--rounds" -> rounds = Integer.parseInt(args[++i]);
        case "--millis" -> millis = Integer.parseInt(args[++i]);
        case "forward", "backward", "update" -> products.add(Product.named(args[i]));
        default -> shapes.add(args[i]);
      }
    }
    new SideBySide(rounds, millis / 1e3)
        .run(
            shapes.isEmpty() ? SHAPES : shapes,
            products.isEmpty() ? List.of(Product.values()) : products);
  }

  private void run(List<String> shapes, List<Product> products) {
    print("Java      %s, vectors of %d floats", Runtime.version(), FmaPeak.lanes());
    print("OpenBLAS  %s", Blas.OpenBlas.version());
    print("MKL       %s", Blas.Mkl.version());
    print(
        "%d rounds of %.0f ms a batch; GFLOP/s on one thread; [10th..90th percentile]",
        rounds, seconds * 1e3);
    print("");
    print(
        "%-15s %-8s | %5s | %8s %8s %8s | %5s | %-18s | %-18s",
        "m x k x n",
        "product",
        "peak",
        "lanewise",
        "openblas",
        "mkl",
        "of peak",
        "lanewise/openblas",
        "lanewise/mkl");
    for (String shape : shapes) {
      for (Product product : products) {
        compare(shape, product);
      }
    }
    if (Float.isNaN(sink)) {
      throw new AssertionError("the peak's chains go towards 1");
    }
  }

  private void compare(String shape, Product product) {
    int count = LIBRARIES.length;
    Layer layer = new Layer(shape);
    float[] w = layer.w.clone();
    Contender[] contenders = new Contender[count];
    int[] batches = new int[count];
    for (int i = 0; i < count; i++) {
      contenders[i] = Contender.named(LIBRARIES[i], layer);
    }
    for (int i = 0; i < count; i++) {
      Agreement.check(LIBRARIES[i], contenders[i], product, layer, w);
      batches[i] = warmUp(contenders[i], product);
    }
    double[][] speeds = new double[count][rounds];
    double[] peaks = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      peaks[round] = peak();
      for (int turn = 0; turn < count; turn++) {
        // Each round starts with another one, so that none always follows the same.
        int i = (turn + round) % count;
        speeds[i][round] = batches[i] * layer.gflop() / time(contenders[i], product, batches[i]);
      }
    }
    double ours = percentile(speeds[0], 0.5);
    print(
        "%-15s %-8s | %5.0f | %8.1f %8.1f %8.1f | %5.0f %% | %-18s | %-18s",
        shape,
        product,
        percentile(peaks, 0.5),
        ours,
        percentile(speeds[1], 0.5),
        percentile(speeds[2], 0.5),
        100 * ours / percentile(peaks, 0.5),
        ratio(speeds[0], speeds[1]),
        ratio(speeds[0], speeds[2]));
  }

  /** Runs until warm; the number of calls that a batch takes. */
  private int warmUp(Contender contender, Product product) {
    int calls = 0;
    double spent = 0;
    double last = 0;
    int batch = 1;
    while (spent < WARM_UP_SECONDS || calls < 2) {
      last = time(contender, product, batch);
      spent += last;
      calls += batch;
      if (last < seconds / 2) {
        batch *= 2;
      }
    }
    return (int) Math.max(1, Math.round(seconds * batch / last));
  }

  private static double time(Contender contender, Product product, int calls) {
    long start = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      contender.run(product);
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private double peak() {
    double best = 0;
    for (int i = 0; i < 5; i++) {
      long start = System.nanoTime();
      sink += FmaPeak.run(PEAK_TIMES);
      best = Math.max(best, FmaPeak.gflop(PEAK_TIMES) * 1e9 / (System.nanoTime() - start));
    }
    return best;
  }

  private static String ratio(double[] a, double[] b) {
    double[] ratios = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      ratios[i] = a[i] / b[i];
    }
    return "%.2f [%.2f..%.2f]"
        .formatted(percentile(ratios, 0.5), percentile(ratios, 0.1), percentile(ratios, 0.9));
  }

  private static double percentile(double[] values, double share) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }

  private static void print(String format, Object... values) {
    System.out.println(format.formatted(values).stripTrailing());
  }
}
