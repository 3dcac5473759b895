package lanewise.nn;

import lanewise.kernel.Kernels;
import lanewise.kernel.SparseColumns;
import lanewise.kernel.SparseRows;

/**
 * One worker's columns of the input layer during an epoch: its weights (inputs, columns) and what
 * belongs to them, in arrays of its own. They stay in one core's cache; in the shared arrays,
 * columns of two workers would also meet in a cache line of every row.
 */
final class InputColumns {
  private final Mlp net;
  private final Kernels kernels;
  private final int from;
  private final int columns;
  private final float[] weights;
  private final float[] deltas;

  /**
   * Columns {@code from} to {@code from + columns - 1} of what the first layer of several puts out.
   */
  InputColumns(Mlp net, Kernels kernels, int batch, int from, int columns) {
    this.net = net;
    this.kernels = kernels;
    this.from = from;
    this.columns = columns;
    this.weights = new float[net.inputs() * columns];
    this.deltas = new float[batch * columns];
  }

  /** Takes the weights from the network. */
  void take() {
    for (int row = 0; row < net.inputs(); row++) {
      System.arraycopy(net.parameters(), place(row), weights, row * columns, columns);
    }
  }

  /** Gives the weights back to the network. */
  void giveBack() {
    for (int row = 0; row < net.inputs(); row++) {
      System.arraycopy(weights, row * columns, net.parameters(), place(row), columns);
    }
  }

  private int place(int row) {
    return net.weightsAt(0) + row * net.width(1) + from;
  }

  /** These columns of {@code y (rows, width(1))}. */
  void forward(SparseRows x, float[] y) {
    kernels.forwardSparse(
        x,
        0,
        x.groups(),
        columns,
        weights,
        0,
        columns,
        net.parameters(),
        net.biasesAt(0) + from,
        y,
        from,
        net.width(1),
        true);
  }

  /**
   * These columns' deltas from those of the next layer, and the step. The deltas come from the same
   * rows of the next layer's weights, which nobody else reads at this time.
   *
   * @param y what {@link #forward} put out
   * @param dz the next layer's deltas (m, width(2))
   */
  void update(SparseColumns x, int m, float[] y, float[] dz, float step) {
    int n = net.width(2);
    kernels.backward(
        m,
        n,
        columns,
        dz,
        0,
        n,
        net.parameters(),
        net.weightsAt(1) + from * n,
        n,
        y,
        from,
        net.width(1),
        deltas,
        0,
        columns);
    kernels.updateSparse(x, 0, x.strips(), columns, deltas, 0, columns, weights, 0, columns, step);
    kernels.updateBias(
        m, columns, deltas, 0, columns, net.parameters(), net.biasesAt(0) + from, step);
  }
}
