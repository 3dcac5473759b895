package lanewise.nn;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import lanewise.kernel.Kernels;
import lanewise.kernel.SparseRows;

/**
 * A multilayer perceptron: dense layers with ReLU between them and softmax at the end.
 *
 * <p>All parameters lie in one flat array, layer by layer: the weights {@code (in, out)} row-major,
 * then the biases {@code (out)}. Prediction only reads them, so a network that nobody trains may be
 * used by any number of threads at once.
 */
public final class Mlp {
  /** Enough rows to use a weight often once it is in the cache, few enough to stay there too. */
  private static final int PREDICTED_TOGETHER = 64;

  private final int[] sizes;
  private final int[] weightsAt;
  private final int[] biasesAt;
  private final float[] parameters;

  private Mlp(int[] sizes, float[] parameters) {
    this.sizes = sizes;
    this.parameters = parameters;
    this.weightsAt = new int[sizes.length - 1];
    this.biasesAt = new int[sizes.length - 1];
    int at = 0;
    for (int layer = 0; layer < weightsAt.length; layer++) {
      weightsAt[layer] = at;
      at += sizes[layer] * sizes[layer + 1];
      biasesAt[layer] = at;
      at += sizes[layer + 1];
    }
  }

  /**
   * A new network with Glorot-uniform weights and zero biases: each weight is uniform in {@code
   * +-sqrt(6 / (in + out))}, drawn layer by layer and row by row as NumPy draws them after {@code
   * np.random.seed(seed)}.
   *
   * <p>Glorot and Bengio, Understanding the difficulty of training deep feedforward neural
   * networks, AISTATS 2010, equation 16.
   *
   * @param seed 0 to 2^32 - 1
   * @param sizes inputs, hidden layers, classes: at least two numbers, each at least 1
   * @throws IllegalArgumentException if a size is below 1 or the parameters would not fit an array
   */
  public static Mlp glorot(long seed, int... sizes) {
    NumpyRandom random = new NumpyRandom(seed);
    Mlp net = new Mlp(sizes.clone(), new float[countParameters(sizes)]);
    for (int layer = 0; layer < net.layers(); layer++) {
      double bound = Math.sqrt(6.0 / ((double) sizes[layer] + sizes[layer + 1]));
      for (int i = net.weightsAt(layer); i < net.biasesAt(layer); i++) {
        net.parameters[i] = (float) random.uniform(-bound, bound);
      }
    }
    return net;
  }

  /**
   * A network of given parameters.
   *
   * @param parameters w0, b0, w1, b1, ...; kept, not copied
   * @param sizes inputs, hidden layers, classes: at least two numbers, each at least 1
   * @throws IllegalArgumentException if the sizes and the number of parameters do not agree
   */
  public static Mlp of(float[] parameters, int... sizes) {
    int count = countParameters(sizes);
    if (parameters.length != count) {
      throw new IllegalArgumentException(
          "a network %s has %d parameters, not %d"
              .formatted(describe(sizes), count, parameters.length));
    }
    return new Mlp(sizes.clone(), parameters);
  }

  private static int countParameters(int[] sizes) {
    if (sizes.length < 2) {
      throw new IllegalArgumentException("a network has at least an input and an output size");
    }
    long count = 0;
    for (int layer = 0; layer < sizes.length; layer++) {
      if (sizes[layer] < 1) {
        throw new IllegalArgumentException(
            "layer sizes are at least 1, not %s".formatted(describe(sizes)));
      }
      if (layer > 0) {
        count += (sizes[layer - 1] + 1L) * sizes[layer];
      }
      if (count > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "a network %s has more parameters than an array can hold (2147483647)"
                .formatted(describe(sizes)));
      }
    }
    return (int) count;
  }

  private static String describe(int[] sizes) {
    StringBuilder text = new StringBuilder();
    for (int size : sizes) {
      text.append(text.isEmpty() ? "" : "-").append(size);
    }
    return text.toString();
  }

  /** Number of weight matrices. */
  public int layers() {
    return weightsAt.length;
  }

  /** Values that layer {@code layer} reads for each row; {@code width(layers())} is the output. */
  public int width(int layer) {
    return sizes[layer];
  }

  /** Values a row. */
  public int inputs() {
    return sizes[0];
  }

  /** Number of classes. */
  public int outputs() {
    return sizes[sizes.length - 1];
  }

  /** The widest layer's output: what a row's activations need at most. */
  int widestOutput() {
    return Arrays.stream(sizes).skip(1).max().getAsInt();
  }

  /** The widest hidden layer; the network has one. */
  private int widestHidden() {
    return Arrays.stream(sizes, 1, sizes.length - 1).max().getAsInt();
  }

  /**
   * Floating-point operations of a training step, a row, in its matrix products, were they computed
   * densely: twice the weights for each of forward, gradient and, but for the first layer, deltas.
   */
  public long trainingFlop() {
    long flop = 0;
    for (int layer = 0; layer < layers(); layer++) {
      flop += 2L * width(layer) * width(layer + 1) * (layer == 0 ? 2 : 3);
    }
    return flop;
  }

  /** All parameters, live: w0, b0, w1, b1, ... */
  public float[] parameters() {
    return parameters;
  }

  /** Index in {@link #parameters()} of a layer's weights (in, out). */
  public int weightsAt(int layer) {
    return weightsAt[layer];
  }

  /** Index in {@link #parameters()} of a layer's biases (out). */
  public int biasesAt(int layer) {
    return biasesAt[layer];
  }

  /**
   * Lower-case hex SHA-256 over all parameters as little-endian float32: equal for equal bits
   * alone.
   */
  public String sha256() {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
    ByteBuffer block = ByteBuffer.allocate(1 << 14).order(ByteOrder.LITTLE_ENDIAN);
    for (float parameter : parameters) {
      if (!block.hasRemaining()) {
        digest.update(block.flip());
        block.clear();
      }
      block.putFloat(parameter);
    }
    digest.update(block.flip());
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Sizes as people write them: 784-256-128-10. */
  @Override
  public String toString() {
    return describe(sizes);
  }

  /**
   * The probabilities of each class for some rows.
   *
   * <pre>{@code
   * float[] p = net.predict(kernels, x, 1); // One row: p[j] is the probability of class j.
   * }</pre>
   *
   * <p>A row's probabilities are the same bits whichever kernels compute them, and whatever other
   * rows they come with. Any number of threads may call this at once, on one network and one {@link
   * Kernels}: it takes no lock, changes nothing but arrays of its own, and needs memory for its
   * result and some 64 rows of activations, however many the rows.
   *
   * @param kernels {@link Kernels#best()}, unless one wants to compare
   * @param x (rows, {@link #inputs()}), row-major, scaled as in training (grey / 255); left alone
   * @param rows number of rows in x, 0 or more
   * @return (rows, {@link #outputs()}), row-major: each in [0, 1], each row summing to 1 but for
   *     rounding; not numbers where a row holds values so large that its logits are not finite
   * @throws IllegalArgumentException if x is not rows times inputs long, or the result would be
   *     longer than an array can be
   */
  public float[] predict(Kernels kernels, float[] x, int rows) {
    if (rows < 0 || x.length != (long) rows * inputs()) {
      throw new IllegalArgumentException(
          "%d values are not %d rows of width %d".formatted(x.length, rows, inputs()));
    }
    int classes = outputs();
    if ((long) rows * classes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "%d rows of %d probabilities are more than an array can hold (2147483647)"
              .formatted(rows, classes));
    }
    float[] probabilities = new float[rows * classes];
    int block = Math.min(rows, PREDICTED_TOGETHER);
    float[][] hidden = new float[2][layers() == 1 ? 0 : Trainer.elements(block, widestHidden())];
    for (int from = 0; from < rows; from += PREDICTED_TOGETHER) {
      int m = Math.min(PREDICTED_TOGETHER, rows - from);
      float[] in = x;
      int inAt = from * inputs();
      for (int layer = 0; layer < layers() - 1; layer++) {
        float[] out = hidden[layer % 2];
        forward(kernels, layer, m, in, inAt, out, 0);
        in = out;
        inAt = 0;
      }
      forward(kernels, layers() - 1, m, in, inAt, probabilities, from * classes);
      kernels.softmax(m, classes, probabilities, from * classes, classes);
    }
    return probabilities;
  }

  /** One layer: {@code out (rows, width(layer+1))} from {@code in (rows, width(layer))}. */
  void forward(Kernels kernels, int layer, int rows, float[] in, int inAt, float[] out, int outAt) {
    int k = width(layer);
    int n = width(layer + 1);
    boolean hidden = layer < layers() - 1;
    kernels.forward(
        rows,
        n,
        k,
        in,
        inAt,
        k,
        parameters,
        weightsAt[layer],
        n,
        parameters,
        biasesAt[layer],
        out,
        outAt,
        n,
        hidden);
  }

  /** The first layer for some groups of listed rows: {@code out (rows, width(1))}. */
  void forwardInput(Kernels kernels, SparseRows in, int fromGroup, int toGroup, float[] out) {
    int n = width(1);
    kernels.forwardSparse(
        in,
        fromGroup,
        toGroup,
        n,
        parameters,
        weightsAt[0],
        n,
        parameters,
        biasesAt[0],
        out,
        0,
        n,
        layers() > 1);
  }
}
