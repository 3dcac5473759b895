package lanewise.nn;

import java.util.Random;
import java.util.function.Consumer;

/**
 * A network, rows and training settings, drawn from a seed: layers narrower and wider than vectors,
 * bytes with many zeros or floats with none, batches that end short.
 */
public final class RandomCase {
  private static final int WIDEST = 70;
  private static final int MOST_ROWS = 120;

  final Random random;
  final int[] sizes;
  final Samples samples;
  final int batch;
  final double learningRate;
  private final float[] parameters;

  /** The same seed gives the same case. */
  public RandomCase(long seed) {
    this.random = new Random(seed);
    this.sizes = new int[2 + random.nextInt(4)];
    for (int layer = 0; layer < sizes.length; layer++) {
      sizes[layer] = 1 + random.nextInt(WIDEST);
    }
    sizes[sizes.length - 1]++; // With a single class there is nothing to learn.
    Mlp net = Mlp.glorot(random.nextInt(Integer.MAX_VALUE), sizes);
    for (int layer = 0; layer < net.layers(); layer++) {
      for (int i = 0; i < net.width(layer + 1); i++) {
        net.parameters()[net.biasesOffset(layer) + i] = 0.1f * (float) random.nextGaussian();
      }
    }
    this.parameters = net.parameters();
    this.samples = samples(1 + random.nextInt(MOST_ROWS));
    this.batch = 1 + random.nextInt(MOST_ROWS);
    this.learningRate = batch * random.nextDouble();
  }

  private Samples samples(int rows) {
    int width = sizes[0];
    int[] labels = new int[rows];
    for (int row = 0; row < rows; row++) {
      labels[row] = random.nextInt(sizes[sizes.length - 1]);
    }
    if (random.nextBoolean()) {
      byte[] pixels = new byte[rows * width];
      double density = random.nextDouble();
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = random.nextDouble() < density ? (byte) random.nextInt(256) : 0;
      }
      return Samples.ofBytes(pixels, width, labels);
    }
    float[] values = new float[rows * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Samples.ofFloats(values, width, labels);
  }

  /** A network of its own, always the same. */
  public Mlp net() {
    return Mlp.of(parameters.clone(), sizes);
  }

  /** The rows as a network receives them. */
  float[] x() {
    float[] x = new float[samples.rows() * samples.width()];
    samples.copyRows(0, samples.rows(), x, 0);
    return x;
  }

  /** Trains for two epochs and returns the evaluation. */
  Evaluation train(Mlp net, double rate, Engine engine, int threads) {
    Trainer trainer = TestTraining.trainer(net, batch, rate, engine, threads);
    trainer.fit(samples, 2);
    return trainer.evaluate(samples);
  }

  /** Checks a property for the cases of seeds 0 to {@code count - 1}; a failure names its seed. */
  public static void forEach(int count, Consumer<RandomCase> property) {
    for (long seed = 0; seed < count; seed++) {
      try {
        property.accept(new RandomCase(seed));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }
}
