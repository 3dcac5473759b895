package lanewise.bench.epochs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A rival that trains in its own process, isolated from the threads and the heap of the others, and
 * runs one epoch for each line {@code epoch} on standard input, so that the rivals can take turns.
 *
 * <p>It answers on standard output: {@code ready SETTING} at the start, and {@code epoch TRAIN
 * EVALUATE LOSS ACCURACY} (seconds, seconds, the sum over the rows, a fraction) after each epoch.
 * The process exits at the end of its input.
 */
public interface Learner {
  /** Trains on every row once, in order. */
  void learn();

  /** Evaluates the current weights: loss, summed over all rows, and accuracy. */
  double[] evaluate();

  /**
   * Answers requests until the input ends.
   *
   * @param setting versions, threads and whatever else a reader has to know
   */
  static void serve(Learner learner, String setting) throws IOException {
    PrintStream out = System.out;
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    out.println("ready " + setting);
    out.flush();
    while (in.readLine() != null) {
      long start = System.nanoTime();
      learner.learn();
      long trained = System.nanoTime();
      double[] result = learner.evaluate();
      long end = System.nanoTime();
      out.printf(
          "epoch %s %s %s %s%n",
          (trained - start) / 1e9, (end - trained) / 1e9, result[0], result[1]);
      out.flush();
    }
  }
}
