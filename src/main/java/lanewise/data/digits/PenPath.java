package lanewise.data.digits;

/**
 * A polyline that a pen follows, with the pen's radius at each point; the pen may be lifted between
 * points. Reused from picture to picture.
 */
final class PenPath {
  private static final int CAPACITY = 256;

  final double[] x = new double[CAPACITY];
  final double[] y = new double[CAPACITY];

  /** The pen's radius at each point. */
  final double[] radius = new double[CAPACITY];

  /** Whether ink joins point i to point i - 1. */
  final boolean[] down = new boolean[CAPACITY];

  int size;

  void add(double px, double py, double r, boolean penDown) {
    x[size] = px;
    y[size] = py;
    radius[size] = r;
    down[size] = penDown;
    size++;
  }
}
