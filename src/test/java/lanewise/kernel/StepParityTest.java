package lanewise.kernel;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Steps of every rule change parameters and states to the oracle's bits. */
class StepParityTest {
  private static final Kernels SCALAR = Kernels.scalar();
  private static final Kernels SIMD = Kernels.simd();

  /** Takes a step of some parameters. */
  @FunctionalInterface
  private interface Call {
    void take(Kernels kernels, Guarded parameters, Step step);
  }

  @ParameterizedTest
  @EnumSource
  void update(Step.Rule rule) {
    Sizes.pairs(SIMD.lanes(), (m, n, k, random) -> update(rule, m, n, k, random));
  }

  @ParameterizedTest
  @EnumSource
  void updateSparse(Step.Rule rule) {
    Sizes.pairs(SIMD.lanes(), (m, n, k, random) -> updateSparse(rule, m, n, k, random));
  }

  @ParameterizedTest
  @EnumSource
  void updateBias(Step.Rule rule) {
    Sizes.pairs(SIMD.lanes(), (m, n, k, random) -> updateBias(rule, m, n, random));
  }

  /** Among them batches of more rows than a pass has, and odd numbers of columns. */
  @ParameterizedTest
  @EnumSource
  void largeProducts(Step.Rule rule) {
    Sizes.large((m, n, k, random) -> update(rule, m, n, k, random));
    Sizes.large((m, n, k, random) -> updateSparse(rule, m, n, k, random));
    Sizes.large((m, n, k, random) -> updateBias(rule, m, n, random));
  }

  private static void update(Step.Rule rule, int m, int n, int k, Random random) {
    Guarded x = Guarded.random(random, m, k, any(random));
    Guarded dz = Guarded.random(random, m, n, any(random));
    Guarded w = Guarded.random(random, k, n, any(random));
    Call update = (kernels, parameters, step) -> Calls.update(kernels, x, dz, parameters, step);
    check(rule, random, w, update, update);
  }

  /** Against the oracle's dense loops, and in two calls, as two threads would. */
  private static void updateSparse(Step.Rule rule, int m, int n, int k, Random random) {
    SparseParityTest.Input input = SparseParityTest.Input.random(random, m, k);
    NonZeros columns = input.list(false);
    Guarded dz = Guarded.random(random, m, n, Values.PLAIN);
    Guarded w = Guarded.random(random, k, n, any(random));
    Call dense =
        (kernels, parameters, step) -> Calls.update(SCALAR, input.x(), dz, parameters, step);
    Call sparse =
        (kernels, parameters, step) -> {
          int half = columns.pairAt(0.5);
          Calls.updateSparse(kernels, columns, half, columns.pairs(), dz, parameters, step);
          Calls.updateSparse(kernels, columns, 0, half, dz, parameters, step);
        };
    check(rule, random, w, dense, sparse);
    if (m * (long) n * k < 10_000) {
      check(rule, random, w, sparse, sparse);
    }
  }

  private static void updateBias(Step.Rule rule, int m, int n, Random random) {
    Guarded dz = Guarded.random(random, m, n, any(random));
    Guarded bias = Guarded.random(random, 1, n, any(random));
    Call update = (kernels, parameters, step) -> Calls.updateBias(kernels, dz, parameters, step);
    check(rule, random, bias, update, update);
  }

  /** Takes two steps by each engine: the second one begins with the states of the first. */
  private static void check(
      Step.Rule rule, Random random, Guarded parameters, Call oracle, Call simd) {
    RandomStep expectedStep = RandomStep.of(rule, random, parameters);
    RandomStep step = expectedStep.copy();
    Guarded expected = parameters.copy();
    Guarded actual = parameters.copy();
    for (int i = 1; i <= 2; i++) {
      oracle.take(SCALAR, expected, expectedStep.step());
      simd.take(SIMD, actual, step.step());
      String what = rule + ", step " + i;
      actual.assertSameAs(expected, what);
      step.assertSameAs(expectedStep, what);
      expected.assertSameAs(expected, what + " of the oracle");
      expectedStep.assertSameAs(expectedStep, what + " of the oracle");
    }
  }

  private static Values any(Random random) {
    return Values.values()[random.nextInt(Values.values().length)];
  }
}
