package lanewise.nn;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import lanewise.io.LittleEndian;
import lanewise.io.Sha256;
import lanewise.kernel.Transfer;
import lanewise.parallel.Workers;

/**
 * A multilayer perceptron: dense layers with an {@link Activation} between them, and at the end
 * what its {@link Task} needs: softmax over classes, or numbers as they are. A new network has ReLU
 * and classifies; {@link #withActivation} and {@link #withTask} make others of it.
 *
 * <p>All parameters are stored in one flat array, layer by layer: the weights {@code (in, out)}
 * row-major, then the biases {@code (out)}.
 *
 * <p>Any number of threads may use a network at once as long as none of them trains it or writes to
 * its parameters: prediction takes no lock. During an epoch of training, some weights are stored
 * elsewhere; until the epoch ends, every method that reads or returns parameters throws {@link
 * IllegalStateException}. Predict with a {@link #copy} while its original is trained.
 */
public final class Mlp {
  private final int[] sizes;
  private final Activation activation;
  private final Task task;
  private final Layer[] layers;
  private final int widestOutput;
  private final float[] parameters;
  private final AtomicBoolean training = new AtomicBoolean();
  private final Predictor predictor = new Predictor(this);

  private Mlp(int[] sizes, Activation activation, Task task, float[] parameters) {
    this.sizes = sizes;
    this.activation = activation;
    this.task = task;
    this.widestOutput = Arrays.stream(sizes).skip(1).max().getAsInt();
    this.parameters = parameters;
    this.layers = new Layer[sizes.length - 1];
    int offset = 0;
    for (int layer = 0; layer < layers.length; layer++) {
      boolean hidden = layer < layers.length - 1;
      Transfer transfer = hidden ? activation.transfer() : Transfer.IDENTITY;
      layers[layer] = new Layer(sizes[layer], sizes[layer + 1], parameters, offset, transfer);
      offset = layers[layer].biases() + sizes[layer + 1];
    }
  }

  /**
   * Creates a network with Glorot-uniform weights and zero biases: each weight is uniform in {@code
   * +-sqrt(6 / (in + out))}, drawn layer by layer and row by row as NumPy draws after {@code
   * np.random.seed(seed)}.
   *
   * <p>Glorot and Bengio, Understanding the difficulty of training deep feedforward neural
   * networks, AISTATS 2010, equation 16.
   *
   * @param seed 0 to 2^32 - 1
   * @param sizes inputs, hidden layers, outputs: at least two numbers, each at least 1
   * @return a new network
   * @throws IllegalArgumentException if an argument is out of range or the parameters would not fit
   *     an array
   */
  public static Mlp glorot(long seed, int... sizes) {
    NumpyRandom random = new NumpyRandom(seed);
    return drawn(
        sizes,
        layer -> {
          double bound = Math.sqrt(6.0 / ((double) layer.inputs() + layer.outputs()));
          return () -> random.uniform(-bound, bound);
        });
  }

  /**
   * Creates a network with He-normal weights and zero biases: each weight is normal with mean 0 and
   * deviation {@code sqrt(2 / in)}, drawn layer by layer and row by row as NumPy draws with {@code
   * standard_normal} after {@code np.random.seed(seed)}.
   *
   * <p>He, Zhang, Ren and Sun, Delving deep into rectifiers: surpassing human-level performance on
   * ImageNet classification, ICCV 2015, equation 10.
   *
   * @param seed 0 to 2^32 - 1
   * @param sizes inputs, hidden layers, outputs: at least two numbers, each at least 1
   * @return a new network
   * @throws IllegalArgumentException if an argument is out of range or the parameters would not fit
   *     an array
   */
  public static Mlp he(long seed, int... sizes) {
    NumpyRandom random = new NumpyRandom(seed);
    return drawn(
        sizes,
        layer -> {
          double deviation = Math.sqrt(2.0 / layer.inputs());
          return () -> random.standardNormal() * deviation;
        });
  }

  /** Creates a network whose weights are drawn in the order in which they are stored. */
  private static Mlp drawn(int[] sizes, Function<Layer, DoubleSupplier> distribution) {
    float[] parameters = new float[LayerSizes.parameters(sizes)];
    Mlp net = new Mlp(sizes.clone(), Activation.RELU, Task.CLASSIFY, parameters);
    for (Layer layer : net.layers) {
      DoubleSupplier weights = distribution.apply(layer);
      for (int i = layer.weights(); i < layer.biases(); i++) {
        parameters[i] = (float) weights.getAsDouble();
      }
    }
    return net;
  }

  /**
   * Creates a network with the given parameters.
   *
   * @param parameters w0, b0, w1, b1, ...; kept, not copied
   * @param sizes inputs, hidden layers, outputs: at least two numbers, each at least 1
   * @return a network that uses {@code parameters}
   * @throws IllegalArgumentException if a size is out of range or the number of parameters does not
   *     match the sizes
   */
  public static Mlp of(float[] parameters, int... sizes) {
    Objects.requireNonNull(parameters, "parameters");
    int count = LayerSizes.parameters(sizes);
    if (parameters.length != count) {
      throw new IllegalArgumentException(
          "a network %s has %d parameters, not %d"
              .formatted(LayerSizes.describe(sizes), count, parameters.length));
    }
    return new Mlp(sizes.clone(), Activation.RELU, Task.CLASSIFY, parameters);
  }

  /**
   * Copies the network.
   *
   * @return a network with the same sizes, activation and task and its own copy of the parameters
   * @throws IllegalStateException if the network is being trained
   */
  public Mlp copy() {
    return new Mlp(sizes, activation, task, parameters().clone());
  }

  /**
   * Copies the network with another activation.
   *
   * @param activation of the hidden layers
   * @return a network with the same sizes and task and its own copy of the parameters
   * @throws IllegalStateException if the network is being trained
   */
  public Mlp withActivation(Activation activation) {
    Objects.requireNonNull(activation, "activation");
    return new Mlp(sizes, activation, task, parameters().clone());
  }

  /**
   * Copies the network with another task.
   *
   * @param task what the copy is for
   * @return a network with the same sizes and activation and its own copy of the parameters
   * @throws IllegalStateException if the network is being trained
   */
  public Mlp withTask(Task task) {
    Objects.requireNonNull(task, "task");
    return new Mlp(sizes, activation, task, parameters().clone());
  }

  /**
   * Returns the activation of the hidden layers.
   *
   * @return {@link Activation#RELU} unless {@link #withActivation} said otherwise
   */
  public Activation activation() {
    return activation;
  }

  /**
   * Returns what the network is for.
   *
   * @return {@link Task#CLASSIFY} unless {@link #withTask} said otherwise
   */
  public Task task() {
    return task;
  }

  /**
   * Returns the number of layers.
   *
   * @return the number of weight matrices, 1 or more
   */
  public int layers() {
    return layers.length;
  }

  /**
   * Returns the number of inputs of a layer.
   *
   * @param layer 0 to {@link #layers()}; the last is the network's output
   * @return 1 or more
   * @throws IndexOutOfBoundsException if there is no such layer
   */
  public int width(int layer) {
    return sizes[layer];
  }

  /**
   * Returns the number of inputs of the network, which is the width of its rows.
   *
   * @return 1 or more
   */
  public int inputs() {
    return sizes[0];
  }

  /**
   * Returns the number of outputs: of classes, or of the numbers that a regression predicts.
   *
   * @return 1 or more
   */
  public int outputs() {
    return sizes[sizes.length - 1];
  }

  Layer layer(int number) {
    return layers[number];
  }

  /** Returns the width of the widest layer's output. */
  int widestOutput() {
    return widestOutput;
  }

  int countParameters() {
    return parameters.length;
  }

  /**
   * Returns the number of floating-point operations per row in the matrix products of a training
   * step, counted as dense: two per weight for the forward product, two for the gradient and,
   * except in the first layer, two for the deltas.
   *
   * @return operations per row; a multiply-add counts as two
   */
  public long trainingFlop() {
    long flop = 0;
    for (int layer = 0; layer < layers(); layer++) {
      flop += 2L * width(layer) * width(layer + 1) * (layer == 0 ? 2 : 3);
    }
    return flop;
  }

  /**
   * Returns all parameters. Whoever writes to them may write finite values only: predictions skip
   * weights whose input is zero.
   *
   * @return w0, b0, w1, b1, ...; the network's own array, not a copy
   * @throws IllegalStateException if the network is being trained
   */
  public float[] parameters() {
    checkNotTraining();
    return parameters;
  }

  /**
   * Returns the offset of a layer's weights (in, out).
   *
   * @param layer 0 to {@link #layers()} - 1
   * @return index in {@link #parameters()}
   * @throws IndexOutOfBoundsException if there is no such layer
   */
  public int weightsOffset(int layer) {
    return layers[layer].weights();
  }

  /**
   * Returns the offset of a layer's biases (out).
   *
   * @param layer 0 to {@link #layers()} - 1
   * @return index in {@link #parameters()}
   * @throws IndexOutOfBoundsException if there is no such layer
   */
  public int biasesOffset(int layer) {
    return layers[layer].biases();
  }

  /**
   * Computes the hash of all parameters.
   *
   * @return SHA-256, in lower-case hex, over the parameters as little-endian float32: equal only
   *     for equal bits
   * @throws IllegalStateException if the network is being trained
   */
  public String sha256() {
    Sha256 hash = new Sha256();
    LittleEndian.write(parameters(), hash::add);
    return hash.hex();
  }

  /** Copies parameters of a network of the same sizes. */
  void replaceParameters(float[] others) {
    checkNotTraining();
    System.arraycopy(others, 0, parameters, 0, parameters.length);
    predictor.weightsChanged();
  }

  /** Whether no parameter is infinite or NaN. */
  boolean isFinite() {
    for (float parameter : parameters) {
      if (!Float.isFinite(parameter)) {
        return false;
      }
    }
    return true;
  }

  /** Returns the layer sizes, such as 784-256-128-10. */
  @Override
  public String toString() {
    return LayerSizes.describe(sizes);
  }

  /** Begins an epoch, during which only the trainer uses the parameters. */
  void beginTraining() {
    if (!training.compareAndSet(false, true)) {
      throw new IllegalStateException(
          "the network %s is being trained: one call of fit at a time".formatted(this));
    }
  }

  void endTraining() {
    predictor.weightsChanged();
    training.set(false);
  }

  void checkNotTraining() {
    if (training.get()) {
      throw new IllegalStateException(
          "the network %s is in the middle of an epoch: use it in onEpoch, or use a copy"
              .formatted(this));
    }
  }

  /**
   * Predicts the class probabilities of one row, or the numbers that a regression is for.
   *
   * @param row (inputs), scaled as in training, for example grey / 255
   * @return (outputs), of classes each in [0, 1], summing to 1 up to rounding; NaN if the logits
   *     are not finite, as very large values can make them. Of a regression in the unit of the
   *     targets that it learnt from; infinite or NaN where a sum is
   * @throws IllegalArgumentException if {@code row} is not as long as the network has inputs
   * @throws IllegalStateException if the network is being trained
   */
  public float[] predict(float[] row) {
    checkRow(row);
    float[] probabilities = new float[outputs()];
    predict(row, 1, probabilities);
    return probabilities;
  }

  /**
   * Predicts some rows as {@link #predict(float[])} predicts one. It allocates nothing once the
   * calling thread has called it with at least as many rows.
   *
   * <p>The outputs of a row do not depend, in any bit, on the rows predicted with it. Each calling
   * thread keeps buffers for the hidden values of at most 64 rows, whatever {@code count} is.
   *
   * @param rows (count, inputs), row-major, scaled as in training; may be longer
   * @param count number of rows, 0 or more
   * @param out receives (count, outputs), row-major, as {@link #predict(float[])} returns them; may
   *     be longer
   * @throws IllegalArgumentException if {@code count} is negative or an array is too short
   * @throws IllegalStateException if the network is being trained
   */
  public void predict(float[] rows, int count, float[] out) {
    predictor.predict(Predictor.bestKernels(), rows, count, out);
  }

  /**
   * Predicts the class of one row.
   *
   * @param row (inputs), scaled as in training
   * @return the class with the highest logit, the first if several are equal; 0 if all logits are
   *     NaN
   * @throws IllegalArgumentException if {@code row} is not as long as the network has inputs
   * @throws IllegalStateException if the network is being trained, or is for regression, which has
   *     no classes
   */
  public int classify(float[] row) {
    if (task == Task.REGRESS) {
      throw new IllegalStateException(
          "the network %s has no classes: it is for regression, use predict".formatted(this));
    }
    checkRow(row);
    return predictor.classify(row);
  }

  private void checkRow(float[] row) {
    Objects.requireNonNull(row, "row");
    if (row.length != inputs()) {
      throw new IllegalArgumentException(
          "%d values are not a row of a network %s".formatted(row.length, this));
    }
  }

  /**
   * Evaluates the network, with the best engine, on all cores.
   *
   * @param samples as wide as the network's input, with labels below its number of outputs; for a
   *     regression, with as many targets as it has outputs
   * @return loss, accuracy and confusion matrix; of a regression loss, R2 and RMSE
   * @throws IllegalArgumentException if the samples do not fit the network
   * @throws IllegalStateException if the network is being trained
   */
  public Evaluation evaluate(Samples samples) {
    try (Workers workers = new Workers(Trainer.allCores());
        ListRoom room = new ListRoom()) {
      return new Evaluator(Predictor.bestKernels(), workers, room).evaluate(this, samples);
    }
  }

  Predictor predictor() {
    return predictor;
  }
}
