package lanewise.run;

import java.util.Random;
import lanewise.nn.Engine;
import lanewise.nn.Epoch;
import lanewise.nn.Mlp;
import lanewise.nn.Samples;
import lanewise.nn.Trainer;
import lanewise.nn.TrainingListener;

/**
 * Trains a small network on noise in the background while data are read, over and over: until C2
 * has compiled a kernel, each of its vectors is an object, and an epoch would take a minute. So the
 * compiler begins half a second earlier, and what it needs first costs tiny calls.
 */
final class WarmUp {
  /** Just wide enough that every tile of a step, an evaluation and a prediction is used. */
  private static final int[] SIZES = {32, 128, 32, 10};

  private static final int BATCH = 16;
  private static final int ROWS = 4 * BATCH;

  private volatile boolean over;

  private WarmUp() {}

  /** Starts the thread, unless the only core has better things to do. */
  static WarmUp start(Engine engine) {
    WarmUp warmUp = new WarmUp();
    if (engine.lanes() > 1 && Runtime.getRuntime().availableProcessors() > 1) {
      Thread.ofPlatform().daemon().name("warm-up").start(() -> warmUp.run(engine));
    }
    return warmUp;
  }

  private void run(Engine engine) {
    Random random = new Random(1);
    byte[] pixels = new byte[ROWS * SIZES[0]];
    int[] labels = new int[ROWS];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextInt(3) == 0 ? (byte) random.nextInt() : 0;
    }
    Samples samples = Samples.ofBytes(pixels, SIZES[0], labels);
    Mlp net = Mlp.glorot(1, SIZES);
    Trainer trainer =
        Trainer.builder(net).batchSize(BATCH).learningRate(1e-6).threads(1).engine(engine).build();
    float[] row = new float[SIZES[0]];
    TrainingListener untilOver =
        new TrainingListener() {
          @Override
          public boolean onBatch(int done) {
            return !over;
          }

          @Override
          public void onEpoch(Epoch epoch) {
            epoch.evaluate(samples);
            net.predict(row);
          }
        };
    while (!over) {
      trainer.fit(samples, 1, untilOver);
    }
  }

  /** Lets the thread end after its current step. */
  void stop() {
    over = true;
  }
}
