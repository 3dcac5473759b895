package lanewise.bench.peers;

import dev.ludovic.netlib.blas.JavaBLAS;
import lanewise.bench.Layer;
import lanewise.bench.Product;

/**
 * netlib's BLAS on the Vector API, on heap arrays. It is column-major: a row-major matrix is its
 * transpose there, so each product is computed as {@code (a b)^T = b^T a^T}, without a copy.
 */
final class VectorBlas implements Contender {
  private static final JavaBLAS BLAS = JavaBLAS.getInstance();

  private final int m;
  private final int k;
  private final int n;
  private final float[] x;
  private final float[] w;
  private final float[] dz;
  private final float[] y;
  private final float[] dx;

  /** Copies the layer. */
  VectorBlas(Layer layer) {
    if (!name().equals("VectorBLAS")) {
      throw new IllegalStateException("netlib takes its " + name() + ", not VectorBLAS");
    }
    m = layer.m;
    k = layer.k;
    n = layer.n;
    x = layer.x.clone();
    w = layer.w.clone();
    dz = layer.dz.clone();
    y = layer.y.clone();
    dx = layer.dx.clone();
  }

  /** The implementation that netlib chose. */
  static String name() {
    return BLAS.getClass().getSimpleName();
  }

  @Override
  public void run(Product product) {
    switch (product) {
      case FORWARD -> BLAS.sgemm("N", "N", n, m, k, 1, w, n, x, k, 0, y, n);
      case BACKWARD -> BLAS.sgemm("T", "N", k, m, n, 1, w, n, dz, n, 0, dx, k);
      case UPDATE -> BLAS.sgemm("N", "T", n, k, m, -Layer.RATE, dz, n, x, k, 1, w, n);
    }
  }

  @Override
  public float[] output(Product product) {
    return switch (product) {
      case FORWARD -> y;
      case BACKWARD -> dx;
      case UPDATE -> w;
    };
  }
}
