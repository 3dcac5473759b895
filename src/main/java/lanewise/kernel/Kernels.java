package lanewise.kernel;

/**
 * The arithmetic of a multilayer perceptron on flat row-major arrays: every product, activation and
 * update of a training step, one coarse call each.
 *
 * <p><b>Matrices.</b> A matrix {@code a (rows,cols)} is an array, the index of its first element
 * ({@code aOffset}) and its row length ({@code lda >= cols}; with at most one row, anything):
 * element (i, j) is {@code a[aOffset + i * lda + j]}. Sizes may be 0. Outputs must not overlap
 * inputs unless a method says so. Engines hold no state: any number of threads may call at once, on
 * disjoint outputs. A warm call allocates nothing.
 *
 * <p><b>The same bits.</b> Each output element is one chain of fused multiply-adds that starts at
 * +0 and runs in ascending order of the summed index. Engines may compute the outputs in any order
 * and side by side, but never split or reorder a chain, so all of them produce the same floats, bit
 * for bit. Where a fused multiply-add is no instruction, only the scalar engine runs, and computes
 * the same floats in double arithmetic.
 *
 * <p><b>Errors.</b> Every method throws {@link IllegalArgumentException} with the shapes in its
 * message if an argument reaches beyond its array, and {@link NullPointerException} with the
 * parameter's name if one is null, both before anything is modified.
 */
public abstract sealed class Kernels extends LossKernels permits ScalarKernels, VectorKernels {
  /** The system property that sets the vector width in floats, for measurements: 4, 8 or 16. */
  static final String LANES_PROPERTY = "lanewise.lanes";

  Kernels() {}

  /**
   * Returns the scalar engine: textbook loops, the oracle that the SIMD engine equals in every bit.
   *
   * @return the one instance
   */
  public static Kernels scalar() {
    return ScalarKernels.INSTANCE;
  }

  /**
   * Returns the SIMD engine if it can run in this JVM, else the scalar one. Both produce the same
   * bits.
   *
   * @return the fastest engine that runs here
   * @see #simdUnavailableReason()
   */
  public static Kernels best() {
    return simdUnavailableReason() == null ? simd() : scalar();
  }

  /**
   * Returns the SIMD engine.
   *
   * @return the one instance
   * @throws IllegalStateException if it cannot run here; the message is {@link
   *     #simdUnavailableReason()}
   */
  public static Kernels simd() {
    String reason = simdUnavailableReason();
    if (reason != null) {
      throw new IllegalStateException(reason);
    }
    return VectorKernels.INSTANCE;
  }

  /**
   * Says why the SIMD engine cannot run in this JVM: it needs {@code --add-modules
   * jdk.incubator.vector}, fused multiply-add as an instruction and a valid vector width.
   *
   * @return a sentence that says what to do, or null if it can run
   */
  public static String simdUnavailableReason() {
    // By name: no class that touches the Vector API may be loaded before the module is known to
    // exist.
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return "the SIMD engine needs the Vector API: start java with --add-modules"
          + " jdk.incubator.vector";
    }
    String lanes = System.getProperty(LANES_PROPERTY);
    if (lanes != null && !lanes.matches("4|8|16")) {
      return "-D%s takes 4, 8 or 16, not %s".formatted(LANES_PROPERTY, lanes);
    }
    if (!Fma.FUSED) {
      return "the SIMD engine needs the instruction for fused multiply-add, which this CPU does not"
          + " have or this JVM does not use";
    }
    return null;
  }

  /**
   * Returns the engine's name, as {@code --engine} takes it.
   *
   * @return scalar or simd
   */
  public abstract String name();

  /**
   * Returns how many floats one instruction works on.
   *
   * @return 4, 8 or 16; 1 for the scalar engine
   */
  public abstract int lanes();

  /**
   * Returns whether products over lists of non-zeros are worth it with this engine.
   *
   * @return true for the SIMD engine; the scalar engine is the oracle and keeps to dense loops
   */
  public abstract boolean skipsZeros();

  /**
   * Finds the column of the maximum of each row, the first of equals. NaN never wins against a
   * number; a row without any value above -Infinity gives 0.
   *
   * @param m rows of z
   * @param n columns of z
   * @param z the values (m,n)
   * @param zOffset where z begins
   * @param ldz row length of z
   * @param out receives the columns (m)
   * @param outOffset where out begins
   * @throws IllegalArgumentException if z or out does not fit into its array
   * @throws NullPointerException if an array is null
   */
  public final void argMax(
      int m, int n, float[] z, int zOffset, int ldz, int[] out, int outOffset) {
    Shapes.check("z", z, zOffset, m, n, ldz);
    Shapes.check("out", out, outOffset, m);
    for (int i = 0; i < m; i++) {
      int row = zOffset + i * ldz;
      int best = 0;
      float max = Float.NEGATIVE_INFINITY;
      for (int j = 0; j < n; j++) {
        if (z[row + j] > max) {
          max = z[row + j];
          best = j;
        }
      }
      out[outOffset + i] = best;
    }
  }

  /**
   * Computes {@code y[i] = e^x[i]} within 2 units in the last place: +0 below -104, subnormal where
   * the true value is, infinite from 88.73 on, NaN for NaN.
   *
   * @param count elements of x and y
   * @param x the arguments (count)
   * @param xOffset where x begins
   * @param y receives the results (count); may be the same elements as x
   * @param yOffset where y begins
   * @throws IllegalArgumentException if x or y does not fit into its array
   * @throws NullPointerException if an array is null
   */
  public final void exp(int count, float[] x, int xOffset, float[] y, int yOffset) {
    Shapes.check("x", x, xOffset, count);
    Shapes.check("y", y, yOffset, count);
    doExp(count, x, xOffset, y, yOffset);
  }

  abstract void doExp(int count, float[] x, int xOffset, float[] y, int yOffset);
}
