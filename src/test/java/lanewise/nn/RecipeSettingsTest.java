package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a trainer refuses, and what single settings do to a training. */
// Threads that hang ignore the interrupt that would end a test of this thread.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RecipeSettingsTest {
  private static final Samples DIGITS = TestRows.digits(130);

  private static Mlp net() {
    return Mlp.glorot(7, 784, 65, 33, 10);
  }

  private static Trainer.Builder builder() {
    return Trainer.builder(net());
  }

  private static Optimizer optimizer(double... values) {
    return new Optimizer(
        Optimizer.Kind.ADAM, values[0], values[1], values[2], values[3], values[4]);
  }

  static Stream<Arguments> refusals() {
    double nan = Double.NaN;
    double infinite = Double.POSITIVE_INFINITY;
    Samples numbers = TestRows.clusters(1, 20, 784, 10);
    Samples narrow = Samples.ofBytes(new byte[50], 50, new int[1]);
    Mlp ofNarrow = Mlp.glorot(1, 50, 10);
    return Stream.of(
        refusal("label smoothing is at least 0 and below 1, not 1.0", () -> smooth(1)),
        refusal("label smoothing is at least 0 and below 1, not -0.1", () -> smooth(-0.1)),
        refusal("label smoothing is at least 0 and below 1, not NaN", () -> smooth(nan)),
        refusal("a share of dropout is at least 0 and below 1, not 1.0", () -> drop(1)),
        refusal("a share of dropout is at least 0 and below 1, not -0.5", () -> drop(0, -0.5)),
        refusal("a share of dropout is at least 0 and below 1, not NaN", () -> drop(nan)),
        refusal(
            "3 shares of dropout do not fit a network 784-65-33-10, which has 2 hidden layers",
            () -> drop(0.1, 0.1, 0.1)),
        refusal(
            "1 shares of dropout do not fit a network 50-10, which has 0 hidden layers",
            () -> Trainer.builder(ofNarrow).dropout(0.5)),
        refusal("there are no rows to validate with", () -> builder().validation(DIGITS.first(0))),
        refusal(
            "training stops early after at least 1 epoch, not 0",
            () -> builder().validation(DIGITS).earlyStop(0)),
        refusal("to stop early needs validation rows", () -> builder().earlyStop(2).build()),
        refusal("a target accuracy is above 0 and at most 1, not 0.0", () -> target(0)),
        refusal("a target accuracy is above 0 and at most 1, not 1.5", () -> target(1.5)),
        refusal("a target accuracy is above 0 and at most 1, not NaN", () -> target(nan)),
        refusal(
            "only rows of at most 65535 grey bytes form groups of similar ones",
            () -> builder().shuffle(Shuffle.GROUPS).build().fit(numbers, 1)),
        refusal(
            "only square grey images can be distorted, not rows of 784 numbers",
            () -> builder().augment(true).build().fit(numbers, 1)),
        refusal(
            "only square grey images can be distorted, not rows of 50 bytes",
            () -> Trainer.builder(ofNarrow).augment(true).build().check(narrow)),
        refusal(
            "momentum is at least 0 and below 1, not 1.0", () -> optimizer(1, 0.9, 0.9, 1e-8, 0)),
        refusal(
            "beta1 is at least 0 and below 1, not -0.1", () -> optimizer(0, -0.1, 0.9, 1e-8, 0)),
        refusal("beta2 is at least 0 and below 1, not NaN", () -> optimizer(0, 0, nan, 1e-8, 0)),
        refusal("epsilon is finite and above 0, not 0.0", () -> optimizer(0, 0, 0, 0, 0)),
        refusal(
            "epsilon is finite and above 0, not Infinity", () -> optimizer(0, 0, 0, infinite, 0)),
        refusal(
            "a weight decay is finite and at least 0, not -1.0",
            () -> Optimizer.adam().withWeightDecay(-1)),
        refusal(
            "a weight decay is finite and at least 0, not Infinity",
            () -> Optimizer.nesterov(0).withWeightDecay(infinite)));
  }

  private static Arguments refusal(String message, Executable call) {
    return Arguments.of(message, call);
  }

  private static void smooth(double s) {
    builder().labelSmoothing(s);
  }

  private static void drop(double... shares) {
    builder().dropout(shares);
  }

  private static void target(double accuracy) {
    builder().targetAccuracy(accuracy);
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void settingsOutOfRangeAreRefused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  @Test
  void nullsAndRowsThatDoNotFitAreRefused() {
    Trainer.Builder builder = builder();
    assertThrows(NullPointerException.class, () -> builder.optimizer(null));
    assertThrows(NullPointerException.class, () -> builder.schedule(null));
    assertThrows(NullPointerException.class, () -> builder.shuffle(null));
    assertThrows(NullPointerException.class, () -> builder.validation(null));
    Samples wide = TestRows.clusters(1, 20, 785, 10);
    assertThrows(IllegalArgumentException.class, () -> builder.validation(wide));
    Samples classes = TestRows.clusters(1, 20, 784, 11);
    assertThrows(IllegalArgumentException.class, () -> builder.validation(classes));
  }

  /** The gradient is zero where the probabilities are the target. */
  @Test
  void trainingGoesTowardsTheSmoothedLabels() {
    Samples one = Samples.ofFloats(new float[] {1, 2}, 2, new int[] {1});
    Mlp net = Mlp.glorot(1, 2, 4);
    Trainer.builder(net).labelSmoothing(0.2).learningRate(0.2).threads(1).build().fit(one, 300);
    float[] probabilities = net.predict(new float[] {1, 2});
    for (int j = 0; j < 4; j++) {
      assertEquals(j == 1 ? 0.85 : 0.05, probabilities[j], 1e-6);
    }
    double loss = net.evaluate(one).loss();
    assertEquals(-Math.log(0.85), loss, 1e-5, "losses are reported on the plain labels");
  }

  @Test
  void defaultsAreTheSameAsZeros() {
    Mlp plain = net();
    Trainer.builder(plain).threads(1).build().fit(DIGITS, 2);
    Mlp zeros = net();
    Trainer.builder(zeros)
        .threads(1)
        .optimizer(Optimizer.of(Optimizer.Kind.SGD))
        .schedule(Schedule.CONSTANT)
        .shuffle(Shuffle.NONE)
        .seed(5)
        .labelSmoothing(0)
        .dropout(0)
        .augment(false)
        .build()
        .fit(DIGITS, 2);
    assertEquals(plain.sha256(), zeros.sha256());
  }

  /** With no momentum, both momentums are plain descent but for the rounding of the mean. */
  @ParameterizedTest
  @CsvSource({"MOMENTUM", "NESTEROV"})
  void noMomentumIsDescent(Optimizer.Kind kind) {
    Samples rows = TestRows.digits(128);
    Mlp plain = net();
    // The quotient of the rate and the batch size, a power of two, is exact either way.
    Trainer.builder(plain).learningRate(0.125).threads(1).build().fit(rows, 2);
    Mlp none = net();
    Trainer.builder(none)
        .learningRate(0.125)
        .optimizer(new Optimizer(kind, 0, 0, 0, 1, 0))
        .threads(1)
        .build()
        .fit(rows, 2);
    assertEquals(plain.sha256(), none.sha256());
  }

  /** Such a step is finite, and the next batch's loss is not. */
  @ParameterizedTest
  @ValueSource(doubles = {1e30, Double.MAX_VALUE})
  void divergenceOfAdamLeavesTheWeightsBeforeThatBatch(double rate) {
    for (int threads = 1; threads <= 3; threads++) {
      for (Engine engine : new Engine[] {Engine.SCALAR, Engine.SIMD}) {
        Mlp net = net();
        Trainer trainer = absurd(net, rate).engine(engine).threads(threads).build();
        DivergedException thrown =
            assertThrows(DivergedException.class, () -> trainer.fit(DIGITS, 3));
        assertEquals(1, thrown.epoch());
        assertEquals(2, thrown.batch(), "the first step is taken");
        Mlp stopped = net();
        TrainingListener afterTheFirst =
            new TrainingListener() {
              @Override
              public boolean onBatch(int rows) {
                return false;
              }

              @Override
              public void onEpoch(Epoch epoch) {}
            };
        absurd(stopped, rate)
            .engine(Engine.SCALAR)
            .threads(1)
            .build()
            .fit(DIGITS, 3, afterTheFirst);
        assertEquals(stopped.sha256(), net.sha256());
      }
    }
  }

  private static Trainer.Builder absurd(Mlp net, double rate) {
    return Trainer.builder(net).learningRate(rate).optimizer(Optimizer.adam());
  }

  @ParameterizedTest
  @CsvSource({"SGD", "MOMENTUM", "NESTEROV", "ADAM", "ADAMW"})
  void everyOptimizerLearns(Optimizer.Kind kind) {
    Mlp net = HashOfRecipes.net();
    Samples rows = HashOfRecipes.samples();
    double before = net.evaluate(rows).loss();
    HashOfRecipes.everything(net, kind, Shuffle.GROUPS).augment(false).build().fit(rows, 8);
    double after = net.evaluate(rows).loss();
    assertTrue(after < 0.95 * before, "%g -> %g".formatted(before, after));
  }
}
