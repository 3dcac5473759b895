package lanewise.data.digits;

/**
 * A polyline that a pen follows, with the radius of the pen at each point; the pen may be lifted
 * between points. Reused for each digit.
 */
final class PenPath {
  private static final int CAPACITY = 256;

  final double[] x = new double[CAPACITY];
  final double[] y = new double[CAPACITY];

  /** The radius of the pen at each point. */
  final double[] radius = new double[CAPACITY];

  /** Whether ink connects point i - 1 to point i. */
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
