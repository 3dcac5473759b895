package lanewise.bench.charts;

import java.util.List;
import java.util.Locale;

/** Axes, a grid and what is drawn between them. */
final class Plot {
  static final int WIDTH = 860;
  static final int HEIGHT = 460;

  private static final int LEFT = 64;
  private static final int TOP = 56;
  private static final int BOTTOM = 56;

  /**
   * One axis.
   *
   * @param from the least value, above 0 if logarithmic
   * @param ticks values with a line and a number
   */
  record Axis(String name, double from, double to, boolean logarithmic, List<Double> ticks) {
    double share(double value) {
      return logarithmic
          ? Math.log(value / from) / Math.log(to / from)
          : (value - from) / (to - from);
    }
  }

  final Svg svg;
  private final Axis horizontal;
  private final Axis vertical;
  private final int right;

  /**
   * @param right the margin there, for a legend
   */
  Plot(String title, Axis horizontal, Axis vertical, int right) {
    this.horizontal = horizontal;
    this.vertical = vertical;
    this.right = WIDTH - right;
    svg = new Svg(WIDTH, HEIGHT, title);
    for (double tick : horizontal.ticks()) {
      svg.line(x(tick), TOP, x(tick), HEIGHT - BOTTOM, "grid");
      svg.text(x(tick), HEIGHT - BOTTOM + 18, "middle", "soft small", number(tick));
    }
    for (double tick : vertical.ticks()) {
      svg.line(LEFT, y(tick), this.right, y(tick), "grid");
      svg.text(LEFT - 8, y(tick) + 4, "end", "soft small", number(tick));
    }
    svg.line(LEFT, HEIGHT - BOTTOM, this.right, HEIGHT - BOTTOM, "axis");
    svg.line(LEFT, TOP, LEFT, HEIGHT - BOTTOM, "axis");
    svg.text((LEFT + this.right) / 2.0, HEIGHT - 14, "middle", "soft", horizontal.name());
    svg.text(LEFT - 8, TOP - 8, "start", "soft", vertical.name());
  }

  double x(double value) {
    return LEFT + horizontal.share(value) * (right - LEFT);
  }

  double y(double value) {
    return HEIGHT - BOTTOM - vertical.share(value) * (HEIGHT - BOTTOM - TOP);
  }

  /** A line with dots through values x0, y0, x1, y1, ..., its name behind the last. */
  void series(int colour, String name, double[] values, double labelY) {
    double[] points = new double[values.length];
    for (int i = 0; i < values.length; i += 2) {
      points[i] = x(values[i]);
      points[i + 1] = y(values[i + 1]);
    }
    svg.polyline(points, "s" + colour);
    for (int i = 0; i < values.length; i += 2) {
      String words = "%s: %s".formatted(name, number(values[i + 1]));
      svg.dot(points[i], points[i + 1], 4, "s" + colour, words);
    }
    svg.dot(right + 14, labelY - 4, 4, "s" + colour, name);
    svg.text(right + 24, labelY, "start", "", name);
  }

  /** A line of limit, from one point to another, with words above its end. */
  void roof(double x1, double y1, double x2, double y2, String words) {
    svg.line(x(x1), y(y1), x(x2), y(y2), "roof");
    svg.text(x(x2) - 4, y(y2) - 6, "end", "soft small", words);
  }

  static String number(double value) {
    return value >= 1 && value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%.3g", value).replaceAll("\\.?0+$", "");
  }
}
