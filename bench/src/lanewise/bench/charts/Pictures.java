package lanewise.bench.charts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lanewise.bench.results.Measurement;
import lanewise.bench.results.Results;

/** The charts of a comparison; anything that was not measured is omitted. */
public final class Pictures {
  /** The name of each chart, and what it shows. */
  public static final Map<String, String> TITLES =
      Map.of(
          "roofline", "Roofline: every kernel of the engine, one core",
          "sizes", "Square products, one thread: GFLOP/s over size",
          "threads", "Speed-up by threads");

  private static final List<Integer> SQUARES = List.of(64, 128, 256, 512, 1024, 2048);

  private final Results results;

  public Pictures(Results results) {
    this.results = results;
  }

  /** Returns the SVGs by name, without those that would be empty. */
  public Map<String, String> all() {
    Map<String, String> pictures = new LinkedHashMap<>();
    new Roofline(results).draw().ifPresent(svg -> pictures.put("roofline", svg));
    sizes().ifPresent(svg -> pictures.put("sizes", svg));
    threads().ifPresent(svg -> pictures.put("threads", svg));
    return pictures;
  }

  private Optional<String> sizes() {
    Optional<Measurement> peak = Roofline.peak(results);
    Map<String, double[]> series = new LinkedHashMap<>();
    String[][] libraries = {
      {"lanewise", "Lanewise"},
      {"openblas", "OpenBLAS"},
      {"mkl", "MKL"},
      {"vectorblas", "VectorBLAS"},
      {"ejml", "EJML"}
    };
    double max = peak.map(Measurement::gflops).orElse(10.0);
    for (String[] library : libraries) {
      List<Double> values = new ArrayList<>();
      for (int n : SQUARES) {
        String shape = "%dx%dx%d".formatted(n, n, n);
        Optional<Measurement> found = results.find("sgemm", "shape", shape, "library", library[0]);
        if (found.isEmpty() && library[0].equals("lanewise")) {
          found = results.find("gemm", "shape", shape, "engine", "simd");
        }
        if (found.isPresent()) {
          values.add((double) n);
          values.add(found.get().gflops());
          max = Math.max(max, found.get().gflops());
        }
      }
      if (!values.isEmpty()) {
        series.put(library[1], values.stream().mapToDouble(v -> v).toArray());
      }
    }
    if (series.isEmpty()) {
      return Optional.empty();
    }
    List<Double> sizes = SQUARES.stream().map(n -> (double) n).toList();
    Plot plot =
        new Plot(
            TITLES.get("sizes"),
            Plot.HEIGHT,
            new Plot.Axis("m = k = n", 64 / 1.2, 2048 * 1.2, true, sizes),
            new Plot.Axis("GFLOP/s", 0, 1.12 * max, false, steps(1.12 * max)),
            150);
    peak.ifPresent(
        p -> plot.roof(64 / 1.2, p.gflops(), 2048 * 1.2, p.gflops(), "FMA peak of one core"));
    draw(plot, series);
    return Optional.of(plot.svg.toString());
  }

  private Optional<String> threads() {
    Map<String, double[]> series = new LinkedHashMap<>();
    int max = 1;
    String[][] what = {
      {"step", "simd", "Lanewise, step"},
      {"epoch", "simd", "Lanewise, epoch"},
      {"step", "scalar", "scalar, step"},
      {"epoch", "scalar", "scalar, epoch"}
    };
    for (String[] one : what) {
      add(
          series,
          one[2],
          results.all(one[0]).stream()
              .filter(m -> one[1].equals(m.params().get("engine")))
              .toList());
    }
    for (String who : List.of("NumPy", "PyTorch")) {
      add(
          series,
          who + ", epoch",
          results.all("epoch").stream()
              .filter(m -> who.equals(m.params().get("who")))
              .filter(m -> m.params().get("what").equals("train and evaluate"))
              .toList());
    }
    for (double[] values : series.values()) {
      for (int i = 0; i < values.length; i += 2) {
        max = Math.max(max, (int) values[i]);
      }
    }
    if (max == 1) {
      return Optional.empty(); // With one core there is nothing to show.
    }
    List<Double> counts = new ArrayList<>();
    for (double count = 1; count < max; count *= 2) {
      counts.add(count);
    }
    counts.add((double) max);
    double high = max * 1.1;
    Plot plot =
        new Plot(
            TITLES.get("threads"),
            Plot.HEIGHT,
            new Plot.Axis("threads", 0.9, high, true, counts),
            new Plot.Axis("speed-up over one thread", 0, high, false, steps(high)),
            190);
    plot.roof(1, 1, max, max, "perfect");
    draw(plot, series);
    return Optional.of(plot.svg.toString());
  }

  /** Speed-ups over one thread, if it and at least one other thread count were measured. */
  private static void add(
      Map<String, double[]> series, String name, List<Measurement> measurements) {
    Optional<Measurement> one =
        measurements.stream().filter(m -> m.params().get("threads").equals("1")).findFirst();
    if (one.isEmpty() || measurements.size() < 2) {
      return;
    }
    double[] values = new double[2 * measurements.size()];
    for (int i = 0; i < measurements.size(); i++) {
      values[2 * i] = Integer.parseInt(measurements.get(i).params().get("threads"));
      values[2 * i + 1] = measurements.get(i).rate() / one.get().rate();
    }
    series.put(name, values);
  }

  private static void draw(Plot plot, Map<String, double[]> series) {
    int colour = 0;
    for (Map.Entry<String, double[]> one : series.entrySet()) {
      plot.series(colour, one.getKey(), one.getValue(), 80 + 24 * colour);
      colour++;
    }
  }

  /** About five round numbers from 0 to at most {@code to}. */
  static List<Double> steps(double to) {
    double unit = Math.pow(10, Math.floor(Math.log10(to / 2)));
    while (to / unit > 6) {
      unit *= to / unit > 12 ? 5 : 2;
    }
    List<Double> steps = new ArrayList<>();
    for (int i = 0; i * unit <= to; i++) {
      steps.add(i * unit);
    }
    return steps;
  }
}
