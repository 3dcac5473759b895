package lanewise.bench.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import lanewise.bench.Layer;
import lanewise.bench.Product;
import lanewise.bench.Width;
import lanewise.bench.results.Measurement;
import lanewise.bench.results.Quantiles;
import lanewise.bench.results.Results;
import lanewise.bench.results.ResultsFile;

/**
 * Lanewise and other libraries in one process, one thread, in turns: rounds of short batches, so
 * that other load on the machine affects all of them equally. Products with the BLAS libraries, or
 * predictions with ONNX Runtime.
 *
 * <p>Prints medians over the rounds; a ratio is the median of the rounds' ratios, with the 10th and
 * 90th percentile. Arguments, all optional: {@code --rounds 20 --millis 50 --out FILE.json}, and
 * {@code predict} or {@code [MxKxN ...] [forward|backward|update ...]}.
 */
public final class SideBySide {
  private static final List<String> SHAPES =
      List.of("64x784x256", "64x256x128", "64x128x10", "60000x784x256", "1024x1024x1024");

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
    boolean predict = false;
    List<String> shapes = new ArrayList<>();
    List<Product> products = new ArrayList<>();
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--rounds" -> rounds = Integer.parseInt(args[++i]);
        case "--millis" -> millis = Integer.parseInt(args[++i]);
        case "--out" -> out = Path.of(args[++i]);
        case "predict" -> predict = true;
        case "forward", "backward", "update" -> products.add(Product.named(args[i]));
        default -> shapes.add(args[i]);
      }
    }
    SideBySide contest = new SideBySide(rounds, millis / 1e3);
    if (predict) {
      contest.predictions();
    } else {
      contest.products(
          shapes.isEmpty() ? SHAPES : shapes,
          products.isEmpty() ? List.of(Product.values()) : products);
    }
    if (out != null) {
      ResultsFile.write(out, contest.results);
    }
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

  private void products(List<String> shapes, List<Product> products) throws IOException {
    Map<String, String> versions = results.versions();
    versions.put("OpenBLAS", Blas.OpenBlas.version());
    versions.put("MKL", Blas.Mkl.version());
    versions.put("netlib", mavenVersion("dev.ludovic.netlib/blas") + ", its " + VectorBlas.name());
    versions.put("EJML", mavenVersion("org.ejml/ejml-fdense"));
    printSettings("GFLOP/s");
    StringBuilder head = new StringBuilder("m x k x n       product  |  peak |");
    Contender.LIBRARIES.forEach(library -> head.append("%11s".formatted(library)));
    print(head + " | of peak | lanewise/openblas | lanewise/mkl");
    for (String shape : shapes) {
      for (Product product : products) {
        compare(shape, product);
      }
    }
  }

  private void printSettings(String unit) {
    print("Java      %s, vectors of %d floats", Runtime.version(), Width.SPECIES.length());
    results.versions().forEach((name, version) -> print("%-9s %s", name, version));
    print(
        "%d rounds of %.0f ms a batch; %s on one thread; [10th..90th percentile]",
        rounds, seconds * 1e3, unit);
    print("");
  }

  private void compare(String shape, Product product) {
    Layer layer = new Layer(shape);
    float[] before = layer.w.clone();
    Map<String, Contender> contenders = new LinkedHashMap<>();
    for (String library : Contender.LIBRARIES) {
      // Lanewise works on the layer itself, so it is created first and the others copy the initial
      // values.
      contenders.put(library, Contender.named(library, layer));
    }
    Turns turns = new Turns(seconds);
    contenders.forEach(
        (library, contender) ->
            enter(
                turns,
                "sgemm %s %s".formatted(shape, product),
                library,
                () -> contender.run(product),
                () -> Agreement.check(library, product, layer, before, contender.output(product))));
    double peak = turns.run(rounds);
    Map<String, List<Double>> rates = turns.rates();
    StringBuilder line = new StringBuilder("%-15s %-8s | %5.0f |".formatted(shape, product, peak));
    rates.forEach(
        (library, own) -> {
          Measurement measurement =
              new Measurement(
                  "sgemm",
                  Map.of("shape", shape, "product", product.toString(), "library", library),
                  Measurement.RATE,
                  layer.gflop(),
                  layer.gbyte(product),
                  100 * layer.gflop() * Quantiles.median(own) / peak,
                  List.of(own));
          results.add(measurement);
          line.append("%11.1f".formatted(measurement.gflops()));
        });
    List<Double> ours = rates.getOrDefault("lanewise", List.of());
    print(
        "%s | %5.0f %% | %-17s | %s",
        line,
        ours.isEmpty() ? 0 : 100 * layer.gflop() * Quantiles.median(ours) / peak,
        ratio(rates, "openblas"),
        ratio(rates, "mkl"));
  }

  private void predictions() throws IOException {
    results.versions().put("ONNX Runtime", OnnxRuntime.version());
    printSettings("rows per second");
    StringBuilder head = new StringBuilder("rows |");
    PredictContender.LIBRARIES.forEach(library -> head.append("%21s".formatted(library)));
    print(head + " | lanewise/onnxruntime");
    Questions questions = new Questions();
    for (int rows : new int[] {1, Questions.ROWS}) {
      compare(questions, rows);
    }
  }

  private void compare(Questions questions, int rows) throws IOException {
    Map<String, PredictContender> contenders = new LinkedHashMap<>();
    Turns turns = new Turns(seconds);
    double peak;
    try {
      for (String library : PredictContender.LIBRARIES) {
        PredictContender contender = PredictContender.named(library, questions, rows);
        contenders.put(library, contender);
        enter(
            turns,
            "predictions, rows: " + rows,
            library,
            contender::run,
            () -> questions.check(library, contender.output()));
      }
      peak = turns.run(rounds);
    } finally {
      contenders.values().forEach(PredictContender::close);
    }
    StringBuilder line = new StringBuilder("%4d |".formatted(rows));
    turns
        .rates()
        .forEach(
            (library, runs) -> {
              List<Double> rates = runs.stream().map(rate -> rate * Questions.ROWS).toList();
              Measurement measurement =
                  new Measurement(
                      "predictions",
                      Map.of("rows", "" + rows, "library", library),
                      Measurement.RATE,
                      questions.gflop(),
                      questions.gbyte(rows),
                      100 * questions.gflop() * Quantiles.median(rates) / peak,
                      List.of(rates));
              results.add(measurement);
              line.append("%21.0f".formatted(measurement.rate()));
            });
    print("%s | %s", line, ratio(turns.rates(), "onnxruntime"));
  }

  /** Adds a library to the turns; if it fails, the others go on without it. */
  private void enter(Turns turns, String what, String library, Runnable call, Runnable check) {
    try {
      turns.add(library, call, check);
    } catch (RuntimeException e) {
      results.failures().add("%s, %s".formatted(what, e.getMessage()));
      print("FAILED: %s, %s", what, e.getMessage());
    }
  }

  private static String ratio(Map<String, List<Double>> rates, String library) {
    List<Double> ours = rates.getOrDefault("lanewise", List.of());
    List<Double> theirs = rates.getOrDefault(library, List.of());
    int count = Math.min(ours.size(), theirs.size());
    if (count == 0) {
      return "-";
    }
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ratios.add(ours.get(i) / theirs.get(i));
    }
    return "%.2f [%.2f..%.2f]"
        .formatted(Quantiles.median(ratios), Quantiles.at(0.1, ratios), Quantiles.at(0.9, ratios));
  }

  private static void print(String format, Object... values) {
    System.out.println(format.formatted(values).stripTrailing());
  }
}
