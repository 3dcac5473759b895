package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import lanewise.kernel.Kernels;
import lanewise.parallel.Workers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How epochs begin, go and end. */
// A crew that hangs does not heed the interrupt by which a test of this thread would be ended.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TrainerTest {
  private static final Kernels KERNELS = Kernels.best();

  private static Mlp net() {
    return Mlp.glorot(7, 784, 65, 10);
  }

  /** The hash after one epoch. */
  private static String train(Mlp net, Samples samples, int batch, double rate, int threads) {
    try (Workers workers = new Workers(threads)) {
      assertTrue(new Trainer(net, samples, batch, rate, KERNELS, workers).epoch(rows -> true));
    }
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
  void progressCountsRowsAndIsToldByTheCaller() {
    Mlp net = net();
    List<Integer> told = new ArrayList<>();
    Thread caller = Thread.currentThread();
    try (Workers workers = new Workers(3)) {
      Trainer trainer = new Trainer(net, TestRows.digits(150), 64, 1, KERNELS, workers);
      Trainer.Progress progress =
          rows -> {
            assertEquals(caller, Thread.currentThread());
            return told.add(rows);
          };
      assertTrue(trainer.epoch(progress));
      assertTrue(trainer.epoch(progress));
    }
    assertEquals(List.of(64, 128, 150, 64, 128, 150), told);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void progressCanEndAnEpochAfterAnyBatch(int threads) {
    Samples samples = TestRows.digits(300);
    for (int batches = 1; batches <= 4; batches++) {
      Mlp net = net();
      int stop = batches * 64;
      List<Integer> told = new ArrayList<>();
      try (Workers workers = new Workers(threads)) {
        Trainer trainer = new Trainer(net, samples, 64, 1, KERNELS, workers);
        assertFalse(
            trainer.epoch(
                rows -> {
                  told.add(rows);
                  return rows < stop;
                }));
      }
      assertEquals(batches, told.size(), "no batch after the last one told");
      assertEquals(train(net(), samples.first(stop), 64, 1, 1), net.sha256());
    }
  }

  @Test
  void stoppingAtTheLastBatchIsAWholeEpochAndTheNextOneStartsAfresh() {
    Mlp net = net();
    Samples samples = TestRows.digits(128);
    try (Workers workers = new Workers(2)) {
      Trainer trainer = new Trainer(net, samples, 64, 1, KERNELS, workers);
      assertTrue(trainer.epoch(rows -> rows < 128));
      assertEquals(train(net(), samples, 64, 1, 1), net.sha256());
      assertFalse(trainer.epoch(rows -> false));
      assertTrue(trainer.epoch(rows -> true));
    }
  }

  @Test
  void whatProgressThrowsReachesTheCaller() {
    IllegalStateException thrown = new IllegalStateException("a test's");
    try (Workers workers = new Workers(3)) {
      Trainer trainer = new Trainer(net(), TestRows.digits(200), 64, 1, KERNELS, workers);
      assertEquals(
          thrown,
          assertThrows(
              IllegalStateException.class,
              () ->
                  trainer.epoch(
                      rows -> {
                        throw thrown;
                      })));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void divergenceIsToldAndLeavesTheWeightsBeforeThatBatch(int threads) {
    Samples good = TestRows.digits(200);
    float[] values = new float[200 * 784];
    int[] labels = new int[200];
    good.copyRows(0, 200, values, 0);
    good.copyLabels(0, 200, labels, 0);
    values[150 * 784 + 5] = Float.NaN; // In batch 3 of 4.
    Samples bad = Samples.ofFloats(values, 784, labels);
    for (Kernels kernels : new Kernels[] {Kernels.scalar(), Kernels.simd()}) {
      Mlp net = net();
      try (Workers workers = new Workers(threads)) {
        Trainer trainer = new Trainer(net, bad, 64, 1, kernels, workers);
        DivergedException thrown =
            assertThrows(DivergedException.class, () -> trainer.epoch(rows -> true));
        assertEquals(1, thrown.epoch());
        assertEquals(3, thrown.batch());
        assertEquals("the loss is not finite in epoch 1, batch 3", thrown.getMessage());
      }
      assertEquals(train(net(), good.first(128), 64, 1, 1), net.sha256(), kernels.name());
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e30, 1e300, Double.MAX_VALUE})
  void aRateFarTooHighEndsInDivergence(double rate) {
    try (Workers workers = new Workers(2)) {
      Trainer trainer = new Trainer(net(), TestRows.digits(200), 64, rate, KERNELS, workers);
      DivergedException thrown =
          assertThrows(
              DivergedException.class,
              () -> {
                for (int epoch = 1; epoch < 10; epoch++) {
                  trainer.epoch(rows -> true);
                }
              });
      assertTrue(thrown.epoch() > 1 || thrown.batch() > 1, "the first step is taken");
    }
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
  void whatDoesNotFitIsRefused() {
    Samples digits = TestRows.digits(50);
    assertRefused(Mlp.glorot(1, 783, 10), digits, 64, 1);
    assertRefused(Mlp.glorot(1, 784, 9), digits, 64, 1);
    assertRefused(net(), digits.first(0), 64, 1);
    assertRefused(net(), digits, 0, 1);
    assertRefused(net(), digits, -1, 1);
    for (double rate : new double[] {-1e-9, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertRefused(net(), digits, 64, rate);
    }
  }

  private static void assertRefused(Mlp net, Samples samples, int batch, double rate) {
    float[] before = net.parameters().clone();
    try (Workers workers = new Workers(1)) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new Trainer(net, samples, batch, rate, KERNELS, workers));
    }
    assertArrayEquals(before, net.parameters());
  }
}
