package lanewise.data.digits;

import lanewise.random.RowRandom;

/**
 * A smooth random displacement of the plane: a uniform cubic B-spline over a coarse grid of random
 * vectors, so that neighbouring points move alike.
 */
final class ElasticWarp {
  /** Grid vectors per side; each cell depends on the 4 x 4 vectors around it. */
  private static final int GRID = 6;

  private static final int CELLS = GRID - 3;
  private static final double CELL_WIDTH = 45;

  /** The left edge of the grid, which leaves a margin around the strokes. */
  private static final double LEFT = -30;

  private static final double TOP = -17;

  /** Standard deviation of the grid vectors; the spline smooths them to about half of it. */
  private static final double DEVIATION = 17.0;

  private final double[] gridX = new double[GRID * GRID];
  private final double[] gridY = new double[GRID * GRID];
  private final double[] columnWeights = new double[4];
  private final double[] rowWeights = new double[4];
  private double x;
  private double y;

  /** Draws a new random displacement of random strength. */
  void randomize(RowRandom random) {
    double deviation = DEVIATION * random.uniform(0.4, 1.6);
    for (int i = 0; i < GRID * GRID; i++) {
      gridX[i] = deviation * random.bell();
      gridY[i] = deviation * random.bell();
    }
  }

  /** Displaces a point, in the units of {@link PenStrokes}; x() and y() return the result. */
  void move(double fromX, double fromY) {
    int column = weigh((fromX - LEFT) / CELL_WIDTH, columnWeights);
    int row = weigh((fromY - TOP) / CELL_WIDTH, rowWeights);
    double dx = 0;
    double dy = 0;
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        double weight = rowWeights[i] * columnWeights[j];
        int vector = (row + i) * GRID + column + j;
        dx += weight * gridX[vector];
        dy += weight * gridY[vector];
      }
    }
    x = fromX + dx;
    y = fromY + dy;
  }

  double x() {
    return x;
  }

  double y() {
    return y;
  }

  /**
   * Computes the four B-spline weights at a position in cells, and returns the index of the first
   * grid line that they apply to. Positions outside are clamped to the edge of the grid.
   */
  private static int weigh(double position, double[] weights) {
    double inside = Math.max(0, Math.min(CELLS, position));
    int cell = Math.min(CELLS - 1, (int) inside);
    double t = inside - cell;
    double s = 1 - t;
    weights[0] = s * s * s / 6;
    weights[1] = (3 * t * t * t - 6 * t * t + 4) / 6;
    weights[2] = (3 * s * s * s - 6 * s * s + 4) / 6;
    weights[3] = t * t * t / 6;
    return cell;
  }
}
