package lanewise.nn;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Trains small networks with what tables need, tanh, class weights and targets, and prints the
 * hashes of weights and moments: for JVMs with other options.
 */
final class HashOfTables {
  private static final int ROWS = 150;

  /** A kind of rows, with a network for them. */
  enum Kind {
    /** Zeros are skipped, and weights of the first layer divided by columns. */
    DIGITS(TestRows.digits(ROWS), Task.CLASSIFY, Activation.TANH, 784, 64, 33, 10),

    /** The same by rows, as the layer is narrower than any vectors. */
    NARROW_DIGITS(TestRows.digits(ROWS), Task.CLASSIFY, Activation.TANH, 784, 3, 10),
    CLASSES(TestRows.clusters(2, ROWS, 37, 5), Task.CLASSIFY, Activation.TANH, 37, 67, 5),
    NUMBERS(TestRows.numbers(3, ROWS, 37, 2), Task.REGRESS, Activation.TANH, 37, 67, 19, 2),
    NUMBERS_RELU(TestRows.numbers(4, ROWS, 130, 1), Task.REGRESS, Activation.RELU, 130, 33, 1),
    LINEAR(TestRows.numbers(5, ROWS, 12, 20), Task.REGRESS, Activation.RELU, 12, 20);

    final Samples samples;
    private final Task task;
    private final Activation activation;
    private final int[] sizes;

    Kind(Samples samples, Task task, Activation activation, int... sizes) {
      this.samples = samples;
      this.task = task;
      this.activation = activation;
      this.sizes = sizes;
    }

    Mlp net() {
      return Mlp.glorot(9, sizes).withActivation(activation).withTask(task);
    }
  }

  private HashOfTables() {}

  /** Arguments: an engine, threads. */
  public static void main(String[] args) {
    Engine engine = Engine.valueOf(args[0].toUpperCase(Locale.ROOT));
    System.out.println("lanes=" + engine.lanes());
    train(engine, Integer.parseInt(args[1]))
        .forEach((key, hash) -> System.out.println(key + "=" + hash));
  }

  /** The hash for each kind of rows and optimizer. */
  static Map<String, String> train(Engine engine, int threads) {
    Map<String, String> hashes = new LinkedHashMap<>();
    for (Kind kind : Kind.values()) {
      for (Optimizer.Kind optimizer : optimizers()) {
        Mlp net = kind.net();
        Trainer.Builder settings = settings(net, optimizer).engine(engine).threads(threads);
        hashes.put(key(kind, optimizer), HashOfRecipes.train(net, kind.samples, settings));
      }
    }
    return hashes;
  }

  static Optimizer.Kind[] optimizers() {
    return new Optimizer.Kind[] {Optimizer.Kind.SGD, Optimizer.Kind.ADAM};
  }

  static String key(Kind kind, Optimizer.Kind optimizer) {
    return kind.name().toLowerCase(Locale.ROOT) + "-" + optimizer;
  }

  /** Batches that end short, and all that suits the network's task and rows. */
  static Trainer.Builder settings(Mlp net, Optimizer.Kind kind) {
    Trainer.Builder settings =
        Trainer.builder(net)
            .batchSize(64)
            .learningRate(kind.states() == 2 ? 0.003 : 0.05)
            .optimizer(Optimizer.of(kind).withWeightDecay(0.01))
            .shuffle(Shuffle.ROWS)
            .seed(77)
            .augment(net.inputs() == 784);
    if (net.layers() > 1) {
      settings.dropout(0.25);
    }
    if (net.task() == Task.REGRESS) {
      return settings;
    }
    double[] weights = new double[net.outputs()];
    for (int label = 0; label < weights.length; label++) {
      weights[label] = label / 3.0;
    }
    return settings.labelSmoothing(0.1).classWeights(weights);
  }
}
