package lanewise.bench;

import static lanewise.kernel.Transfer.RELU;

import java.util.Random;
import lanewise.kernel.Kernels;
import lanewise.kernel.Step;

/**
 * The arrays of a dense layer, with the same random numbers every time, and its three products.
 *
 * <p>Plain heap arrays, as an embedder has them: not aligned to cache lines.
 */
public final class Layer {
  /** So small that w stays finite, however often a benchmark repeats the same update. */
  public static final float RATE = 1e-3f;

  /** The step with this factor. */
  public static final Step STEP = Step.descent(RATE);

  public final int m;
  public final int k;
  public final int n;

  /** The input (m,k); also the activations that mask the deltas, half of them positive. */
  public final float[] x;

  /** The weights (k,n). */
  public final float[] w;

  public final float[] bias;

  /** The deltas of the output (m,n). */
  public final float[] dz;

  /** Receives the forward product (m,n). */
  public final float[] y;

  /** Receives the backward product (m,k). */
  public final float[] dx;

  /**
   * @param shape m x k x n, for example {@code 64x784x256}
   */
  public Layer(String shape) {
    String[] sizes = shape.split("x");
    m = Integer.parseInt(sizes[0]);
    k = Integer.parseInt(sizes[1]);
    n = Integer.parseInt(sizes[2]);
    Random random = new Random(42);
    x = uniform(random, m * k);
    w = uniform(random, k * n);
    bias = uniform(random, n);
    dz = uniform(random, m * n);
    y = new float[m * n];
    dx = new float[m * k];
  }

  private static float[] uniform(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat(-1, 1);
    }
    return values;
  }

  /** The work of one product in GFLOP. */
  public double gflop() {
    return 2e-9 * m * k * n;
  }

  /** The size of one product's matrices in GB; weights that are updated count twice. */
  public double gbyte(Product product) {
    long floats = (long) m * k + (long) k * n + (long) m * n;
    return 4e-9 * (product == Product.UPDATE ? floats + (long) k * n : floats);
  }

  /** The number of elements in a product's output. */
  public int cells(Product product) {
    return output(product).length;
  }

  /** Multiply-adds per element of the output. */
  public int terms(Product product) {
    return switch (product) {
      case FORWARD -> k;
      case BACKWARD -> n;
      case UPDATE -> m;
    };
  }

  /** Computes a product as a training step does: forward with bias and ReLU, backward masked. */
  public float[] run(Kernels kernels, Product product) {
    switch (product) {
      case FORWARD -> kernels.forward(m, n, k, x, 0, k, w, 0, n, bias, 0, y, 0, n, RELU, false);
      case BACKWARD -> kernels.backward(m, n, k, dz, 0, n, w, 0, n, x, 0, k, dx, 0, k, RELU);
      case UPDATE -> kernels.update(m, n, k, x, 0, k, dz, 0, n, w, 0, n, STEP);
    }
    return output(product);
  }

  /** The array that a product writes. */
  public float[] output(Product product) {
    return switch (product) {
      case FORWARD -> y;
      case BACKWARD -> dx;
      case UPDATE -> w;
    };
  }
}
