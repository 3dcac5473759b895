package lanewise.bench.compare;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import lanewise.bench.Directories;
import lanewise.bench.accuracy.AccuracyContest;
import lanewise.bench.results.Measurement;
import lanewise.bench.results.Results;
import lanewise.bench.results.ResultsFile;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs rounds of all measurements: JMH benchmarks, and products, predictions and epochs side by
 * side; or of the time to accuracy.
 */
final class Comparison {
  private static final Path LOG = Path.of("target", "compare.log");

  private final List<Item> items;
  private final boolean sgemm;
  private final boolean predictions;
  private final boolean epochs;
  private final boolean accuracy;
  private final boolean peers;
  private final JmhRun.Timing timing;
  private final int peerRounds;
  private final int epochRounds;
  private final Results results = new Results();

  /**
   * @param scale multiplies the measuring time; the warm-up stays the same
   * @param sgemm whether to compare products with other libraries
   * @param predictions whether to compare predictions with another library
   * @param epochs whether to compare epochs
   * @param accuracy whether to compare the time to accuracy; a round is a seed
   * @param peers whether other libraries take part in the epochs and the time to accuracy
   */
  Comparison(
      Profile profile,
      double scale,
      List<Item> items,
      boolean sgemm,
      boolean predictions,
      boolean epochs,
      boolean accuracy,
      boolean peers) {
    this.items = items;
    this.sgemm = sgemm;
    this.predictions = predictions;
    this.epochs = epochs;
    this.accuracy = accuracy;
    this.peers = peers;
    timing =
        new JmhRun.Timing(
            profile != Profile.SMOKE,
            profile.warmUps,
            profile.warmUpMillis / 1e3,
            profile.iterations,
            scale * profile.iterationMillis / 1e3);
    peerRounds = (int) Math.max(1, Math.round(scale * profile.peerRounds));
    epochRounds = (int) Math.max(1, Math.round(scale * profile.epochRounds));
  }

  boolean isEmpty() {
    return items.isEmpty() && !sgemm && !predictions && !epochs && !accuracy;
  }

  /** The approximate duration of a round. */
  double secondsOfARound() {
    return items.stream().mapToDouble(timing::seconds).sum()
        + (sgemm ? Peers.sgemmSeconds(peerRounds) : 0)
        + (predictions ? Peers.predictionSeconds(peerRounds) : 0)
        + (epochs ? Peers.epochSeconds(epochRounds, peers) : 0)
        + (accuracy ? Peers.accuracySeconds(peers) : 0);
  }

  /**
   * Measures; the results list what failed.
   *
   * @param mnist a directory; may be null, for the built-in digits, without time to accuracy
   * @param facts of the machine and the command
   * @param json written after each round, so that an interrupted comparison keeps its rounds
   */
  Results run(int rounds, Path mnist, Map<String, String> facts, Path json)
      throws IOException, InterruptedException {
    results.facts().putAll(facts);
    Files.createDirectories(LOG.getParent());
    Path work = Files.createTempDirectory("lanewise-compare");
    long start = System.nanoTime();
    try (PrintStream log =
        new PrintStream(new FileOutputStream(LOG.toFile()), true, StandardCharsets.UTF_8)) {
      Progress progress = new Progress(System.err, rounds * secondsOfARound());
      Peers contests = new Peers(work, LOG.toFile(), progress::say);
      if (epochs) {
        results.facts().put("data", Peers.writeData(mnist, work));
      }
      AccuracyContest contest = accuracy ? contests.accuracy(mnist, peers) : null;
      for (int round = 0; round < rounds; round++) {
        runItems(new JmhRun(timing, log), progress);
        if (sgemm) {
          guarded("sgemm", () -> contests.sgemm(peerRounds), progress);
          progress.done(Peers.sgemmSeconds(peerRounds), "sgemm side by side");
        }
        if (predictions) {
          guarded("predictions", () -> contests.predictions(peerRounds), progress);
          progress.done(Peers.predictionSeconds(peerRounds), "predictions side by side");
        }
        if (epochs) {
          guarded("epochs", () -> contests.epochs(epochRounds, work, peers), progress);
          progress.done(Peers.epochSeconds(epochRounds, peers), "epochs side by side");
        }
        if (accuracy) {
          int seed = round + 1;
          guarded("accuracy", () -> contest.run(seed), progress);
          progress.done(Peers.accuracySeconds(peers), "seed %d".formatted(seed));
        }
        results.facts().put("minutes", "%.0f".formatted((System.nanoTime() - start) / 6e10));
        ResultsFile.write(json, results);
      }
    } finally {
      Directories.delete(work);
    }
    return results;
  }

  private void runItems(JmhRun jmh, Progress progress) {
    for (Item item : items) {
      try {
        Measurement measurement = jmh.run(item);
        results.add(measurement);
        String speed =
            measurement.gflop() > 0
                ? "%.1f GFLOP/s".formatted(measurement.gflops())
                : "%.4g operations/s".formatted(measurement.rate());
        progress.done(timing.seconds(item), item + ": " + speed);
      } catch (RunnerException | RuntimeException e) {
        results.failures().add("%s: %s".formatted(item, reason(e)));
        progress.done(timing.seconds(item), "FAILED: %s: %s".formatted(item, reason(e)));
      }
    }
  }

  private void guarded(String what, Callable<Results> part, Progress progress)
      throws InterruptedException {
    try {
      results.addAll(part.call());
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      results.failures().add("%s: %s".formatted(what, reason(e)));
      progress.say("FAILED: %s: %s".formatted(what, reason(e)));
    }
  }

  private static String reason(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
  }
}
