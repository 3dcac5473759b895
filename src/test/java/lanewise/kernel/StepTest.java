package lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a step of each rule does, in numbers. */
class StepTest {
  private static final List<Kernels> ENGINES = List.of(Kernels.scalar(), Kernels.simd());

  /** Wider than a vector, no multiple of one, so that vectors and remainders are used. */
  private static final int COUNT = 37;

  static Stream<Kernels> engines() {
    return ENGINES.stream();
  }

  /** Takes a step with the same sum for all parameters; returns them, all the same. */
  private static float take(Kernels kernels, Step step, float[] w, double sum, boolean bias) {
    float[] sums = new float[w.length];
    Arrays.fill(sums, (float) sum);
    take(kernels, step, w, sums, bias);
    for (float parameter : w) {
      assertEquals(w[0], parameter, "the same for each");
    }
    return w[0];
  }

  /** Takes a step with a batch of one row, whose deltas are the sums. */
  private static void take(Kernels kernels, Step step, float[] w, float[] sums, boolean bias) {
    int n = w.length;
    if (bias) {
      kernels.updateBias(1, n, sums, 0, n, w, 0, step);
    } else {
      kernels.update(1, n, 1, new float[] {1}, 0, 1, sums, 0, n, w, 0, n, step);
    }
  }

  private static float[] ones() {
    float[] ones = new float[COUNT];
    Arrays.fill(ones, 1);
    return ones;
  }

  @ParameterizedTest
  @MethodSource("engines")
  void descent(Kernels kernels) {
    Step.Factors factors = new Step.Factors(Step.Rule.DESCENT);
    Step step = new Step(factors);
    factors.set(0.25, 4, 0);
    float[] w = ones();
    assertEquals(0.5f, take(kernels, step, w, 8, false), "1 - 0.25 * 2");
    assertEquals(1f, take(kernels, step, w, -8, false));
    factors.set(0.25, 4, 0.5);
    assertEquals(0.375f, take(kernels, step, w, 8, false), "1 - 0.25 * (2 + 0.5 * 1)");
    assertEquals(0.5f, take(kernels, step, ones(), 8, true), "a bias does not decay");
  }

  @ParameterizedTest
  @MethodSource("engines")
  void momentum(Kernels kernels) {
    Step.Factors factors = new Step.Factors(Step.Rule.MOMENTUM);
    factors.set(0.25, 4, 0);
    factors.setMomentum(0.5);
    float[] v = new float[COUNT];
    float[] w = ones();
    Step step = new Step(factors, v);
    assertEquals(0.75f, take(kernels, step, w, 4, false), "v = 1");
    assertEquals(0.125f, take(kernels, step, w, 8, false), "v = 0.5 * 1 + 2");
    assertEquals(2.5f, v[COUNT - 1]);
    factors.set(0.25, 4, 2);
    assertEquals(-0.25f, take(kernels, step, w, 0, false), "v = 0.5 * 2.5 + 2 * 0.125");
    assertEquals(1.5f, v[0]);
    assertEquals(0.8125f, take(kernels, step, ones(), 0, true), "v = 0.5 * 1.5");
  }

  @ParameterizedTest
  @MethodSource("engines")
  void nesterov(Kernels kernels) {
    Step.Factors factors = new Step.Factors(Step.Rule.NESTEROV);
    factors.set(0.25, 4, 0);
    factors.setMomentum(0.5);
    float[] v = new float[COUNT];
    float[] w = ones();
    Step step = new Step(factors, v);
    assertEquals(0.625f, take(kernels, step, w, 4, false), "v = 1; 1 + 0.5 * 1");
    assertEquals(-0.1875f, take(kernels, step, w, 8, false), "v = 2.5; 2 + 0.5 * 2.5");
    factors.set(0.25, 4, 2);
    assertEquals(
        -0.203125f, take(kernels, step, w, 0, false), "v = 1.25 - 0.375; -0.375 + 0.5 * 0.875");
    assertEquals(0.875f, v[COUNT - 1]);
    assertEquals(0.9453125f, take(kernels, step, ones(), 0, true), "v = 0.4375; 0.5 * 0.4375");
  }

  /** The first step goes by the learning rate, whatever the gradient is; shrinking by 1/8. */
  @ParameterizedTest
  @MethodSource("engines")
  void adam(Kernels kernels) {
    Step.Factors factors = new Step.Factors(Step.Rule.ADAM);
    float[] a = new float[COUNT];
    float[] v = new float[COUNT];
    float[] w = ones();
    Step step = new Step(factors, a, v);
    factors.set(0.25 / (1 - 0.5), 4, 0);
    factors.setMoments(0.5, 0.75, 1 / Math.sqrt(1 - 0.75), 1e-8, 1);
    assertEquals(0.75f, take(kernels, step, w, 8, false), 1e-7f, "g = 2, a = 1, v = 1");
    assertEquals(1f, a[COUNT - 1]);
    assertEquals(1f, v[COUNT - 1]);
    factors.set(0.25 / (1 - 0.25), 4, 0);
    factors.setMoments(0.5, 0.75, 1 / Math.sqrt(1 - 0.5625), 1e-8, 0.875);
    // a = 0.5 - 1, v = 0.75 + 1; 0.875 * 0.75 + 0.25 / 0.75 * 0.5 / sqrt(1.75 / 0.4375)
    assertEquals(0.7395833f, take(kernels, step, w, -8, false), 1e-7f);
    assertEquals(-0.5f, a[0]);
    assertEquals(1.75f, v[0]);
    float[] bias = ones();
    // a = -0.25 + 1, v = 1.3125 + 1; no shrinking, though the same factors.
    double moved = 0.25 / 0.75 * 0.75 / Math.sqrt(2.3125 / 0.4375);
    assertEquals(1 - moved, take(kernels, step, bias, 8, true), 1e-7);
  }

  /** The formulas of {@link Step}, one parameter at a time. */
  private static final class InDouble {
    final double decay;
    final double shrink;
    double w;
    double first;
    double second;

    InDouble(double w, double decay, double shrink) {
      this.w = w;
      this.decay = decay;
      this.shrink = shrink;
    }

    void take(Step.Rule rule, int t, double gradient) {
      double g = gradient + decay * w;
      switch (rule) {
        case DESCENT -> w -= RATE * g;
        case MOMENTUM -> {
          first = MOMENTUM * first + g;
          w -= RATE * first;
        }
        case NESTEROV -> {
          first = MOMENTUM * first + g;
          w -= RATE * (g + MOMENTUM * first);
        }
        case ADAM -> {
          first = BETA1 * first + (1 - BETA1) * g;
          second = BETA2 * second + (1 - BETA2) * g * g;
          double mean = first / (1 - Math.pow(BETA1, t));
          double deviation = Math.sqrt(second / (1 - Math.pow(BETA2, t)));
          w = shrink * w - RATE * mean / (deviation + EPSILON);
        }
        default -> throw new AssertionError(rule);
      }
    }
  }

  private static final double RATE = 0.05;
  private static final double MOMENTUM = 0.9;
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-3;
  private static final double DECAY = 0.03;
  private static final double SHRINK = 0.97;
  private static final int BATCH = 50;

  @ParameterizedTest
  @EnumSource
  void stepsFollowTheFormulasInDouble(Step.Rule rule) {
    for (Kernels kernels : ENGINES) {
      for (boolean bias : new boolean[] {false, true}) {
        follow(rule, kernels, bias);
      }
    }
  }

  private static void follow(Step.Rule rule, Kernels kernels, boolean bias) {
    Random random = new Random(3);
    float[] w = new float[COUNT];
    InDouble[] expected = new InDouble[COUNT];
    for (int i = 0; i < COUNT; i++) {
      w[i] = random.nextFloat() - 0.5f;
      expected[i] = new InDouble(w[i], bias ? 0 : DECAY, bias ? 1 : SHRINK);
    }
    Step.Factors factors = new Step.Factors(rule);
    float[][] states = new float[rule.states][COUNT];
    Step step = new Step(factors, states);
    for (int t = 1; t <= 5; t++) {
      boolean adam = rule == Step.Rule.ADAM;
      factors.set(adam ? RATE / (1 - Math.pow(BETA1, t)) : RATE, BATCH, DECAY);
      factors.setMomentum(MOMENTUM);
      factors.setMoments(BETA1, BETA2, 1 / Math.sqrt(1 - Math.pow(BETA2, t)), EPSILON, SHRINK);
      float[] sums = new float[COUNT];
      for (int i = 0; i < COUNT; i++) {
        sums[i] = BATCH * (float) random.nextGaussian();
        expected[i].take(rule, t, (double) sums[i] / BATCH);
      }
      take(kernels, step, w, sums, bias);
      for (int i = 0; i < COUNT; i++) {
        String where = "%s of %s, step %d, parameter %d".formatted(rule, kernels.name(), t, i);
        assertEquals(expected[i].w, w[i], 1e-6, where);
        if (states.length > 0) {
          assertEquals(expected[i].first, states[0][i], 2e-6, where);
        }
        if (states.length > 1) {
          assertEquals(expected[i].second, states[1][i], 1e-6, where);
        }
      }
    }
  }

  @Test
  void plainDescentRoundsItsFactorOnce() {
    Step.Factors factors = new Step.Factors(Step.Rule.DESCENT);
    factors.set(0.008, 4096, 0);
    for (Kernels kernels : ENGINES) {
      float w = take(kernels, new Step(factors), ones(), 1000, false);
      assertEquals(Math.fma(-(float) (0.008 / 4096), 1000f, 1f), w, kernels.name());
      float same = take(kernels, Step.descent((float) (0.008 / 4096)), ones(), 1000, false);
      assertEquals(same, w, kernels.name());
    }
  }

  @ParameterizedTest
  @EnumSource
  void anotherNumberOfStatesIsRefused(Step.Rule rule) {
    Step.Factors factors = new Step.Factors(rule);
    for (int count = 0; count <= 3; count++) {
      float[][] states = new float[count][4];
      if (count == rule.states) {
        new Step(factors, states);
        continue;
      }
      Executable create = () -> new Step(factors, states);
      assertEquals(
          "%s has %d states, not %d".formatted(rule, rule.states, count),
          assertThrows(IllegalArgumentException.class, create).getMessage());
    }
    if (rule.states > 0) {
      Executable create = () -> new Step(factors, new float[rule.states][]);
      assertEquals("state", assertThrows(NullPointerException.class, create).getMessage());
    }
  }

  /** Each state in turn is one element too short for the array of the parameters. */
  @ParameterizedTest
  @EnumSource
  void statesThatAreTooShortAreRefusedBeforeAnythingIsModified(Step.Rule rule) {
    GreyRows grey = new GreyRows(new byte[] {1, 2, 3}, 1, 3);
    grey.mark(0, 1);
    NonZeros columns = NonZeros.byColumns(grey, 1);
    columns.list(new int[1], 0, 1, 0, 1);
    for (int bad = 0; bad < rule.states; bad++) {
      float[][] states = new float[rule.states][COUNT];
      states[bad] = new float[COUNT - 1];
      Step.Factors factors = RandomStep.factors(rule, new Random(1));
      Step step = new Step(factors, states);
      for (Kernels kernels : ENGINES) {
        float[] w = ones();
        float[] dz = {1, 1};
        List<Executable> calls =
            List.of(
                () -> kernels.update(1, 2, 3, ones(), 0, 3, dz, 0, 2, w, 0, 2, step),
                () -> kernels.updateSparse(columns, 0, 2, 2, dz, 0, 2, w, 0, 2, step),
                () -> kernels.updateBias(1, 2, dz, 0, 2, w, 0, step));
        for (Executable call : calls) {
          assertEquals(
              "a state of 36 elements does not fit 37 parameters",
              assertThrows(IllegalArgumentException.class, call).getMessage());
        }
        assertArrayEquals(ones(), w, kernels.name());
      }
      for (float[] state : states) {
        assertArrayEquals(new float[state.length], state);
      }
    }
  }

  /** Parameters from an offset on take the elements of the states at the same indices. */
  @ParameterizedTest
  @EnumSource
  void otherParametersKeepTheirStates(Step.Rule rule) {
    for (Kernels kernels : ENGINES) {
      Guarded w = Guarded.random(new Random(5), 3, COUNT, Values.PLAIN);
      RandomStep step = RandomStep.of(rule, new Random(5), w);
      RandomStep before = step.copy();
      Guarded second = new Guarded(w.array, w.offset + w.ld, 1, COUNT, w.ld);
      Guarded dz = Guarded.random(new Random(6), 2, COUNT, Values.PLAIN);
      Calls.updateBias(kernels, dz, second, step.step());
      for (int j = 0; j < COUNT; j++) {
        for (RandomStep each : List.of(step, before)) {
          for (Guarded state : each.states()) {
            state.set(1, j, 0);
          }
        }
      }
      step.assertUntouched(before, kernels.name());
    }
  }
}
