package lanewise.kernel;

import static lanewise.kernel.Lanes.L;
import static lanewise.kernel.Lanes.MASKS;
import static lanewise.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The SIMD engine on the JDK's Vector API: the lanes of a vector are different outputs, and each
 * lane computes its chain as {@link ScalarKernels} does. Loaded only if the module {@code
 * jdk.incubator.vector} is available.
 */
final class VectorKernels extends Kernels {
  /** Typed as {@link Kernels}: otherwise the verifier would load this class along with that one. */
  static final Kernels INSTANCE = new VectorKernels();

  private VectorKernels() {}

  @Override
  public String name() {
    return "simd";
  }

  @Override
  public int lanes() {
    return L;
  }

  @Override
  public boolean skipsZeros() {
    return true;
  }

  @Override
  void doForward(int m, int n, int k, Operands o, Transfer transfer, boolean skipZeros) {
    float floor = floor(transfer);
    int yOffset = o.c.offset;
    int done = skipZeros ? SparseProducts.forwardRows(m, n, k, o, floor) : 0;
    o.b.offset += done;
    o.c.offset += done;
    o.other.offset += done;
    Gemm.ofThread().forward(m, n - done, k, o, floor);
    if (transfer == Transfer.TANH) {
      VectorTanh.tanh(m, n, o.c.array, yOffset, o.c.row, o);
    }
  }

  @Override
  void doBackward(int m, int n, int k, Operands o, Transfer transfer) {
    Gemm.ofThread().backward(m, n, k, o, transfer == Transfer.RELU);
    if (transfer == Transfer.TANH) {
      VectorTanh.multiplyBySlopes(m, k, o);
    }
  }

  @Override
  void doUpdate(int m, int n, int k, Operands o, Step step) {
    Gemm.ofThread().update(m, n, k, o, step);
  }

  @Override
  void doForwardSparse(NonZeros x, int fromPair, int toPair, int n, Operands o, Transfer transfer) {
    SparseProducts.forward(x, fromPair, toPair, n, o, floor(transfer));
    for (int i = 2 * fromPair; i < 2 * toPair && transfer == Transfer.TANH; i++) {
      if (x.members[i] >= 0) {
        VectorTanh.tanh(1, n, o.c.array, o.c.at(x.members[i], 0), n, o);
      }
    }
  }

  @Override
  void doUpdateSparse(NonZeros x, int fromPair, int toPair, int n, Operands o, Step step) {
    SparseProducts.update(x, fromPair, toPair, n, o, step);
  }

  @Override
  void doUpdateBias(
      int m, int n, float[] dz, int dzOffset, int lddz, float[] bias, int biasOffset, Step step) {
    try (Operands o = Operands.ofThread()) {
      float[] sums = o.floats(n);
      for (int j = 0; j < n; j += L) {
        VectorMask<Float> mask = MASKS[Math.min(L, n - j)];
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int i = 0; i < m; i++) {
          sum = sum.add(FloatVector.fromArray(SPECIES, dz, dzOffset + i * lddz + j, mask));
        }
        sum.intoArray(sums, j, mask);
      }
      VectorStep.take(step, n, sums, 0, bias, biasOffset, true);
    }
  }

  @Override
  boolean doSoftmax(int m, int n, float[] z, int zOffset, int ldz) {
    boolean narrow = isNarrow(n, ldz);
    if (narrow) {
      expNarrowRows(m, n, z, zOffset);
    }
    boolean finite = true;
    for (int i = 0; i < m; i++) {
      int row = zOffset + i * ldz;
      float sum = narrow ? sum(n, z, row) : expRow(n, z, row, max(n, z, row));
      divideRow(n, z, row, sum);
      finite &= Float.isFinite(sum);
    }
    return finite;
  }

  @Override
  void doCrossEntropy(
      int m,
      int n,
      float[] z,
      int zOffset,
      int ldz,
      int[] labels,
      int labelsOffset,
      double[] loss,
      int lossOffset) {
    if (isNarrow(n, ldz)) {
      for (int i = 0; i < m; i++) {
        int row = zOffset + i * n;
        loss[lossOffset + i] = z[row + labels[labelsOffset + i]] - (double) narrowMax(n, z, row);
      }
      expNarrowRows(m, n, z, zOffset);
      for (int i = 0; i < m; i++) {
        float sum = sum(n, z, zOffset + i * n);
        loss[lossOffset + i] = StrictMath.log(sum) - loss[lossOffset + i];
        divideRow(n, z, zOffset + i * n, sum);
      }
      return;
    }
    for (int i = 0; i < m; i++) {
      int row = zOffset + i * ldz;
      float max = max(n, z, row);
      double margin = z[row + labels[labelsOffset + i]] - (double) max;
      float sum = expRow(n, z, row, max);
      loss[lossOffset + i] = StrictMath.log(sum) - margin;
      divideRow(n, z, row, sum);
    }
  }

  @Override
  void doExp(int count, float[] x, int xOffset, float[] y, int yOffset) {
    VectorExp.exp(count, x, xOffset, 0, y, yOffset);
  }

  /** Lower bound of the activations, {@code max(z, floor)}: 0 for ReLU, else none. */
  private static float floor(Transfer transfer) {
    return transfer == Transfer.RELU ? 0 : Float.NEGATIVE_INFINITY;
  }

  private static void divideRow(int n, float[] z, int row, float sum) {
    for (int j = 0; j < n; j += L) {
      VectorMask<Float> mask = MASKS[Math.min(L, n - j)];
      FloatVector.fromArray(SPECIES, z, row + j, mask).div(sum).intoArray(z, row + j, mask);
    }
  }

  private static float max(int n, float[] z, int row) {
    FloatVector max = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    for (int j = 0; j < n; j += L) {
      VectorMask<Float> mask = MASKS[Math.min(L, n - j)];
      max =
          max.lanewise(VectorOperators.MAX, FloatVector.fromArray(SPECIES, z, row + j, mask), mask);
    }
    return max.reduceLanes(VectorOperators.MAX); // Unlike a sum's, its order changes no bit.
  }

  /** Replaces a row by {@code exp(z - max)}; returns the sum, added in ascending order. */
  private static float expRow(int n, float[] z, int row, float max) {
    VectorExp.exp(n, z, row, max, z, row);
    return sum(n, z, row);
  }

  private static float sum(int n, float[] z, int row) {
    float sum = 0;
    for (int j = 0; j < n; j++) {
      sum += z[row + j];
    }
    return sum;
  }

  /**
   * Whether rows are shorter than a vector and dense: the exponentials of all rows are then
   * computed in one pass, as one vector per row would leave lanes empty.
   */
  private static boolean isNarrow(int n, int ldz) {
    return n < L && ldz == n;
  }

  /** {@code z (m,n) = exp(z - max of the row)}. */
  private static void expNarrowRows(int m, int n, float[] z, int zOffset) {
    for (int i = 0; i < m; i++) {
      int row = zOffset + i * n;
      float max = narrowMax(n, z, row);
      for (int j = 0; j < n; j++) {
        z[row + j] -= max;
      }
    }
    VectorExp.exp(m * n, z, zOffset, 0, z, zOffset);
  }

  private static float narrowMax(int n, float[] z, int row) {
    float max = Float.NEGATIVE_INFINITY;
    for (int j = 0; j < n; j++) {
      max = Math.max(max, z[row + j]);
    }
    return max;
  }
}
