package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a listener may do with a network during training. */
// Threads that hang ignore the interrupt that would end a test of this thread.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TrainingListenerTest {
  private static final Samples SAMPLES = TestRows.digits(300);
  private static final Samples OTHERS = TestRows.digits(450);

  /** Wide enough for several threads, each with columns of the first layer of its own. */
  private static Mlp net() {
    return Mlp.glorot(7, 784, 96, 10);
  }

  private static Trainer trainer(Mlp net, int threads) {
    return TestTraining.trainer(net, 64, 4, Engine.AUTO, threads);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void onEpochSeesTheFinalWeightsAndMayEvaluate(int threads) {
    List<String> hashes = new ArrayList<>();
    List<Evaluation> evaluations = new ArrayList<>();
    Thread caller = Thread.currentThread();
    Mlp net = net();
    trainer(net, threads)
        .fit(
            SAMPLES,
            3,
            epoch -> {
              assertSame(caller, Thread.currentThread());
              assertTrue(epoch.seconds() > 0);
              hashes.add(net.sha256());
              Evaluation evaluation = epoch.evaluate(OTHERS);
              evaluations.add(evaluation);
              assertEquals(net.evaluate(OTHERS), evaluation);
              assertEquals(net.evaluate(SAMPLES), epoch.evaluation());
              assertEquals(epoch.evaluation().loss(), epoch.loss());
              assertEquals(epoch.evaluation().accuracy(), epoch.accuracy());
            });
    for (int epochs = 1; epochs <= 3; epochs++) {
      Mlp other = net();
      trainer(other, 1).fit(SAMPLES, epochs);
      assertEquals(other.sha256(), hashes.get(epochs - 1), "epoch " + epochs);
      assertEquals(other.evaluate(OTHERS), evaluations.get(epochs - 1));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void weightsThatOnEpochWritesAreTrainedFurther(int threads) {
    Mlp written = net();
    trainer(written, threads).fit(SAMPLES, 2, epoch -> written.parameters()[3] = epoch.number());
    Mlp expected = net();
    trainer(expected, 1).fit(SAMPLES, 1);
    expected.parameters()[3] = 1;
    trainer(expected, 1).fit(SAMPLES, 1);
    expected.parameters()[3] = 2;
    assertEquals(expected.sha256(), written.sha256());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void duringAnEpochTheNetworkCannotBeUsed(int threads) {
    Mlp net = net();
    Trainer trainer = trainer(net, threads);
    float[] row = new float[784];
    Executable[] uses = {
      net::parameters,
      net::sha256,
      net::copy,
      () -> net.predict(row),
      () -> net.predict(row, 1, new float[10]),
      () -> net.classify(row),
      () -> net.evaluate(OTHERS),
      () -> trainer.evaluate(OTHERS),
      () -> trainer.fit(SAMPLES, 1),
    };
    int[] refused = new int[1];
    trainer.fit(
        SAMPLES,
        1,
        new TrainingListener() {
          @Override
          public boolean onBatch(int rows) {
            for (Executable use : uses) {
              IllegalStateException thrown = assertThrows(IllegalStateException.class, use);
              assertTrue(thrown.getMessage().startsWith("the network 784-96-10 is "));
              refused[0]++;
            }
            return true;
          }

          @Override
          public void onEpoch(Epoch epoch) {}
        });
    assertEquals(uses.length * 5, refused[0]);
    Mlp undisturbed = net();
    trainer(undisturbed, 1).fit(SAMPLES, 1);
    assertEquals(undisturbed.sha256(), net.sha256());
  }

  @Test
  void aCopyMayBeUsedAtAnyTime() {
    Mlp net = net();
    Mlp copy = net.copy();
    float[] row = new float[784];
    trainer(net, 2)
        .fit(
            SAMPLES,
            1,
            new TrainingListener() {
              @Override
              public boolean onBatch(int rows) {
                return copy.predict(row).length == 10;
              }

              @Override
              public void onEpoch(Epoch epoch) {}
            });
    assertNotEquals(copy.sha256(), net.sha256());
  }

  @Test
  void onEpochMayTrainFurther() {
    Mlp net = net();
    Trainer trainer = trainer(net, 2);
    trainer.fit(SAMPLES, 2, epoch -> trainer.fit(SAMPLES, 1));
    Mlp other = net();
    trainer(other, 1).fit(SAMPLES, 4);
    assertEquals(other.sha256(), net.sha256());
  }

  @Test
  void anEpochIsOverWhenOnEpochReturns() {
    Epoch[] kept = new Epoch[1];
    Mlp net = net();
    trainer(net, 2).fit(SAMPLES, 1, epoch -> kept[0] = epoch);
    IllegalStateException thrown = assertThrows(IllegalStateException.class, () -> kept[0].loss());
    assertEquals("epoch 1 is over: evaluate inside onEpoch", thrown.getMessage());
  }
}
