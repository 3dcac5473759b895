package lanewise.nn;

import java.util.Locale;
import java.util.Objects;

/**
 * How a step changes the weights by their gradient g, the mean over the batch; {@code r} is the
 * learning rate of the step, and t = 1, 2, ... its number. All arithmetic is float32, weight by
 * weight, in PyTorch's form.
 *
 * <table>
 * <caption>Steps</caption>
 * <tr><td>all but {@code ADAMW}<td>{@code g += weightDecay w}, for weights but not for biases
 * <tr><td>{@code SGD}<td>{@code w -= r g}
 * <tr><td>{@code MOMENTUM}<td>{@code v = momentum v + g; w -= r v} (Polyak, Some methods of speeding
 *     up the convergence of iteration methods, 1964)
 * <tr><td>{@code NESTEROV}<td>{@code v = momentum v + g; w -= r (g + momentum v)} (Sutskever et al.,
 *     On the importance of initialization and momentum in deep learning, 2013)
 * <tr><td>{@code ADAM}<td>{@code a = beta1 a + (1 - beta1) g; v = beta2 v + (1 - beta2) g^2; w -= r /
 *     (1 - beta1^t) a / (sqrt(v) / sqrt(1 - beta2^t) + epsilon)} (Kingma and Ba, Adam, 2015)
 * <tr><td>{@code ADAMW}<td>{@code w *= 1 - r weightDecay}, then as {@code ADAM} (Loshchilov and
 *     Hutter, Decoupled weight decay regularization, 2019)
 * </table>
 *
 * @param kind which of these
 * @param momentum at least 0, below 1; of {@code MOMENTUM} and {@code NESTEROV}
 * @param beta1 at least 0, below 1; of {@code ADAM} and {@code ADAMW}
 * @param beta2 at least 0, below 1; of these too
 * @param epsilon finite, above 0; of these too
 * @param weightDecay finite, at least 0
 */
public record Optimizer(
    Kind kind, double momentum, double beta1, double beta2, double epsilon, double weightDecay) {

  /** Kinds of steps. */
  public enum Kind {
    /** Stochastic gradient descent. */
    SGD(0),
    /** With Polyak's momentum. */
    MOMENTUM(1),
    /** With Nesterov's momentum. */
    NESTEROV(1),
    /** Adaptive moments. */
    ADAM(2),
    /** The same with decoupled weight decay. */
    ADAMW(2);

    private final int states;

    Kind(int states) {
      this.states = states;
    }

    /**
     * Returns how many numbers are kept for each parameter.
     *
     * @return 0, 1 or 2
     */
    public int states() {
      return states;
    }

    /** Returns the name in lower case, such as {@code adamw}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of range
   */
  public Optimizer {
    Objects.requireNonNull(kind, "kind");
    checkShare("momentum", momentum);
    checkShare("beta1", beta1);
    checkShare("beta2", beta2);
    if (!(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("epsilon is finite and above 0, not " + epsilon);
    }
    if (!(weightDecay >= 0 && weightDecay < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "a weight decay is finite and at least 0, not " + weightDecay);
    }
  }

  private static void checkShare(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          "%s is at least 0 and below 1, not %s".formatted(name, value));
    }
  }

  /**
   * Returns an optimizer with PyTorch's usual values: momentum 0.9, beta1 0.9, beta2 0.999, epsilon
   * 1e-8, no weight decay.
   *
   * @param kind which
   * @return the optimizer
   */
  public static Optimizer of(Kind kind) {
    return new Optimizer(kind, 0.9, 0.9, 0.999, 1e-8, 0);
  }

  /**
   * Returns Adam with its usual values.
   *
   * @return the optimizer
   */
  public static Optimizer adam() {
    return of(Kind.ADAM);
  }

  /**
   * Returns Nesterov's momentum.
   *
   * @param momentum at least 0, below 1
   * @return the optimizer, without weight decay
   * @throws IllegalArgumentException if {@code momentum} is out of range
   */
  public static Optimizer nesterov(double momentum) {
    return new Optimizer(Kind.NESTEROV, momentum, 0.9, 0.999, 1e-8, 0);
  }

  /**
   * Returns the same with another weight decay.
   *
   * @param decay finite, at least 0
   * @return an optimizer
   * @throws IllegalArgumentException if {@code decay} is out of range
   */
  public Optimizer withWeightDecay(double decay) {
    return new Optimizer(kind, momentum, beta1, beta2, epsilon, decay);
  }
}
