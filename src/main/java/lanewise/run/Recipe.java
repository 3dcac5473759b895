package lanewise.run;

import java.util.List;
import java.util.OptionalInt;

/**
 * The part of a run's settings that its weights and its history depend on, besides the data.
 *
 * @param trainRows the number of training rows to use, counted from the first; empty for all
 * @param hidden sizes of the hidden layers, each at least 1; may be empty
 * @param batch rows per step, at least 1
 * @param learningRate finite, at least 0; a step is {@code W -= learningRate / rows^2 * gradient}
 * @param epochs passes over the training rows, at least 0
 * @param seed seed for the initial weights, 0 to 2^32 - 1
 * @param testEvery number of epochs between evaluations on the test rows, which change no weight; 0
 *     to evaluate only at the end
 */
public record Recipe(
    OptionalInt trainRows,
    List<Integer> hidden,
    int batch,
    double learningRate,
    int epochs,
    long seed,
    int testEvery) {

  /** The largest seed: 32 bits, unsigned. */
  public static final long MAX_SEED = 0xffffffffL;

  /** The recipe of the reference run: 784-256-128-10 on MNIST, 75 epochs. */
  public static final Recipe REFERENCE =
      new Recipe(OptionalInt.empty(), List.of(256, 128), 64, 0.008, 75, 42, 0);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of range
   */
  public Recipe {
    hidden = List.copyOf(hidden);
    check(trainRows.orElse(1) >= 1, "trainRows must be at least 1");
    check(hidden.stream().allMatch(size -> size >= 1), "hidden layers need at least 1 unit");
    check(batch >= 1, "batch must be at least 1");
    check(
        learningRate >= 0 && learningRate < Double.POSITIVE_INFINITY,
        "learningRate must be finite and not negative");
    check(epochs >= 0, "epochs must not be negative");
    check(seed >= 0 && seed <= MAX_SEED, "seed must be between 0 and " + MAX_SEED);
    check(testEvery >= 0, "testEvery must not be negative");
  }

  private static void check(boolean valid, String message) {
    if (!valid) {
      throw new IllegalArgumentException(message);
    }
  }

  /** Whether the test rows are evaluated before the end. */
  boolean testsDuringTraining() {
    return testEvery > 0;
  }
}
