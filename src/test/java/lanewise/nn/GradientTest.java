package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One step against central differences of the loss, taken in double by the reference. */
class GradientTest {
  private static final double DELTA = 1e-6;

  /** A change of DELTA moves no unit as far as this: no difference is taken across a kink. */
  private static final double AWAY_FROM_KINKS = 1e-4;

  /** So large that the step outweighs the weight, whose rounding is then negligible. */
  private static final double STEP = 1024;

  /**
   * Relative to the largest gradient. Floats are good to 6e-8 and chains here have at most a few
   * dozen terms in each of four layers, so errors of a few 1e-6 are due; the differences add 1e-9.
   */
  private static final double TOLERANCE = 1e-5;

  @ParameterizedTest
  @ValueSource(strings = {"4-3", "1-1-2", "7-5-3", "13-9-11-4", "6-17-7-5-3", "33-1-10"})
  void aStepFollowsTheGradient(String shape) {
    int[] sizes = Shape.of(shape);
    int rows = 5 + sizes[sizes.length - 1];
    for (long seed = 1; ; seed++) {
      assertTrue(seed < 1000, "no network found that stays away from kinks");
      Samples samples = TestRows.clusters(seed, rows, sizes[0], sizes[sizes.length - 1]);
      Mlp net = withBiases(Mlp.glorot(seed, sizes), seed);
      Float64Reference reference = new Float64Reference(net, samples);
      if (reference.distanceFromKinks() > AWAY_FROM_KINKS) {
        check(net, samples, reference, settings -> settings);
        return;
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"4-3", "13-9-11-4", "33-1-10", "6-17-7-5-3"})
  void tanhWithClassWeights(String shape) {
    int[] sizes = Shape.of(shape);
    Samples samples = TestRows.clusters(1, 25, sizes[0], sizes[sizes.length - 1]);
    Mlp net = withBiases(Mlp.glorot(1, sizes), 1).withActivation(Activation.TANH);
    double[] weights = new double[net.outputs()];
    Arrays.setAll(weights, label -> label == 1 ? 0 : 0.75 + label / 2.0);
    Float64Reference reference = new Float64Reference(net, samples);
    reference.weigh(weights);
    check(net, samples, reference, settings -> settings.classWeights(weights));
  }

  @ParameterizedTest
  @CsvSource({
    "RELU, 5-1",
    "RELU, 7-9-2",
    "RELU, 13-9-11-1",
    "TANH, 7-9-2",
    "TANH, 13-9-11-3",
    "TANH, 33-1-17"
  })
  void squaredError(Activation activation, String shape) {
    int[] sizes = Shape.of(shape);
    for (long seed = 1; ; seed++) {
      assertTrue(seed < 1000, "no network found that stays away from kinks");
      Samples samples = TestRows.numbers(seed, 21, sizes[0], sizes[sizes.length - 1]);
      Mlp net =
          withBiases(Mlp.glorot(seed, sizes), seed)
              .withActivation(activation)
              .withTask(Task.REGRESS);
      Float64Reference reference = new Float64Reference(net, samples);
      if (activation == Activation.TANH || reference.distanceFromKinks() > AWAY_FROM_KINKS) {
        check(net, samples, reference, settings -> settings);
        return;
      }
    }
  }

  /** The units left out, and the slope of those that are not, where tanh is 0 too. */
  @ParameterizedTest
  @CsvSource({"CLASSIFY, 13-9-11-4", "REGRESS, 13-10-6-2"})
  void tanhWithDropout(Task task, String shape) {
    int[] sizes = Shape.of(shape);
    int rows = 21;
    double share = 0.4;
    boolean classifies = task == Task.CLASSIFY;
    int outputs = sizes[sizes.length - 1];
    Samples samples =
        classifies
            ? TestRows.clusters(1, rows, sizes[0], outputs)
            : TestRows.numbers(1, rows, sizes[0], outputs);
    Mlp net = withBiases(Mlp.glorot(1, sizes), 1).withActivation(Activation.TANH).withTask(task);
    for (int input = 0; input < sizes[0]; input++) {
      net.parameters()[input * sizes[1]] = 0; // The first unit is tanh(0), and its slope 1.
    }
    net.parameters()[net.biasesOffset(0)] = 0;
    Dropout dropout = new Dropout(new double[] {share, share}, 5);
    dropout.begin(1);
    double[][][] factors = new double[rows][2][];
    for (int row = 0; row < rows; row++) {
      for (int layer = 0; layer < 2; layer++) {
        float[] ones = new float[sizes[layer + 1]];
        Arrays.fill(ones, 1);
        dropout.apply(layer, row, ones, ones, 0, ones.length);
        factors[row][layer] = new double[ones.length];
        Arrays.setAll(factors[row][layer], j -> ones[j]);
      }
    }
    Float64Reference reference = new Float64Reference(net, samples);
    reference.multiply(factors);
    check(net, samples, reference, settings -> settings.dropout(share).seed(5));
  }

  /** By both engines, from the same parameters. */
  private static void check(
      Mlp start,
      Samples samples,
      Float64Reference reference,
      UnaryOperator<Trainer.Builder> settings) {
    for (Engine engine : new Engine[] {Engine.SCALAR, Engine.SIMD}) {
      // A step is learningRate / m^2 times the gradient of the loss summed over the rows.
      int m = samples.rows();
      Mlp net = start.copy();
      Trainer.Builder builder =
          Trainer.builder(net)
              .batchSize(m)
              .learningRate(STEP * m * m)
              .mean(Trainer.Mean.TWICE)
              .engine(engine)
              .threads(1);
      settings.apply(builder).build().fit(samples, 1);
      check(start.parameters(), net, reference);
    }
  }

  private static void check(float[] before, Mlp net, Float64Reference reference) {
    double[] gradient = new double[before.length];
    double largest = 0;
    for (int i = 0; i < gradient.length; i++) {
      reference.add(i, DELTA);
      double above = reference.evaluate().loss();
      reference.add(i, -2 * DELTA);
      double below = reference.evaluate().loss();
      reference.add(i, DELTA);
      gradient[i] = (above - below) / (2 * DELTA);
      largest = Math.max(largest, Math.abs(gradient[i]));
    }
    assertTrue(largest > 0.01, "there is something to learn");
    for (int i = 0; i < gradient.length; i++) {
      double moved = (before[i] - (double) net.parameters()[i]) / STEP;
      assertEquals(gradient[i], moved, TOLERANCE * largest, "parameter " + i);
    }
  }

  private static Mlp withBiases(Mlp net, long seed) {
    Random random = new Random(seed);
    for (int layer = 0; layer < net.layers(); layer++) {
      for (int j = 0; j < net.width(layer + 1); j++) {
        net.parameters()[net.biasesOffset(layer) + j] = random.nextFloat() - 0.5f;
      }
    }
    return net;
  }
}
