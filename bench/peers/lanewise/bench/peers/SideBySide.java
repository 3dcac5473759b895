package lanewise.bench.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import lanewise.bench.FmaPeak;
import lanewise.bench.Layer;
import lanewise.bench.Product;
import lanewise.bench.Width;
import lanewise.bench.results.Measurement;
import lanewise.bench.results.Quantiles;
import lanewise.bench.results.Results;
import lanewise.bench.results.ResultsFile;

/**
 * Lanewise and the BLAS libraries in one process, one thread, in turns: rounds of short batches, so
 * that other load on the machine affects all of them equally.
 *
 * <p>Prints medians over the rounds; a ratio is the median of the rounds' ratios, with the 10th and
 * 90th percentile. Arguments, all optional: {@code --rounds 20 --millis 50 --out FILE.json [MxKxN
 * ...] [forward|backward|update ...]}.
 */
public final class SideBySide {
  private static final List<String> SHAPES =
      List.of("64x784x256", "64x256x128", "64x128x10", "60000x784x256", "1024x1024x1024");

  /** Warm-up ends after this many seconds without a faster batch. */
  private static final double WARM_UP_SECONDS = 1;

  private static final double LONGEST_WARM_UP = 10;

  /** A library whose single call takes this many batches runs in only a few rounds. */
  private static final int SLOW = 8;

  private static final int ROUNDS_OF_SLOW = 3;

  private final int rounds;
  private final double seconds;
  private final Results results = new Results();

  private SideBySide(int rounds, double seconds) {
    this.rounds = rounds;
    this.seconds = seconds;
  }

  /** See the class. */
  public static void main(String[] args) throws IOException {
    int rounds = 20;
    int millis = 50;
    Path out = null;
    List<String> shapes = new ArrayList<>();
    List<Product> products = new ArrayList<>();
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--rounds" -> rounds = Integer.parseInt(args[++i]);
        case "--millis" -> millis = Integer.parseInt(args[++i]);
        case "--out" -> out = Path.of(args[++i]);
        case "forward", "backward", "update" -> products.add(Product.named(args[i]));
        default -> shapes.add(args[i]);
      }
    }
    SideBySide contest = new SideBySide(rounds, millis / 1e3);
    contest.versions();
    contest.run(
        shapes.isEmpty() ? SHAPES : shapes,
        products.isEmpty() ? List.of(Product.values()) : products);
    if (out != null) {
      ResultsFile.write(out, contest.results);
    }
  }

  private void versions() throws IOException {
    Map<String, String> versions = results.versions();
    versions.put("OpenBLAS", Blas.OpenBlas.version());
    versions.put("MKL", Blas.Mkl.version());
    versions.put("netlib", mavenVersion("dev.ludovic.netlib/blas") + ", its " + VectorBlas.name());
    versions.put("EJML", mavenVersion("org.ejml/ejml-fdense"));
    print("Java      %s, vectors of %d floats", Runtime.version(), Width.SPECIES.length());
    versions.forEach((name, version) -> print("%-9s %s", name, version));
    print(
        "%d rounds of %.0f ms a batch; GFLOP/s on one thread; [10th..90th percentile]",
        rounds, seconds * 1e3);
    print("");
    StringBuilder head = new StringBuilder("m x k x n       product  |  peak |");
    Contender.LIBRARIES.forEach(library -> head.append("%11s".formatted(library)));
    print(head + " | of peak | lanewise/openblas | lanewise/mkl");
  }

  /** The version in the jar's pom.properties, if it has one. */
  private static String mavenVersion(String artifact) throws IOException {
    String file = "/META-INF/maven/" + artifact + "/pom.properties";
    try (var in = SideBySide.class.getResourceAsStream(file)) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", "of the version in pom.xml");
    }
  }

  private void run(List<String> shapes, List<Product> products) {
    for (String shape : shapes) {
      for (Product product : products) {
        compare(shape, product);
      }
    }
  }

  private void compare(String shape, Product product) {
    List<Turn> turns = new ArrayList<>();
    Layer layer = new Layer(shape);
    float[] before = layer.w.clone();
    for (String library : Contender.LIBRARIES) {
      // Lanewise works on the layer itself, so it is created first and the others copy the initial
      // values.
      turns.add(new Turn(library, Contender.named(library, layer)));
    }
    for (Turn turn : turns) {
      try {
        turn.warmUp(product, layer, before);
      } catch (RuntimeException e) {
        results.failures().add("sgemm %s %s, %s".formatted(shape, product, e.getMessage()));
        print("FAILED: %s %s, %s", shape, product, e.getMessage());
      }
    }
    turns.removeIf(turn -> turn.batch == 0);
    List<Double> peaks = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      peaks.add(FmaPeak.measure());
      for (int i = 0; i < turns.size(); i++) {
        // Each round starts with another library, so that none always follows the same one.
        Turn turn = turns.get((i + round) % turns.size());
        if (turn.last < SLOW * seconds || round < ROUNDS_OF_SLOW) {
          turn.rates.add(turn.batch / turn.time(product, turn.batch));
        }
      }
    }
    report(shape, product, layer, turns, Quantiles.median(peaks));
  }

  private void report(String shape, Product product, Layer layer, List<Turn> turns, double peak) {
    StringBuilder line = new StringBuilder("%-15s %-8s | %5.0f |".formatted(shape, product, peak));
    List<Double> ours = List.of();
    List<Double> openblas = List.of();
    List<Double> mkl = List.of();
    for (Turn turn : turns) {
      Measurement measurement =
          new Measurement(
              "sgemm",
              Map.of("shape", shape, "product", product.toString(), "library", turn.library),
              Measurement.RATE,
              layer.gflop(),
              layer.gbyte(product),
              100 * layer.gflop() * Quantiles.median(turn.rates) / peak,
              List.of(turn.rates));
      results.add(measurement);
      line.append("%11.1f".formatted(measurement.gflops()));
      switch (turn.library) {
        case "lanewise" -> ours = turn.rates;
        case "openblas" -> openblas = turn.rates;
        case "mkl" -> mkl = turn.rates;
        default -> {}
      }
    }
    print(
        "%s | %5.0f %% | %-17s | %s",
        line,
        ours.isEmpty() ? 0 : 100 * layer.gflop() * Quantiles.median(ours) / peak,
        ratio(ours, openblas),
        ratio(ours, mkl));
  }

  private static String ratio(List<Double> a, List<Double> b) {
    int count = Math.min(a.size(), b.size());
    if (count == 0) {
      return "-";
    }
    double[] ratios = new double[count];
    for (int i = 0; i < count; i++) {
      ratios[i] = a.get(i) / b.get(i);
    }
    List<Double> list = Arrays.stream(ratios).boxed().toList();
    return "%.2f [%.2f..%.2f]"
        .formatted(Quantiles.median(list), Quantiles.at(0.1, list), Quantiles.at(0.9, list));
  }

  private static void print(String format, Object... values) {
    System.out.println(format.formatted(values).stripTrailing());
  }

  /** One library's part in a contest. */
  private final class Turn {
    final String library;
    final List<Double> rates = new ArrayList<>();
    private final Contender contender;

    /** Calls a batch; 0 until the first call was checked. */
    int batch;

    /** Seconds of the last batch. */
    double last;

    Turn(String library, Contender contender) {
      this.library = library;
      this.contender = contender;
    }

    /** Checks the first call, then runs until warm. */
    void warmUp(Product product, Layer layer, float[] before) {
      contender.run(product);
      Agreement.check(library, product, layer, before, contender.output(product));
      int size = 1;
      double spent = 0;
      double best = 0;
      double improved = 0;
      // Until no batch has been faster for a while: C2 may be late on a busy machine.
      while (spent < improved + WARM_UP_SECONDS && spent < LONGEST_WARM_UP) {
        spent += time(product, size);
        if (size / last > 1.05 * best) {
          best = size / last;
          improved = spent > last ? spent : 0; // The first batch does not count as an improvement.
        }
        if (last < seconds / 2) {
          size *= 2;
        }
      }
      batch = (int) Math.max(1, Math.round(seconds * size / last));
    }

    double time(Product product, int calls) {
      long start = System.nanoTime();
      for (int i = 0; i < calls; i++) {
        contender.run(product);
      }
      last = (System.nanoTime() - start) / 1e9;
      return last;
    }
  }
}
