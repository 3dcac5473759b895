package lanewise.kernel;

import static lanewise.kernel.Fma.fma;

import java.util.Objects;

/**
 * What a step does to each parameter with the sum of its gradient over a batch: an optimizer's rule
 * with the factors of the step, and the optimizer's state, which lies as the parameters do. All in
 * float32, one rounding for each operation and each {@code fma} that is written here; the sum is
 * first added to +0, see {@link NonZeros}.
 *
 * <pre>
 * g = scale * sum + decay * w           decay: 0 for biases
 * DESCENT   w = fma(-rate, g, w)
 * MOMENTUM  v = fma(momentum, v, g); w = fma(-rate, v, w)
 * NESTEROV  v = fma(momentum, v, g); w = fma(-rate, fma(momentum, v, g), w)
 * ADAM      a = fma(beta1, a, (1 - beta1) * g); v = fma(beta2, v, (1 - beta2) * g * g)
 *           w = fma(-rate, a / fma(sqrt(v), deviation, epsilon), shrink * w)   shrink: 1 for biases
 * </pre>
 *
 * <p>Without decay, {@code DESCENT} is one operation, {@code w = fma(-(rate * scale), sum, w)},
 * with the product rounded once from double.
 *
 * <p>Not thread-safe: each thread has its own, on the same arrays.
 */
public final class Step {
  /** Rules, with the number of states that they keep. */
  public enum Rule {
    /** Plain gradient descent. */
    DESCENT(0),
    /** Polyak's momentum. */
    MOMENTUM(1),
    /** Nesterov's momentum. */
    NESTEROV(1),
    /** Adaptive moments. */
    ADAM(2);

    final int states;

    Rule(int states) {
      this.states = states;
    }
  }

  /** The factors of a step, which all parameters share. Set in double, each rounded to float. */
  public static final class Factors {
    final Rule rule;
    float rate;
    float scale;
    float decay;
    float shrink = 1;
    float momentum;
    float beta1;
    float gradientShare;
    float beta2;
    float squareShare;
    float deviation;
    float epsilon;

    /** Whether the rule is the one operation of plain descent. */
    boolean plain;

    /**
     * Creates factors that are still to be set.
     *
     * @param rule how parameters change
     */
    public Factors(Rule rule) {
      this.rule = rule;
    }

    /**
     * Sets what every rule needs.
     *
     * @param rate the learning rate; with {@code ADAM}, divided by {@code 1 - beta1^t}
     * @param divisor of the sum over the batch, which makes it the mean
     * @param decay factor of w that is added to the gradient
     */
    public void set(double rate, double divisor, double decay) {
      this.plain = rule == Rule.DESCENT && decay == 0;
      this.rate = (float) (plain ? rate / divisor : rate);
      this.scale = (float) (1 / divisor);
      this.decay = (float) decay;
    }

    /**
     * Sets what momentum needs.
     *
     * @param momentum the factor of v
     */
    public void setMomentum(double momentum) {
      this.momentum = (float) momentum;
    }

    /**
     * Sets what {@code ADAM} needs.
     *
     * @param beta1 the factor of a
     * @param beta2 the factor of v
     * @param deviation the factor of {@code sqrt(v)}, {@code 1 / sqrt(1 - beta2^t)}
     * @param epsilon added to the denominator
     * @param shrink the factor of w, before the step
     */
    public void setMoments(
        double beta1, double beta2, double deviation, double epsilon, double shrink) {
      this.beta1 = (float) beta1;
      this.gradientShare = (float) (1 - beta1);
      this.beta2 = (float) beta2;
      this.squareShare = (float) (1 - beta2);
      this.deviation = (float) deviation;
      this.epsilon = (float) epsilon;
      this.shrink = (float) shrink;
    }
  }

  final Factors factors;

  /** The state v of momentum, or a of Adam, at the index of the parameter. */
  final float[] first;

  /** The state v of Adam. */
  final float[] second;

  /**
   * Creates a step.
   *
   * @param factors kept: they may change from step to step
   * @param states as many arrays as the rule has states, each as long as the array of parameters
   * @throws IllegalArgumentException if there are not as many
   */
  public Step(Factors factors, float[]... states) {
    if (states.length != factors.rule.states) {
      throw new IllegalArgumentException(
          "%s has %d states, not %d".formatted(factors.rule, factors.rule.states, states.length));
    }
    this.factors = factors;
    for (float[] state : states) {
      Objects.requireNonNull(state, "state");
    }
    this.first = states.length > 0 ? states[0] : null;
    this.second = states.length > 1 ? states[1] : null;
  }

  /**
   * Returns plain descent: {@code w = fma(-rate, sum, w)}.
   *
   * @param rate the factor of the sum
   * @return a step
   */
  public static Step descent(float rate) {
    Factors factors = new Factors(Rule.DESCENT);
    factors.set(rate, 1, 0);
    return new Step(factors);
  }

  /** Checks that the states are as long as the parameters. */
  void check(float[] parameters) {
    checkLength(first, parameters.length);
    checkLength(second, parameters.length);
  }

  private static void checkLength(float[] state, int parameters) {
    if (state != null && state.length < parameters) {
      throw new IllegalArgumentException(
          "a state of %d elements does not fit %d parameters".formatted(state.length, parameters));
    }
  }

  /**
   * Whether the step changes a weight whose gradient is zero.
   *
   * @param touched whether the gradient of the weight has ever been other than zero
   */
  boolean moves(boolean touched) {
    Factors f = factors;
    boolean still = f.plain || !touched && f.decay == 0 && f.shrink == 1;
    return !still || !Float.isFinite(f.rate); // An infinite rate makes NaN of zero.
  }

  /** Takes the step for one parameter. */
  void take(float[] w, int at, float sum, boolean bias) {
    Factors f = factors;
    if (f.plain) {
      w[at] = fma(-f.rate, sum + 0f, w[at]);
      return;
    }
    float g = f.scale * (sum + 0f) + (bias ? 0 : f.decay) * w[at];
    switch (f.rule) {
      case DESCENT -> w[at] = fma(-f.rate, g, w[at]);
      case MOMENTUM -> {
        first[at] = fma(f.momentum, first[at], g);
        w[at] = fma(-f.rate, first[at], w[at]);
      }
      case NESTEROV -> {
        first[at] = fma(f.momentum, first[at], g);
        w[at] = fma(-f.rate, fma(f.momentum, first[at], g), w[at]);
      }
      case ADAM -> {
        first[at] = fma(f.beta1, first[at], f.gradientShare * g);
        second[at] = fma(f.beta2, second[at], f.squareShare * g * g);
        float denominator = fma((float) Math.sqrt(second[at]), f.deviation, f.epsilon);
        w[at] = fma(-f.rate, first[at] / denominator, bias ? w[at] : f.shrink * w[at]);
      }
      default -> throw new AssertionError(f.rule);
    }
  }
}
