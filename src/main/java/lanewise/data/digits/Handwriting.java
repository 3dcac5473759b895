package lanewise.data.digits;

import lanewise.random.RowRandom;

/**
 * Simulates one person's handwriting: the control points and the pressure vary at random, and the
 * digit is elastically warped, stretched, slanted and rotated.
 *
 * <p>Constants named SPREAD or WOBBLE are standard deviations. They were chosen so that images vary
 * as MNIST's do in width, slant and line width, plus some distortion, which helps a network to
 * generalise to handwriting unlike {@link PenStrokes}.
 */
final class Handwriting {
  /** Line segments per curve between two control points. */
  private static final int SEGMENTS = 5;

  private static final int MAX_CONTROL_POINTS = 32;

  private static final double POINT_WOBBLE = 4.0;
  private static final double END_WOBBLE = 6.0;

  /** Fraction of corners that are rounded off. */
  private static final double ROUNDED_CORNERS = 0.35;

  /** Horizontal shift per unit upwards: most handwriting leans to the right. */
  private static final double SLANT_MEAN = 0.12;

  private static final double SLANT_SPREAD = 0.22;
  private static final double ROTATION_SPREAD_RADIANS = 0.08;
  private static final double STRETCH_MEDIAN = 1.12;
  private static final double STRETCH_LOG_SPREAD = 0.2;

  private static final double RADIUS_MEDIAN_PIXELS = 1.32;
  private static final double RADIUS_LOG_SPREAD = 0.29;
  private static final double PRESSURE_SPREAD = 0.28;

  /**
   * The line width of each digit relative to the median, about as in MNIST: images are scaled to
   * fill their box, so digits that are written small get broad lines.
   */
  private static final double[] LINE_WIDTH = {
    1.09, 1.15, 1.00, 0.95, 0.93, 0.90, 0.93, 1.00, 0.85, 0.87
  };

  private final ElasticWarp warp = new ElasticWarp();
  private final double[] x = new double[MAX_CONTROL_POINTS];
  private final double[] y = new double[MAX_CONTROL_POINTS];
  private final double[] radius = new double[MAX_CONTROL_POINTS];
  private final boolean[] corner = new boolean[MAX_CONTROL_POINTS];

  /**
   * Writes {@code digit} into {@code path}: positions in the units of {@link PenStrokes}, radii in
   * pixels of the final image.
   */
  void write(int digit, RowRandom random, PenPath path) {
    PenStrokes.Style style = PenStrokes.choose(digit, random.uniform());
    double penRadius =
        LINE_WIDTH[digit]
            * RADIUS_MEDIAN_PIXELS
            * StrictMath.exp(RADIUS_LOG_SPREAD * random.bell());
    path.size = 0;
    for (PenStrokes.Stroke stroke : style.strokes()) {
      wobble(stroke, penRadius, random);
      trace(stroke.points().size(), path);
    }
    deform(path, random);
  }

  private void wobble(PenStrokes.Stroke stroke, double penRadius, RowRandom random) {
    int n = stroke.points().size();
    for (int i = 0; i < n; i++) {
      boolean end = i == 0 || i == n - 1;
      PenStrokes.Point point = stroke.points().get(i);
      double spread = end ? END_WOBBLE : POINT_WOBBLE;
      x[i] = point.x() + spread * random.bell();
      y[i] = point.y() + spread * random.bell();
      radius[i] = penRadius * (1 + PRESSURE_SPREAD * random.bell());
      corner[i] = end || point.corner() && random.uniform() >= ROUNDED_CORNERS;
    }
  }

  /** Appends a piecewise cubic curve through the first {@code n} control points. */
  private void trace(int n, PenPath path) {
    path.add(x[0], y[0], radius[0], false);
    for (int i = 0; i + 1 < n; i++) {
      double dx = x[i + 1] - x[i];
      double dy = y[i + 1] - y[i];
      double startX = corner[i] ? dx : tangent(x, i, i);
      double startY = corner[i] ? dy : tangent(y, i, i);
      double endX = corner[i + 1] ? dx : tangent(x, i + 1, i);
      double endY = corner[i + 1] ? dy : tangent(y, i + 1, i);
      // The slope at a corner is free: with one smooth end, the curve is a parabola.
      if (corner[i] && !corner[i + 1]) {
        startX = 2 * dx - endX;
        startY = 2 * dy - endY;
      } else if (corner[i + 1] && !corner[i]) {
        endX = 2 * dx - startX;
        endY = 2 * dy - startY;
      }
      for (int j = 1; j <= SEGMENTS; j++) {
        double t = (double) j / SEGMENTS;
        path.add(
            x[i] + hermite(dx, startX, endX, t),
            y[i] + hermite(dy, startY, endY, t),
            radius[i] + t * (radius[i + 1] - radius[i]),
            true);
      }
    }
  }

  /**
   * Evaluates the cubic from 0 to {@code d} with the given slopes at its ends, at t from 0 to 1.
   */
  private static double hermite(double d, double start, double end, double t) {
    return t * (start + t * (3 * d - 2 * start - end + t * (start + end - 2 * d)));
  }

  /**
   * Returns the slope at smooth control point {@code i}, for a parameter that grows by 1 between
   * the points {@code segment} and {@code segment + 1}.
   */
  private double tangent(double[] p, int i, int segment) {
    double before = knotStep(i - 1);
    double after = knotStep(i);
    double slopeBefore = (p[i] - p[i - 1]) / before;
    double slopeAfter = (p[i + 1] - p[i]) / after;
    double slope = (slopeBefore * after + slopeAfter * before) / (before + after);
    return slope * (segment == i ? after : before);
  }

  /** Centripetal spacing, which avoids overshoot and loops between unevenly spaced points. */
  private double knotStep(int i) {
    double dx = x[i + 1] - x[i];
    double dy = y[i + 1] - y[i];
    return Math.sqrt(Math.sqrt(dx * dx + dy * dy + 1e-6));
  }

  private void deform(PenPath path, RowRandom random) {
    warp.randomize(random);
    double stretch = STRETCH_MEDIAN * StrictMath.exp(STRETCH_LOG_SPREAD * random.bell());
    double slant = SLANT_MEAN + SLANT_SPREAD * random.bell();
    double angle = ROTATION_SPREAD_RADIANS * random.bell();
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    for (int i = 0; i < path.size; i++) {
      warp.move(path.x[i], path.y[i]);
      double slantedX = stretch * warp.x() - slant * warp.y();
      path.x[i] = cos * slantedX - sin * warp.y();
      path.y[i] = sin * slantedX + cos * warp.y();
    }
  }
}
