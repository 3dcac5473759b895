package lanewise.bench.epochs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Someone who learns, in a process of its own, when told to by a line {@code epoch} on standard
 * input: so that the others' threads and garbage are not in the way, and all take turns.
 *
 * <p>Answers go to standard output: {@code ready SETTING} at the start, {@code epoch TRAIN EVALUATE
 * LOSS ACCURACY} (seconds, seconds, the sum over the rows, a share) after each epoch. The end of
 * the input ends the process.
 */
public interface Learner {
  /** Learns from every row once, in order. */
  void learn();

  /** Loss, summed over all rows, and accuracy of the weights as they stand. */
  double[] evaluate();

  /**
   * Answers until the input ends.
   *
   * @param setting versions, threads: what a reader has to know
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
      long learnt = System.nanoTime();
      double[] result = learner.evaluate();
      long end = System.nanoTime();
      out.printf(
          "epoch %s %s %s %s%n",
          (learnt - start) / 1e9, (end - learnt) / 1e9, result[0], result[1]);
      out.flush();
    }
  }
}
