package lanewise.bench.charts;

import java.util.List;
import java.util.Locale;

/** Axes, a grid and the data drawn in it. */
final class Plot {
  static final int WIDTH = 860;
  static final int HEIGHT = 460;
  static final int TALL = 580;

  private static final int LEFT = 64;
  private static final int TOP = 56;
  private static final int BOTTOM = 56;

  /**
   * One axis.
   *
   * @param from the minimum value, above 0 if logarithmic
   * @param ticks values with a grid line and a number
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
  private final int bottom;

  /**
   * @param right the right margin, for a legend
   */
  Plot(String title, int height, Axis horizontal, Axis vertical, int right) {
    this.horizontal = horizontal;
    this.vertical = vertical;
    this.right = WIDTH - right;
    this.bottom = height - BOTTOM;
    svg = new Svg(WIDTH, height, title);
    for (double tick : horizontal.ticks()) {
      svg.line(x(tick), TOP, x(tick), bottom, "grid");
      svg.text(x(tick), bottom + 18, "middle", "soft small", number(tick));
    }
    for (double tick : vertical.ticks()) {
      svg.line(LEFT, y(tick), this.right, y(tick), "grid");
      svg.text(LEFT - 8, y(tick) + 4, "end", "soft small", number(tick));
    }
    svg.line(LEFT, bottom, this.right, bottom, "axis");
    svg.line(LEFT, TOP, LEFT, bottom, "axis");
    svg.text((LEFT + this.right) / 2.0, height - 14, "middle", "soft", horizontal.name());
    svg.text(LEFT - 8, TOP - 8, "start", "soft", vertical.name());
  }

  double x(double value) {
    return LEFT + horizontal.share(value) * (right - LEFT);
  }

  double y(double value) {
    return bottom - vertical.share(value) * (bottom - TOP);
  }

  /** Draws a line with dots through the values x0, y0, x1, y1, ..., labelled at its end. */
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

  /** Draws a limit as a line between two points, with text above its end. */
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
