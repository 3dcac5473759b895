package lanewise.bench.charts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import lanewise.bench.results.Measurement;
import lanewise.bench.results.Results;

/**
 * GFLOP/s over operations a byte, both logarithmic, under the roofs of the arithmetic and of the
 * memories (Williams, Waterman, Patterson, Roofline: an insightful visual performance model,
 * Communications of the ACM 52, 2009). Bytes are the least that an operation has to move.
 */
final class Roofline {
  private static final double LEAST_INTENSITY = 0.06;
  private static final double MOST_INTENSITY = 800;
  private static final double LEAST = 0.4;
  private static final int MARGIN = 300;

  /** A point: its place and words. */
  private record Point(double intensity, double gflops, String name, int colour) {}

  private final Results results;

  Roofline(Results results) {
    this.results = results;
  }

  /** The FMA peak at the machine's own width. */
  static Optional<Measurement> peak(Results results) {
    return results.all("fma peak").stream().max(Comparator.comparingDouble(Measurement::gflops));
  }

  /** Empty without a peak or without kernels. */
  Optional<String> draw() {
    Optional<Measurement> peak = peak(results);
    List<Point> points = points();
    if (peak.isEmpty() || points.isEmpty()) {
      return Optional.empty();
    }
    double top = peak.get().gflops();
    Plot plot =
        new Plot(
            Pictures.TITLES.get("roofline"),
            new Plot.Axis(
                "floating-point operations a byte",
                LEAST_INTENSITY,
                MOST_INTENSITY,
                true,
                List.of(0.1, 1.0, 10.0, 100.0)),
            new Plot.Axis("GFLOP/s", LEAST, top * 1.9, true, List.of(1.0, 10.0, 100.0)),
            MARGIN);
    plot.roof(LEAST_INTENSITY, top, MOST_INTENSITY, top, "FMA peak " + Plot.number(round(top)));
    for (Measurement memory : results.all("bandwidth")) {
      slope(plot, memory, top);
    }
    points.sort(Comparator.comparingDouble(Point::gflops).reversed());
    int number = 1;
    double labelY = 68;
    for (Point point : points) {
      double x = plot.x(Math.max(LEAST_INTENSITY, Math.min(MOST_INTENSITY, point.intensity)));
      double y = plot.y(Math.max(LEAST, point.gflops));
      String words = "%s: %s GFLOP/s".formatted(point.name, Plot.number(round(point.gflops)));
      plot.svg.dot(x, y, 4, "s" + point.colour, words);
      plot.svg.text(x + 6, y + (number % 2 == 0 ? 11 : -4), "start", "small", "" + number);
      double edge = Plot.WIDTH - MARGIN + 16;
      plot.svg.dot(edge, labelY - 4, 4, "s" + point.colour, words);
      plot.svg.text(edge + 10, labelY, "start", "small", number + "  " + words);
      labelY += 15;
      number++;
    }
    return Optional.of(plot.svg.toString());
  }

  private static void slope(Plot plot, Measurement memory, double top) {
    double bytes = memory.gbyte() * memory.rate();
    double from = Math.max(LEAST_INTENSITY, LEAST / bytes);
    double to = top / bytes;
    plot.svg.line(plot.x(from), plot.y(from * bytes), plot.x(to), plot.y(top), "roof");
    double at = Math.max(LEAST_INTENSITY * 1.15, from);
    String words = "%s: %s GB/s".formatted(memory.params().get("size"), Plot.number(round(bytes)));
    plot.svg.text(plot.x(at), plot.y(at * bytes) - 8, "start", "soft small", words);
  }

  private static double round(double value) {
    return value >= 10 ? Math.rint(value) : Math.rint(value * 10) / 10;
  }

  private List<Point> points() {
    List<Point> points = new ArrayList<>();
    for (Measurement m : results.all("gemm")) {
      String product = m.params().getOrDefault("product", "forward");
      boolean own = m.params().get("lanes").equals(results.facts().get("lanes"));
      boolean square = m.params().get("shape").matches("(\\d+)x\\1x\\1");
      if (own && (!square || m.params().get("shape").startsWith("1024"))) {
        points.add(point(m, m.params().get("shape") + " " + product, 0));
      }
    }
    for (String product : List.of("forward", "update")) {
      results
          .find("input layer", "density", "digits", "product", product, "path", "sparse")
          .ifPresent(m -> points.add(point(m, "skipping zeros, " + product, 1)));
    }
    for (String name : List.of("softmaxDelta", "crossEntropy", "argMax", "updateBias", "exp")) {
      for (Measurement m : results.all(name)) {
        if (m.params().containsValue("simd")) {
          points.add(point(m, name, 2));
        }
      }
    }
    results
        .find("relu", "form", "pass alone")
        .ifPresent(m -> points.add(point(m, "ReLU, a pass of its own", 3)));
    results
        .find("weight update", "form", "pass alone")
        .ifPresent(m -> points.add(point(m, "weight update, a pass", 3)));
    for (String what : List.of("step", "epoch")) {
      results
          .find(what, "engine", "simd", "threads", "1")
          .ifPresent(m -> points.add(point(m, "training " + what + ", one thread", 4)));
    }
    return points;
  }

  private static Point point(Measurement m, String name, int colour) {
    return new Point(m.intensity(), m.gflops(), name, colour);
  }
}
