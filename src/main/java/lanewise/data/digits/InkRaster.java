package lanewise.data.digits;

import java.util.Arrays;

/**
 * Renders a {@link PenPath} as MNIST's digits are: the longer side of the ink is scaled to 20
 * pixels, drawn with soft edges, and placed at whole pixels so that its centre of mass is in the
 * middle of the 28 x 28 image.
 */
final class InkRaster {
  private static final int SIDE = BuiltinDigits.SIDE;
  private static final int BOX = 20;

  /** The row and column on which MNIST's centres of mass lie. */
  private static final int CENTRE = 14;

  /** Width of the soft edge in pixels. */
  private static final double EDGE = 1.2;

  /** Depth of each pixel of the box in the ink, in pixels: 0 outside, full ink from EDGE on. */
  private final double[] depth = new double[BOX * BOX];

  private double left;
  private double top;
  private double width;
  private double height;

  /** Scales a path and renders it into the 784 bytes of {@code pixels} from {@code offset} on. */
  void render(PenPath path, byte[] pixels, int offset) {
    fit(path);
    Arrays.fill(depth, 0);
    for (int i = 1; i < path.size; i++) {
      if (path.down[i]) {
        renderSegment(path, i - 1, i);
      }
    }
    centre(pixels, offset);
  }

  /** Scales and shifts a path so that its ink, including soft edges, just fits the box. */
  private void fit(PenPath path) {
    double maxRadius = 0;
    for (int i = 0; i < path.size; i++) {
      path.radius[i] += EDGE / 2;
      maxRadius = Math.max(maxRadius, path.radius[i]);
    }
    measure(path, 1, 0);
    double room = BOX - 2 * maxRadius;
    double scale = room / Math.max(width, height);
    // The outermost points need not have the largest radius: use the remaining room. The ink grows
    // at most as fast as the path, so it still fits the box.
    measure(path, scale, 1);
    scale *= 1 + (BOX - Math.max(width, height)) / room;
    measure(path, scale, 1);
    // Whole pixels, so that the left and top edges of the ink are crisp.
    double marginX = Math.floor((BOX - width + 1) / 2);
    double marginY = Math.floor((BOX - height + 1) / 2);
    for (int i = 0; i < path.size; i++) {
      path.x[i] = path.x[i] * scale - left + marginX;
      path.y[i] = path.y[i] * scale - top + marginY;
    }
  }

  /** Finds the bounding box of the scaled path, with {@code padding} radii around each point. */
  private void measure(PenPath path, double scale, double padding) {
    left = Double.POSITIVE_INFINITY;
    top = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    double bottom = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < path.size; i++) {
      double pad = padding * path.radius[i];
      left = Math.min(left, path.x[i] * scale - pad);
      right = Math.max(right, path.x[i] * scale + pad);
      top = Math.min(top, path.y[i] * scale - pad);
      bottom = Math.max(bottom, path.y[i] * scale + pad);
    }
    width = right - left;
    height = bottom - top;
  }

  /** Renders the segment from point {@code a} to point {@code b}. */
  private void renderSegment(PenPath path, int a, int b) {
    double startX = path.x[a];
    double startY = path.y[a];
    double startRadius = path.radius[a];
    double dx = path.x[b] - startX;
    double dy = path.y[b] - startY;
    double dr = path.radius[b] - startRadius;
    double perSquaredLength = 1 / (dx * dx + dy * dy + 1e-12);
    double reach = Math.max(startRadius, startRadius + dr);
    int firstColumn = pixel(Math.min(startX, startX + dx) - reach);
    int lastColumn = pixel(Math.max(startX, startX + dx) + reach);
    int firstRow = pixel(Math.min(startY, startY + dy) - reach);
    int lastRow = pixel(Math.max(startY, startY + dy) + reach);
    for (int row = firstRow; row <= lastRow; row++) {
      double fromY = row + 0.5 - startY;
      for (int column = firstColumn; column <= lastColumn; column++) {
        double fromX = column + 0.5 - startX;
        // The nearest point of the segment, from 0 at its start to 1 at its end.
        double t = Math.max(0, Math.min(1, (fromX * dx + fromY * dy) * perSquaredLength));
        double offX = fromX - t * dx;
        double offY = fromY - t * dy;
        double radius = startRadius + t * dr;
        double squared = offX * offX + offY * offY;
        if (squared < radius * radius) {
          int pixel = row * BOX + column;
          depth[pixel] = Math.max(depth[pixel], radius - Math.sqrt(squared));
        }
      }
    }
  }

  private static int pixel(double position) {
    return (int) Math.max(0, Math.min(BOX - 1, position));
  }

  /** Copies the box into the image so that its centre of mass is nearest to the middle. */
  private void centre(byte[] pixels, int offset) {
    int mass = 0;
    int momentX = 0;
    int momentY = 0;
    for (int row = 0; row < BOX; row++) {
      for (int column = 0; column < BOX; column++) {
        int grey = grey(row, column);
        mass += grey;
        momentX += grey * column;
        momentY += grey * row;
      }
    }
    int boxLeft = boxStart((double) momentX / mass);
    int boxTop = boxStart((double) momentY / mass);
    Arrays.fill(pixels, offset, offset + SIDE * SIDE, (byte) 0);
    for (int row = 0; row < BOX; row++) {
      int to = offset + (boxTop + row) * SIDE + boxLeft;
      for (int column = 0; column < BOX; column++) {
        pixels[to + column] = (byte) grey(row, column);
      }
    }
  }

  /** Returns the first row or column of the box in the image, given its centre of mass. */
  private static int boxStart(double centreOfMass) {
    int wanted = (int) Math.floor(CENTRE - centreOfMass + 0.5);
    return Math.max(0, Math.min(SIDE - BOX, wanted));
  }

  private int grey(int row, int column) {
    return (int) (255 * Math.min(1, depth[row * BOX + column] / EDGE) + 0.5);
  }
}
