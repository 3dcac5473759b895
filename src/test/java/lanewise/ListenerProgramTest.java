package lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program that trains with two threads, evaluates held-out samples inside the listener and stops
 * as soon as they are accurate enough.
 */
class ListenerProgramTest {
  /** The network is large enough for a step to use both threads. */
  private static final String SOURCE =
      """
      import java.util.Random;
      import lanewise.nn.Epoch;
      import lanewise.nn.Evaluation;
      import lanewise.nn.Mlp;
      import lanewise.nn.Samples;
      import lanewise.nn.Trainer;
      import lanewise.nn.TrainingListener;

      public class EarlyStop {
        private static final int WIDTH = 16;

        public static void main(String[] args) {
          Samples samples = quadrants(2000, 1);
          Samples heldOut = quadrants(500, 2);
          Mlp net = Mlp.glorot(42, WIDTH, 128, 4);
          Trainer trainer =
              Trainer.builder(net).batchSize(64).learningRate(0.5).threads(2).build();
          Watcher watcher = new Watcher(net, heldOut);
          int epochs = trainer.fit(samples, 1000, watcher);
          System.out.println("stopped early " + (epochs == watcher.epochs && epochs < 1000));
          System.out.println("refused " + (watcher.refused > 0));
          System.out.println("same weights " + watcher.last.equals(trainer.evaluate(heldOut)));
          System.out.println("accurate " + (net.evaluate(heldOut).accuracy() > 0.9));
        }

        private static final class Watcher implements TrainingListener {
          private final Mlp net;
          private final Samples heldOut;
          private int epochs;
          private int refused;
          private Evaluation last;

          Watcher(Mlp net, Samples heldOut) {
            this.net = net;
            this.heldOut = heldOut;
          }

          @Override
          public boolean onBatch(int rows) {
            try {
              net.classify(new float[WIDTH]);
            } catch (IllegalStateException e) {
              refused++;
            }
            return true;
          }

          @Override
          public void onEpoch(Epoch epoch) {
            epochs = epoch.number();
            last = epoch.evaluate(heldOut);
            if (last.accuracy() > 0.9) {
              epoch.stop();
            }
          }
        }

        /** Random points; the label is the quadrant of the first two coordinates. */
        private static Samples quadrants(int rows, long seed) {
          Random random = new Random(seed);
          float[] values = new float[rows * WIDTH];
          int[] labels = new int[rows];
          for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() * 2 - 1;
          }
          for (int row = 0; row < rows; row++) {
            labels[row] =
                (values[row * WIDTH] > 0 ? 2 : 0) + (values[row * WIDTH + 1] > 0 ? 1 : 0);
          }
          return Samples.ofFloats(values, WIDTH, labels);
        }
      }
      """;

  @TempDir private Path directory;

  @Test
  @Timeout(120)
  void aListenerEvaluatesOtherSamplesAndStopsEarly() throws IOException, InterruptedException {
    String output = EmbeddedProgram.run(directory, "EarlyStop", SOURCE);
    List<String> lines = output.lines().toList();
    assertEquals(4, lines.size(), output);
    assertTrue(lines.stream().allMatch(line -> line.endsWith(" true")), output);
  }
}
