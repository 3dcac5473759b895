package lanewise.kernel;

import static lanewise.kernel.Lanes.L;
import static lanewise.kernel.Lanes.MASKS;
import static lanewise.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The SIMD engine on the JDK's Vector API: lanes run across outputs, each lane's chain as {@link
 * ScalarKernels} has it. Loaded only where the module {@code jdk.incubator.vector} is.
 */
final class VectorKernels extends Kernels {
  /** Of the general type: else the verifier loads this class as soon as {@link Kernels} is used. */
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
  void doForwardSparse(
      SparseRows x,
      int fromGroup,
      int toGroup,
      int n,
      float[] w,
      int wAt,
      int ldw,
      float[] bias,
      int biasAt,
      float[] y,
      int yAt,
      int ldy,
      boolean relu) {
    SparseProducts.forward(
        x, fromGroup, toGroup, n, w, wAt, ldw, bias, biasAt, y, yAt, ldy, floor(relu));
  }

  @Override
  void doUpdateSparse(
      SparseColumns x,
      int fromStrip,
      int toStrip,
      int n,
      float[] dz,
      int dzAt,
      int lddz,
      float[] w,
      int wAt,
      int ldw,
      float step) {
    SparseProducts.update(x, fromStrip, toStrip, n, dz, dzAt, lddz, w, wAt, ldw, step);
  }

  @Override
  void doForward(
      int m,
      int n,
      int k,
      float[] x,
      int xAt,
      int ldx,
      float[] w,
      int wAt,
      int ldw,
      float[] bias,
      int biasAt,
      float[] y,
      int yAt,
      int ldy,
      boolean relu) {
    Gemm.forward(m, n, k, x, xAt, ldx, w, wAt, ldw, bias, biasAt, y, yAt, ldy, floor(relu));
  }

  @Override
  void doBackward(
      int m,
      int n,
      int k,
      float[] dz,
      int dzAt,
      int lddz,
      float[] w,
      int wAt,
      int ldw,
      float[] y,
      int yAt,
      int ldy,
      float[] dx,
      int dxAt,
      int lddx) {
    Gemm.backward(m, n, k, dz, dzAt, lddz, w, wAt, ldw, y, yAt, ldy, dx, dxAt, lddx);
  }

  @Override
  void doUpdate(
      int m,
      int n,
      int k,
      float[] x,
      int xAt,
      int ldx,
      float[] dz,
      int dzAt,
      int lddz,
      float[] w,
      int wAt,
      int ldw,
      float step) {
    GemmUpdate.update(m, n, k, x, xAt, ldx, dz, dzAt, lddz, w, wAt, ldw, step);
  }

  @Override
  void doUpdateBias(
      int m, int n, float[] dz, int dzAt, int lddz, float[] bias, int biasAt, float step) {
    FloatVector negative = FloatVector.broadcast(SPECIES, -step);
    for (int j = 0; j < n; j += L) {
      VectorMask<Float> mask = MASKS[Math.min(L, n - j)];
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int i = 0; i < m; i++) {
        sum = sum.add(FloatVector.fromArray(SPECIES, dz, dzAt + i * lddz + j, mask));
      }
      FloatVector b = FloatVector.fromArray(SPECIES, bias, biasAt + j, mask);
      negative.fma(sum, b).intoArray(bias, biasAt + j, mask);
    }
  }

  @Override
  boolean doSoftmax(int m, int n, float[] z, int zAt, int ldz) {
    boolean narrow = isNarrow(n, ldz);
    if (narrow) {
      expNarrowRows(m, n, z, zAt);
    }
    boolean finite = true;
    for (int i = 0; i < m; i++) {
      int row = zAt + i * ldz;
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
      int zAt,
      int ldz,
      int[] labels,
      int labelsAt,
      double[] loss,
      int lossAt) {
    if (isNarrow(n, ldz)) {
      for (int i = 0; i < m; i++) {
        int row = zAt + i * n;
        loss[lossAt + i] = z[row + labels[labelsAt + i]] - (double) narrowMax(n, z, row);
      }
      expNarrowRows(m, n, z, zAt);
      for (int i = 0; i < m; i++) {
        loss[lossAt + i] = StrictMath.log(sum(n, z, zAt + i * n)) - loss[lossAt + i];
      }
      return;
    }
    for (int i = 0; i < m; i++) {
      int row = zAt + i * ldz;
      float max = max(n, z, row);
      double margin = z[row + labels[labelsAt + i]] - (double) max;
      loss[lossAt + i] = StrictMath.log(expRow(n, z, row, max)) - margin;
    }
  }

  @Override
  void doExp(int count, float[] x, int xAt, float[] y, int yAt) {
    VectorExp.exp(count, x, xAt, 0, y, yAt);
  }

  /** What activations are cut off at: z is max(z, floor). */
  private static float floor(boolean relu) {
    return relu ? 0 : Float.NEGATIVE_INFINITY;
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
    return max.reduceLanes(VectorOperators.MAX); // The one reduction whose order changes nothing.
  }

  /** A row of logits becomes {@code exp(z - max)}; the sum of them, in ascending order. */
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
   * Whether rows are shorter than a vector, and without gap: then the exponentials of all rows are
   * taken in one go, where a vector a row would leave lanes empty.
   */
  private static boolean isNarrow(int n, int ldz) {
    return n < L && ldz == n;
  }

  /** {@code z (m,n) = exp(z - max of the row)}. */
  private static void expNarrowRows(int m, int n, float[] z, int zAt) {
    for (int i = 0; i < m; i++) {
      int row = zAt + i * n;
      float max = narrowMax(n, z, row);
      for (int j = 0; j < n; j++) {
        z[row + j] -= max;
      }
    }
    VectorExp.exp(m * n, z, zAt, 0, z, zAt);
  }

  private static float narrowMax(int n, float[] z, int row) {
    float max = Float.NEGATIVE_INFINITY;
    for (int j = 0; j < n; j++) {
      max = Math.max(max, z[row + j]);
    }
    return max;
  }
}
