package lanewise.bench.peers;

import lanewise.bench.Layer;
import lanewise.bench.Product;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/** EJML's row-major float matrices; {@code CommonOps} picks its own loops by size. */
final class Ejml implements Contender {
  private final FMatrixRMaj x;
  private final FMatrixRMaj w;
  private final FMatrixRMaj dz;
  private final FMatrixRMaj y;
  private final FMatrixRMaj dx;

  /** Copies the layer. */
  Ejml(Layer layer) {
    x = FMatrixRMaj.wrap(layer.m, layer.k, layer.x.clone());
    w = FMatrixRMaj.wrap(layer.k, layer.n, layer.w.clone());
    dz = FMatrixRMaj.wrap(layer.m, layer.n, layer.dz.clone());
    y = FMatrixRMaj.wrap(layer.m, layer.n, layer.y.clone());
    dx = FMatrixRMaj.wrap(layer.m, layer.k, layer.dx.clone());
  }

  @Override
  public void run(Product product) {
    switch (product) {
      case FORWARD -> CommonOps_FDRM.mult(x, w, y);
      case BACKWARD -> CommonOps_FDRM.multTransB(dz, w, dx);
      case UPDATE -> CommonOps_FDRM.multAddTransA(-Layer.RATE, x, dz, w);
    }
  }

  @Override
  public float[] output(Product product) {
    return switch (product) {
      case FORWARD -> y.data;
      case BACKWARD -> dx.data;
      case UPDATE -> w.data;
    };
  }
}
