package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The start and end of epochs, and invalid arguments. */
// Threads that hang ignore the interrupt that would end a test of this thread.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TrainerTest {
  private static Mlp net() {
    return Mlp.glorot(7, 784, 65, 10);
  }

  private static Trainer trainer(Mlp net, int threads) {
    return TestTraining.trainer(net, 64, 1, Engine.AUTO, threads);
  }

  /** The hash after one epoch. */
  private static String train(Mlp net, Samples samples, int batch, double rate, int threads) {
    TestTraining.trainer(net, batch, rate, Engine.AUTO, threads).fit(samples, 1);
    return net.sha256();
  }

  @Test
  void aBatchLargerThanTheRowsIsOneShortBatch() {
    Samples samples = TestRows.digits(30);
    String whole = train(net(), samples, 30, 1, 1);
    assertEquals(whole, train(net(), samples, 31, 1, 1));
    assertEquals(whole, train(net(), samples, Integer.MAX_VALUE, 1, 2));
    assertNotEquals(whole, train(net(), samples, 29, 1, 1));
  }

  @Test
  void theMeanIsTakenOnceByDefault() {
    Samples samples = TestRows.digits(128);
    Mlp once = net();
    Trainer.builder(once).learningRate(0.125).threads(1).build().fit(samples, 2);
    Mlp twice = net();
    TestTraining.trainer(twice, 64, 0.125 * 64, Engine.AUTO, 1).fit(samples, 2);
    assertEquals(twice.sha256(), once.sha256(), "64 is the default batch size");
  }

  @Test
  void twoCallsOfFitAreOne() {
    Samples samples = TestRows.digits(150);
    Mlp net = net();
    Trainer trainer = trainer(net, 2);
    trainer.fit(samples, 1);
    trainer.fit(samples, 0);
    trainer.fit(samples, 2);
    Mlp other = net();
    assertEquals(3, trainer(other, 3).fit(samples, 3, epoch -> {}));
    assertEquals(other.sha256(), net.sha256());
  }

  /** A listener that stops at a number of rows and records its calls. */
  private static final class Stop implements TrainingListener {
    final List<Integer> rows = new ArrayList<>();
    final List<Integer> epochs = new ArrayList<>();
    private final int limit;

    Stop(int limit) {
      this.limit = limit;
    }

    @Override
    public boolean onBatch(int processed) {
      rows.add(processed);
      return processed < limit;
    }

    @Override
    public void onEpoch(Epoch epoch) {
      epochs.add(epoch.number());
    }
  }

  @Test
  void batchesCountRows() {
    Stop never = new Stop(Integer.MAX_VALUE);
    assertEquals(2, trainer(net(), 3).fit(TestRows.digits(150), 2, never));
    assertEquals(List.of(64, 128, 150, 64, 128, 150), never.rows);
    assertEquals(List.of(1, 2), never.epochs);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void aListenerCanStopAfterAnyBatch(int threads) {
    Samples samples = TestRows.digits(300);
    for (int batches = 1; batches <= 4; batches++) {
      Mlp net = net();
      Stop stop = new Stop(batches * 64);
      assertEquals(0, trainer(net, threads).fit(samples, 3, stop));
      assertEquals(batches, stop.rows.size(), "no batch after the last one");
      assertEquals(List.of(), stop.epochs);
      assertEquals(train(net(), samples.first(batches * 64), 64, 1, 1), net.sha256());
    }
  }

  @Test
  void stoppingAtTheLastBatchCompletesTheEpoch() {
    Mlp net = net();
    Samples samples = TestRows.digits(128);
    Stop stop = new Stop(128);
    assertEquals(1, trainer(net, 2).fit(samples, 3, stop));
    assertEquals(List.of(1), stop.epochs);
    assertEquals(train(net(), samples, 64, 1, 1), net.sha256());
  }

  @Test
  void stoppingInOnEpochEndsTheTraining() {
    Mlp net = net();
    Samples samples = TestRows.digits(128);
    List<Integer> epochs = new ArrayList<>();
    int complete =
        trainer(net, 2)
            .fit(
                samples,
                9,
                epoch -> {
                  epochs.add(epoch.number());
                  if (epoch.number() == 2) {
                    epoch.stop();
                  }
                });
    assertEquals(2, complete);
    assertEquals(List.of(1, 2), epochs);
    Mlp other = net();
    trainer(other, 1).fit(samples, 2);
    assertEquals(other.sha256(), net.sha256());
  }

  @Test
  void aListenersExceptionIsRethrownAndTheNetworkStaysUsable() {
    IllegalStateException thrown = new IllegalStateException("a test's");
    Mlp net = net();
    TrainingListener inBatch =
        new TrainingListener() {
          @Override
          public boolean onBatch(int rows) {
            throw thrown;
          }

          @Override
          public void onEpoch(Epoch epoch) {}
        };
    TrainingListener inEpoch =
        epoch -> {
          throw thrown;
        };
    for (TrainingListener listener : new TrainingListener[] {inBatch, inEpoch}) {
      Executable fit = () -> trainer(net, 3).fit(TestRows.digits(200), 1, listener);
      assertSame(thrown, assertThrows(IllegalStateException.class, fit));
      assertEquals(64, net.sha256().length(), "the network is not being trained any more");
    }
  }

  /** In batch 3 of 4, a value is not a number. */
  private static Samples withNaN() {
    Samples good = TestRows.digits(200);
    float[] values = new float[200 * 784];
    int[] labels = new int[200];
    good.copyRows(0, 200, values, 0);
    good.copyLabels(0, 200, labels, 0);
    values[150 * 784 + 5] = Float.NaN;
    return Samples.ofFloats(values, 784, labels);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void divergenceLeavesTheWeightsBeforeThatBatch(int threads) {
    String before = train(net(), TestRows.digits(128), 64, 1, 1);
    for (Engine engine : new Engine[] {Engine.SCALAR, Engine.SIMD}) {
      Mlp net = net();
      Trainer trainer = TestTraining.trainer(net, 64, 1, engine, threads);
      DivergedException thrown =
          assertThrows(DivergedException.class, () -> trainer.fit(withNaN(), 1));
      assertEquals(1, thrown.epoch());
      assertEquals(3, thrown.batch());
      assertEquals("the loss or a weight is not finite in epoch 1, batch 3", thrown.getMessage());
      assertEquals(before, net.sha256(), engine.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aStopBeforeTheBatchThatDivergesIsAStop(int threads) {
    assertEquals(0, trainer(net(), threads).fit(withNaN(), 1, new Stop(128)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e30, 1e300, Double.MAX_VALUE})
  void aRateFarTooHighDiverges(double rate) {
    Trainer trainer = TestTraining.trainer(net(), 64, rate, Engine.AUTO, 2);
    DivergedException thrown =
        assertThrows(DivergedException.class, () -> trainer.fit(TestRows.digits(200), 9));
    assertTrue(thrown.epoch() > 1 || thrown.batch() > 1, "the first step is taken");
  }

  /**
   * The first row kills the only hidden unit: its weights and its bias become -Infinity. Dense
   * products meet this in the next row, as zero times infinity is NaN; lists skip it.
   */
  @ParameterizedTest
  @CsvSource({"scalar, 2", "simd, 8"})
  void anInfiniteWeightThatNoLossShowsIsDivergence(String engine, int batch) {
    byte[] pixels = new byte[8 * 4];
    pixels[0] = (byte) 255;
    Samples samples = Samples.ofBytes(pixels, 4, new int[8]);
    float[] parameters = {1, 0, 0, 0, 0, -10, 10, 0, 0};
    Engine choice = Engine.valueOf(engine.toUpperCase(Locale.ROOT));
    Trainer trainer = TestTraining.trainer(Mlp.of(parameters, 4, 1, 2), 1, 1e38, choice, 1);
    DivergedException thrown = assertThrows(DivergedException.class, () -> trainer.fit(samples, 9));
    assertEquals(1, thrown.epoch(), "the epoch is the same with any engine");
    assertEquals(batch, thrown.batch());
  }

  @Test
  void aRateOfZeroChangesNoBit() {
    String before = net().sha256();
    assertEquals(before, train(net(), TestRows.digits(100), 64, 0, 2));
    assertNotEquals(before, train(net(), TestRows.digits(100), 64, 1e-3, 2));
  }

  @Test
  void aSingleRowAndASingleClassAreEnough() {
    Samples one = Samples.ofFloats(new float[] {1, 2}, 2, new int[] {0});
    Mlp net = Mlp.glorot(1, 2, 1);
    String before = net.sha256();
    assertEquals(before, train(net, one, 64, 1, 3), "the one class is certain: no step");
    Mlp two = Mlp.glorot(1, 2, 2);
    assertNotEquals(Mlp.glorot(1, 2, 2).sha256(), train(two, one, 1, 1, 1));
  }

  @Test
  void samplesThatDoNotFitTheNetworkAreRejected() {
    Samples digits = TestRows.digits(50);
    assertRefused(Mlp.glorot(1, 783, 10), digits);
    assertRefused(Mlp.glorot(1, 784, 9), digits);
    assertRefused(net(), digits.first(0));
  }

  private static void assertRefused(Mlp net, Samples samples) {
    float[] before = net.parameters().clone();
    Trainer trainer = trainer(net, 1);
    assertThrows(IllegalArgumentException.class, () -> trainer.check(samples));
    assertThrows(IllegalArgumentException.class, () -> trainer.fit(samples, 1));
    assertArrayEquals(before, net.parameters());
  }

  @Test
  void aBatchThatNoArrayCanHoldIsRefused() {
    int wide = 1 << 21;
    Mlp net = Mlp.of(new float[3 * wide + 1], 1, wide, 1);
    Samples rows = Samples.ofFloats(new float[1024], 1, new int[1024]);
    Trainer trainer = TestTraining.trainer(net, 1024, 1, Engine.AUTO, 1);
    assertEquals(
        "a batch of 1024 rows of width 2097152 is more than an array can hold (2147483647)",
        assertThrows(IllegalArgumentException.class, () -> trainer.check(rows)).getMessage());
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    Trainer.Builder builder = Trainer.builder(net());
    for (int rows : new int[] {0, -1}) {
      assertThrows(IllegalArgumentException.class, () -> builder.batchSize(rows));
    }
    for (double rate : new double[] {-1e-9, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> builder.learningRate(rate));
    }
    for (int threads : new int[] {0, -1, 1025}) {
      assertThrows(IllegalArgumentException.class, () -> builder.threads(threads));
    }
    assertThrows(NullPointerException.class, () -> builder.engine(null));
    assertThrows(NullPointerException.class, () -> builder.mean(null));
    assertThrows(NullPointerException.class, () -> Trainer.builder(null));
  }

  @Test
  void nullsAndNegativeEpochsAreRefusedBeforeAnythingChanges() {
    Mlp net = net();
    String before = net.sha256();
    Samples samples = TestRows.digits(100);
    Trainer trainer = trainer(net, 2);
    assertThrows(NullPointerException.class, () -> trainer.fit(null, 1));
    assertThrows(NullPointerException.class, () -> trainer.fit(samples, 1, null));
    assertThrows(IllegalArgumentException.class, () -> trainer.fit(samples, -1));
    assertThrows(NullPointerException.class, () -> trainer.evaluate(null));
    assertEquals(before, net.sha256());
    assertFalse(before.isEmpty());
  }
}
