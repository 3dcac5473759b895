package lanewise.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A step with random factors and states, for parameters in a guarded matrix: the states have the
 * same place in arrays of their own, with guards around them.
 *
 * @param states in the step's order
 */
record RandomStep(Step step, List<Guarded> states) {
  /** Draws a step by a rule. */
  static RandomStep of(Step.Rule rule, Random random, Guarded parameters) {
    List<Guarded> states = new ArrayList<>();
    for (int state = 0; state < rule.states; state++) {
      Guarded values = parameters.copy();
      for (int i = 0; i < values.rows; i++) {
        for (int j = 0; j < values.cols; j++) {
          // Sums of squares are never negative, and are zero in the first step.
          float value = random.nextInt(4) == 0 ? 0 : random.nextFloat();
          values.set(i, j, state == 0 ? value - 0.5f : value);
        }
      }
      states.add(values);
    }
    return of(factors(rule, random), states);
  }

  /** Random factors; some are 0, but no step is the plain one. */
  static Step.Factors factors(Step.Rule rule, Random random) {
    Step.Factors factors = new Step.Factors(rule);
    boolean decays = rule == Step.Rule.DESCENT || random.nextBoolean();
    factors.set(random.nextDouble(), 1 + random.nextInt(64), decays ? 1e-3 * random.nextInt(9) : 0);
    factors.setMomentum(random.nextDouble());
    factors.setMoments(
        random.nextDouble(),
        random.nextDouble(),
        1 + 30 * random.nextDouble(),
        random.nextBoolean() ? 1e-8 : 0.25,
        random.nextBoolean() ? 1 : 1 - 0.1 * random.nextDouble());
    return factors;
  }

  private static RandomStep of(Step.Factors factors, List<Guarded> states) {
    float[][] arrays = states.stream().map(state -> state.array).toArray(float[][]::new);
    return new RandomStep(new Step(factors, arrays), states);
  }

  /** The same factors, and copies of the states. */
  RandomStep copy() {
    return of(step.factors, states.stream().map(Guarded::copy).toList());
  }

  void assertSameAs(RandomStep expected, String what) {
    for (int state = 0; state < states.size(); state++) {
      states.get(state).assertSameAs(expected.states.get(state), what + ", state " + state);
    }
  }

  void assertUntouched(RandomStep before, String what) {
    for (int state = 0; state < states.size(); state++) {
      states.get(state).assertUntouched(before.states.get(state), what + ", state " + state);
    }
  }
}
