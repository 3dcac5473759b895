package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training that stops early or at an accuracy, and goes on from a state. */
// Threads that hang ignore the interrupt that would end a test of this thread.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StoppingTest {
  private static final int EPOCHS = 12;
  private static final int PATIENCE = 3;
  private static final Samples SAMPLES = TestRows.digits(200);

  /** Losses first fall, as most labels are right, and rise as the network gets sure of itself. */
  private static final Samples VALIDATION = withWrongLabels(TestRows.digits(350), 200, 5);

  /** Without any stop: of each epoch the validation loss, the accuracies and the weights. */
  private static final List<Double> LOSSES = new ArrayList<>();

  private static final List<Double> VALIDATION_ACCURACIES = new ArrayList<>();
  private static final List<Double> ACCURACIES = new ArrayList<>();
  private static final List<String> HASHES = new ArrayList<>();

  /** The epoch of the lowest loss, from 1. */
  private static int bestEpoch;

  /** Rows from {@code from} on, one in some of them with another label. */
  private static Samples withWrongLabels(Samples samples, int from, int oneIn) {
    Random random = new Random(8);
    int rows = samples.rows() - from;
    float[] values = new float[rows * samples.width()];
    int[] labels = new int[rows];
    samples.copyRows(from, samples.rows(), values, 0);
    samples.copyLabels(from, samples.rows(), labels, 0);
    for (int row = 0; row < rows; row += oneIn) {
      labels[row] = (labels[row] + 1 + random.nextInt(9)) % 10;
    }
    return Samples.ofFloats(values, samples.width(), labels);
  }

  private static Mlp net() {
    return Mlp.glorot(7, 784, 65, 10);
  }

  private static Trainer.Builder builder(Mlp net) {
    return Trainer.builder(net)
        .batchSize(40)
        .learningRate(0.004)
        .optimizer(Optimizer.adam())
        .shuffle(Shuffle.ROWS)
        .validation(VALIDATION)
        .threads(2);
  }

  private static Trainer.Builder early(Mlp net) {
    return builder(net).earlyStop(PATIENCE);
  }

  @BeforeAll
  static void withoutAnyStop() {
    Mlp net = net();
    builder(net)
        .build()
        .fit(
            SAMPLES,
            EPOCHS,
            epoch -> {
              assertEquals(epoch.evaluate(VALIDATION), epoch.validation());
              assertEquals(Optional.empty(), epoch.best(), "there is no early stop");
              LOSSES.add(epoch.validation().loss());
              VALIDATION_ACCURACIES.add(epoch.validation().accuracy());
              ACCURACIES.add(epoch.accuracy());
              HASHES.add(net.sha256());
            });
    assertEquals(HASHES.getLast(), net.sha256(), "no epoch is better than the last");
    bestEpoch = LOSSES.indexOf(LOSSES.stream().min(Double::compare).orElseThrow()) + 1;
    assertTrue(bestEpoch > 1 && bestEpoch + PATIENCE < EPOCHS, "losses " + LOSSES);
  }

  private static String best() {
    return HASHES.get(bestEpoch - 1);
  }

  @Test
  void anEarlyStopRestoresTheBestEpoch() {
    Mlp net = net();
    List<Integer> bests = new ArrayList<>();
    int complete =
        early(net)
            .build()
            .fit(
                SAMPLES,
                EPOCHS,
                epoch -> {
                  TrainingState.Best best = epoch.best().orElseThrow();
                  bests.add(best.epoch());
                  assertEquals(LOSSES.get(best.epoch() - 1), best.loss());
                  Mlp kept = Mlp.of(best.parameters().clone(), 784, 65, 10);
                  assertEquals(HASHES.get(best.epoch() - 1), kept.sha256());
                  assertEquals(HASHES.get(epoch.number() - 1), net.sha256(), "not yet restored");
                });
    assertEquals(bestEpoch + PATIENCE, complete);
    List<Integer> expected = new ArrayList<>();
    int best = 1;
    for (int epoch = 1; epoch <= complete; epoch++) {
      best = LOSSES.get(epoch - 1) < LOSSES.get(best - 1) ? epoch : best;
      expected.add(best);
    }
    assertEquals(expected, bests);
    assertEquals(best(), net.sha256());
  }

  @Test
  void theBestEpochIsRestoredAlsoIfTrainingEndsOtherwise() {
    Mlp net = net();
    assertEquals(bestEpoch + 1, early(net).build().fit(SAMPLES, bestEpoch + 1, epoch -> {}));
    assertEquals(best(), net.sha256(), "at the last epoch");
    Mlp stopped = net();
    early(stopped).build().fit(SAMPLES, EPOCHS, epoch -> stopAt(epoch, bestEpoch + PATIENCE - 1));
    assertEquals(best(), stopped.sha256(), "by onEpoch");
    Mlp within = net();
    int[] batches = new int[1];
    TrainingListener inTheNext =
        new TrainingListener() {
          @Override
          public boolean onBatch(int rows) {
            return ++batches[0] < 5 * bestEpoch + 2;
          }

          @Override
          public void onEpoch(Epoch epoch) {}
        };
    assertEquals(bestEpoch, early(within).build().fit(SAMPLES, EPOCHS, inTheNext));
    assertEquals(best(), within.sha256(), "by onBatch");
  }

  private static void stopAt(Epoch epoch, int number) {
    if (epoch.number() == number) {
      epoch.stop();
    }
  }

  /**
   * The state says how long ago the best epoch was; after the stop, there is nothing left to do.
   */
  @Test
  void patienceGoesOnInAContinuedTraining() {
    List<Mlp> nets = new ArrayList<>();
    List<TrainingState> states = new ArrayList<>();
    Mlp net = net();
    early(net)
        .build()
        .fit(
            SAMPLES,
            EPOCHS,
            epoch -> {
              nets.add(net.copy());
              states.add(copy(epoch.state()));
            });
    int last = bestEpoch + PATIENCE;
    for (int epochs = 1; epochs <= last; epochs++) {
      Mlp other = nets.get(epochs - 1);
      List<Integer> numbers = new ArrayList<>();
      TrainingState state = states.get(epochs - 1);
      int complete =
          early(other).build().fit(SAMPLES, EPOCHS, state, epoch -> numbers.add(epoch.number()));
      assertEquals(last, complete);
      assertEquals(last - epochs, numbers.size());
      assertEquals(best(), other.sha256(), "continued after epoch " + epochs);
    }
  }

  private static TrainingState copy(TrainingState state) {
    float[][] moments = Arrays.stream(state.moments()).map(float[]::clone).toArray(float[][]::new);
    return new TrainingState(state.epoch(), moments, state.best());
  }

  @Test
  void withoutEarlyStopTheBestEpochOfAStateIsForgotten() {
    TrainingState[] kept = new TrainingState[1];
    Mlp[] nets = new Mlp[1];
    Mlp net = net();
    early(net)
        .build()
        .fit(
            SAMPLES,
            bestEpoch + 1,
            epoch -> {
              kept[0] = copy(epoch.state());
              nets[0] = net.copy();
            });
    int complete = builder(nets[0]).build().fit(SAMPLES, EPOCHS, kept[0], epoch -> {});
    assertEquals(EPOCHS, complete);
    assertEquals(HASHES.getLast(), nets[0].sha256());
  }

  @Test
  void aTargetIsReachedOnTheValidationRows() {
    target(VALIDATION_ACCURACIES, builder(net()), epoch -> epoch.validation().accuracy());
  }

  @Test
  void withoutValidationATargetIsReachedOnTheTrainingRows() {
    Trainer.Builder builder =
        Trainer.builder(net())
            .batchSize(40)
            .learningRate(0.004)
            .optimizer(Optimizer.adam())
            .shuffle(Shuffle.ROWS);
    target(ACCURACIES, builder, Epoch::accuracy);
  }

  /** The first accuracy above that of the first epoch is the target. */
  private static void target(
      List<Double> accuracies, Trainer.Builder settings, ToDoubleFunction<Epoch> accuracy) {
    double target =
        accuracies.stream().filter(each -> each > accuracies.getFirst()).findFirst().orElseThrow();
    List<Double> seen = new ArrayList<>();
    int complete =
        settings
            .targetAccuracy(target)
            .build()
            .fit(SAMPLES, EPOCHS, epoch -> seen.add(accuracy.applyAsDouble(epoch)));
    assertEquals(accuracies.indexOf(target) + 1, complete);
    assertEquals(accuracies.subList(0, complete), seen);
    assertTrue(complete > 1, "the first epoch does not reach it");
  }

  @Test
  void validationNeedsRows() {
    Mlp net = net();
    Trainer trainer = Trainer.builder(net).threads(1).build();
    trainer.fit(
        SAMPLES,
        1,
        epoch ->
            assertEquals(
                "the trainer has no validation samples",
                assertThrows(IllegalStateException.class, epoch::validation).getMessage()));
    Epoch[] over = new Epoch[1];
    builder(net).build().fit(SAMPLES, 1, epoch -> over[0] = epoch);
    assertThrows(IllegalStateException.class, () -> over[0].validation());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void aStateWithOtherMomentsIsRefused(int count) {
    Mlp net = net();
    String before = net.sha256();
    TrainingState state =
        new TrainingState(0, new float[count][net.countParameters()], Optional.empty());
    assertEquals(
        "a state with %d moments does not fit adam of a network 784-65-10".formatted(count),
        refusal(net, 1, state));
    assertEquals(before, net.sha256());
  }

  @Test
  void aStateOfAnotherNetworkOrOfALaterEpochIsRefused() {
    Mlp net = net();
    int parameters = net.countParameters();
    String misfit = "a state with 2 moments does not fit adam of a network 784-65-10";
    float[][] fit = new float[2][parameters];
    float[][] longer = {new float[parameters], new float[parameters + 1]};
    assertEquals(misfit, refusal(net, 1, new TrainingState(0, longer, Optional.empty())));
    Optional<TrainingState.Best> other =
        Optional.of(new TrainingState.Best(1, 2, new float[parameters - 1]));
    assertEquals(misfit, refusal(net, 1, new TrainingState(1, fit, other)));
    assertEquals(
        "epochs must be at least 4, not 3",
        refusal(net, 3, new TrainingState(4, fit, Optional.empty())));
    assertEquals(net().sha256(), net.sha256());
    assertThrows(
        IllegalArgumentException.class, () -> new TrainingState(-1, fit, Optional.empty()));
    assertThrows(IllegalArgumentException.class, () -> new TrainingState.Best(0, 1, fit[0]));
    for (double loss : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> new TrainingState.Best(1, loss, fit[0]));
    }
  }

  private static String refusal(Mlp net, int epochs, TrainingState state) {
    Trainer trainer = early(net).build();
    return assertThrows(
            IllegalArgumentException.class, () -> trainer.fit(SAMPLES, epochs, state, epoch -> {}))
        .getMessage();
  }

  @Test
  void statesAreEqualIfTheirNumbersAre() {
    float[][] moments = {{1, 2}};
    Optional<TrainingState.Best> best =
        Optional.of(new TrainingState.Best(2, 0.5, new float[] {3, 4}));
    TrainingState state = new TrainingState(3, moments, best);
    TrainingState same =
        new TrainingState(
            3,
            new float[][] {{1, 2}},
            Optional.of(new TrainingState.Best(2, 0.5, new float[] {3, 4})));
    assertEquals(state, same);
    assertEquals(state.hashCode(), same.hashCode());
    for (TrainingState other :
        List.of(
            new TrainingState(4, moments, best),
            new TrainingState(3, new float[][] {{1, 3}}, best),
            new TrainingState(3, moments, Optional.empty()),
            new TrainingState(
                3, moments, Optional.of(new TrainingState.Best(2, 0.5, new float[] {3, 5}))))) {
      assertFalse(state.equals(other));
    }
  }
}
