package lanewise.data.digits;

/**
 * Writes a digit the way some person might: the control points wobble, the pen presses now more,
 * now less, and the figure is elastically warped, stretched, slanted and turned.
 *
 * <p>The spreads are standard deviations. They were chosen so that pictures vary as MNIST's do in
 * width, slant and line width, with some distortion on top: it teaches a network to read hands that
 * {@link PenStrokes} does not know.
 */
final class Handwriting {
  /** Straight pieces into which the curve between two control points is cut. */
  private static final int PIECES = 5;

  private static final int MAX_CONTROL_POINTS = 32;

  private static final double POINT_WOBBLE = 4.0;
  private static final double END_WOBBLE = 6.0;

  /** The share of corners that a hurried pen rounds off. */
  private static final double ROUNDED_CORNERS = 0.35;

  /** Horizontal shift for each unit upwards: most people lean to the right. */
  private static final double SLANT_MEAN = 0.12;

  private static final double SLANT_SPREAD = 0.22;
  private static final double TURN_SPREAD_RADIANS = 0.08;
  private static final double STRETCH_MEDIAN = 1.12;
  private static final double STRETCH_LOG_SPREAD = 0.2;

  private static final double RADIUS_MEDIAN_PIXELS = 1.32;
  private static final double RADIUS_LOG_SPREAD = 0.29;
  private static final double PRESSURE_SPREAD = 0.28;

  /**
   * The line width of each digit relative to the median, about as in MNIST: pictures are scaled to
   * fill their box, so what is written small comes out broad.
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
   * pixels of the finished picture.
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
      trace(stroke.x().length, path);
    }
    deform(path, random);
  }

  private void wobble(PenStrokes.Stroke stroke, double penRadius, RowRandom random) {
    int n = stroke.x().length;
    for (int i = 0; i < n; i++) {
      boolean end = i == 0 || i == n - 1;
      double spread = end ? END_WOBBLE : POINT_WOBBLE;
      x[i] = stroke.x()[i] + spread * random.bell();
      y[i] = stroke.y()[i] + spread * random.bell();
      radius[i] = penRadius * (1 + PRESSURE_SPREAD * random.bell());
      corner[i] = end || stroke.corner()[i] && random.uniform() >= ROUNDED_CORNERS;
    }
  }

  /** Appends the curve through the first {@code n} control points: a cubic between each two. */
  private void trace(int n, PenPath path) {
    path.add(x[0], y[0], radius[0], false);
    for (int i = 0; i + 1 < n; i++) {
      double dx = x[i + 1] - x[i];
      double dy = y[i + 1] - y[i];
      double startX = corner[i] ? dx : tangent(x, i, i);
      double startY = corner[i] ? dy : tangent(y, i, i);
      double endX = corner[i + 1] ? dx : tangent(x, i + 1, i);
      double endY = corner[i + 1] ? dy : tangent(y, i + 1, i);
      // At a corner the curve is free: with one smooth end it becomes a parabola.
      if (corner[i] && !corner[i + 1]) {
        startX = 2 * dx - endX;
        startY = 2 * dy - endY;
      } else if (corner[i + 1] && !corner[i]) {
        endX = 2 * dx - startX;
        endY = 2 * dy - startY;
      }
      for (int j = 1; j <= PIECES; j++) {
        double t = (double) j / PIECES;
        path.add(
            x[i] + hermite(dx, startX, endX, t),
            y[i] + hermite(dy, startY, endY, t),
            radius[i] + t * (radius[i + 1] - radius[i]),
            true);
      }
    }
  }

  /** The cubic from 0 to {@code d} with the slopes {@code start} and {@code end}, at t in 0..1. */
  private static double hermite(double d, double start, double end, double t) {
    return t * (start + t * (3 * d - 2 * start - end + t * (start + end - 2 * d)));
  }

  /**
   * The slope at smooth control point {@code i}, for a parameter that grows by 1 along the piece of
   * curve from point {@code piece} to the next.
   */
  private double tangent(double[] p, int i, int piece) {
    double before = knotStep(i - 1);
    double after = knotStep(i);
    double slopeBefore = (p[i] - p[i - 1]) / before;
    double slopeAfter = (p[i + 1] - p[i]) / after;
    double slope = (slopeBefore * after + slopeAfter * before) / (before + after);
    return slope * (piece == i ? after : before);
  }

  /** Centripetal spacing: the curve neither overshoots nor loops where points lie unevenly. */
  private double knotStep(int i) {
    double dx = x[i + 1] - x[i];
    double dy = y[i + 1] - y[i];
    return Math.sqrt(Math.sqrt(dx * dx + dy * dy + 1e-6));
  }

  private void deform(PenPath path, RowRandom random) {
    warp.shake(random);
    double stretch = STRETCH_MEDIAN * StrictMath.exp(STRETCH_LOG_SPREAD * random.bell());
    double slant = SLANT_MEAN + SLANT_SPREAD * random.bell();
    double turn = TURN_SPREAD_RADIANS * random.bell();
    double cos = StrictMath.cos(turn);
    double sin = StrictMath.sin(turn);
    for (int i = 0; i < path.size; i++) {
      warp.move(path.x[i], path.y[i]);
      double slantedX = stretch * warp.x() - slant * warp.y();
      path.x[i] = cos * slantedX - sin * warp.y();
      path.y[i] = sin * slantedX + cos * warp.y();
    }
  }
}
