package lanewise.bench.charts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import lanewise.bench.results.Measurement;
import lanewise.bench.results.Results;

/**
 * Roofline chart: GFLOP/s over operations per byte, both logarithmic, under the roofs of arithmetic
 * and memory (Williams, Waterman, Patterson, Roofline: an insightful visual performance model,
 * Communications of the ACM 52, 2009). Bytes are the minimum that an operation has to move.
 */
final class Roofline {
  private static final double MIN_INTENSITY = 0.06;
  private static final double MAX_INTENSITY = 800;
  private static final double MIN_GFLOPS = 0.4;
  private static final int MARGIN = 300;

  /** A point: its position and label. */
  private record Point(double intensity, double gflops, String name, int colour) {}

  private final Results results;

  Roofline(Results results) {
    this.results = results;
  }

  /** The FMA peak at the machine's full vector width. */
  static Optional<Measurement> peak(Results results) {
    return results.all("fma peak").stream().max(Comparator.comparingDouble(Measurement::gflops));
  }

  /** Returns the SVG; empty without a peak or without kernels. */
  Optional<String> draw() {
    Optional<Measurement> peak = peak(results);
    List<Point> points = points();
    if (peak.isEmpty() || points.isEmpty()) {
      return Optional.empty();
    }
    double top = peak.get().gflops();
    double highest = points.stream().mapToDouble(Point::gflops).max().getAsDouble();
    Plot plot =
        new Plot(
            Pictures.TITLES.get("roofline"),
            Plot.TALL,
            new Plot.Axis(
                "floating-point operations per byte",
                MIN_INTENSITY,
                MAX_INTENSITY,
                true,
                List.of(0.1, 1.0, 10.0, 100.0)),
            new Plot.Axis(
                "GFLOP/s",
                MIN_GFLOPS,
                1.4 * Math.max(top, highest),
                true,
                List.of(1.0, 10.0, 100.0)),
            MARGIN);
    plot.roof(MIN_INTENSITY, top, MAX_INTENSITY, top, "FMA peak " + Plot.number(round(top)));
    for (Measurement memory : results.all("bandwidth")) {
      slope(plot, memory, top);
    }
    points.sort(Comparator.comparingDouble(Point::gflops).reversed());
    List<double[]> taken = new ArrayList<>();
    for (int i = 0; i < 4; i++) { // Keep clear of the label on the roof.
      taken.add(new double[] {plot.x(MAX_INTENSITY) - 15 - 20 * i, plot.y(top) - 10});
    }
    for (Point point : points) {
      taken.add(new double[] {x(plot, point), y(plot, point)});
    }
    for (int i = 0; i < points.size(); i++) {
      draw(plot, points.get(i), i + 1, taken);
    }
    return Optional.of(plot.svg.toString());
  }

  private static double x(Plot plot, Point point) {
    return plot.x(Math.max(MIN_INTENSITY, Math.min(MAX_INTENSITY, point.intensity)));
  }

  private static double y(Plot plot, Point point) {
    return plot.y(Math.max(MIN_GFLOPS, point.gflops));
  }

  /** Draws a point with its number in the legend. */
  private static void draw(Plot plot, Point point, int number, List<double[]> taken) {
    String words = "%s: %s GFLOP/s".formatted(point.name, Plot.number(round(point.gflops)));
    plot.svg.dot(x(plot, point), y(plot, point), 4, "s" + point.colour, words);
    double[] place = place(x(plot, point), y(plot, point), taken);
    taken.add(place);
    plot.svg.text(place[0], place[1] + 4, "middle", "small", "" + number);
    double edge = Plot.WIDTH - MARGIN + 16;
    double labelY = 56 + 17 * number;
    plot.svg.dot(edge, labelY - 4, 4, "s" + point.colour, words);
    plot.svg.text(edge + 10, labelY, "start", "small", number + "  " + words);
  }

  /** Finds where a number fits: as close to its point as the others allow. */
  private static double[] place(double x, double y, List<double[]> taken) {
    for (double radius = 13; radius < 80; radius += 5) {
      for (int turn = 0; turn < 12; turn++) {
        double angle = Math.PI * (turn - 2) / 6;
        double[] place = {x + radius * Math.cos(angle), y + radius * Math.sin(angle)};
        boolean free =
            taken.stream()
                .noneMatch(
                    other ->
                        Math.abs(other[0] - place[0]) < 15 && Math.abs(other[1] - place[1]) < 11);
        if (free) {
          return place;
        }
      }
    }
    return new double[] {x + 10, y};
  }

  private static void slope(Plot plot, Measurement memory, double top) {
    double bytes = memory.gbyte() * memory.rate();
    double from = Math.max(MIN_INTENSITY, MIN_GFLOPS / bytes);
    double to = top / bytes;
    double x = plot.x(to);
    double y = plot.y(top);
    plot.svg.line(plot.x(from), plot.y(from * bytes), x, y, "roof");
    double degrees = Math.toDegrees(Math.atan2(plot.y(from * bytes) - y, x - plot.x(from)));
    String words = "%s: %s GB/s".formatted(memory.params().get("size"), Plot.number(round(bytes)));
    plot.svg.alongSlope(
        x - 10, y + 10 * Math.tan(Math.toRadians(degrees)), degrees, "soft small", words);
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
        .ifPresent(m -> points.add(point(m, "ReLU, separate pass", 3)));
    results
        .find("weight update", "form", "pass alone")
        .ifPresent(m -> points.add(point(m, "weight update, separate pass", 3)));
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
