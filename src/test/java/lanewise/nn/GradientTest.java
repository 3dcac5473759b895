package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
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
        for (Engine engine : new Engine[] {Engine.SCALAR, Engine.SIMD}) {
          check(Mlp.of(net.parameters().clone(), sizes), samples, reference, engine);
        }
        return;
      }
    }
  }

  private static void check(Mlp net, Samples samples, Float64Reference reference, Engine engine) {
    float[] before = net.parameters().clone();
    // A step is learningRate / m^2 times the gradient of the loss summed over the rows.
    int m = samples.rows();
    TestTraining.trainer(net, m, STEP * m * m, engine, 1).fit(samples, 1);
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
