package lanewise.bench.peers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lanewise.bench.FmaPeak;
import lanewise.bench.results.Quantiles;

/** Libraries that take turns at the same work: rounds of short batches of calls. */
final class Turns {
  /** Warm-up ends after this many seconds without a faster batch. */
  private static final double WARM_UP_SECONDS = 1;

  private static final double LONGEST_WARM_UP = 10;

  /** A library whose single call takes this many batches runs in only a few rounds. */
  private static final int SLOW = 8;

  private static final int ROUNDS_OF_SLOW = 3;

  private final double seconds;
  private final List<Turn> turns = new ArrayList<>();

  /**
   * @param seconds of a batch
   */
  Turns(double seconds) {
    this.seconds = seconds;
  }

  /**
   * Adds a library: checks its first call, then runs it until it is warm.
   *
   * @param check throws an exception if the output of the first call is wrong
   */
  void add(String library, Runnable call, Runnable check) {
    call.run();
    check.run();
    Turn turn = new Turn(library, call);
    turn.warmUp();
    turns.add(turn);
  }

  /** Runs all rounds; returns the median of the FMA peaks measured before each. */
  double run(int rounds) {
    List<Double> peaks = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      peaks.add(FmaPeak.measure());
      for (int i = 0; i < turns.size(); i++) {
        // Each round starts with another library, so that none always follows the same one.
        Turn turn = turns.get((i + round) % turns.size());
        if (turn.last < SLOW * seconds || round < ROUNDS_OF_SLOW) {
          turn.rates.add(turn.batch / turn.time(turn.batch));
        }
      }
    }
    return Quantiles.median(peaks);
  }

  /** Calls per second of each library in each round. */
  Map<String, List<Double>> rates() {
    Map<String, List<Double>> rates = new LinkedHashMap<>();
    turns.forEach(turn -> rates.put(turn.library, turn.rates));
    return rates;
  }

  /** One library's part. */
  private final class Turn {
    final String library;
    final List<Double> rates = new ArrayList<>();
    private final Runnable call;

    /** Calls in a batch. */
    int batch;

    /** Seconds of the last batch. */
    double last;

    Turn(String library, Runnable call) {
      this.library = library;
      this.call = call;
    }

    void warmUp() {
      int size = 1;
      double spent = 0;
      double best = 0;
      double improved = 0;
      // Until no batch has been faster for a while: C2 may be late on a busy machine.
      while (spent < improved + WARM_UP_SECONDS && spent < LONGEST_WARM_UP) {
        spent += time(size);
        if (size / last > 1.05 * best) {
          best = size / last;
          improved = spent > last ? spent : 0; // The first batch does not count as an improvement.
        }
        if (last < seconds / 2) {
          size *= 2;
        }
      }
      batch = (int) Math.max(1, Math.round(seconds * size / last));
    }

    double time(int calls) {
      long start = System.nanoTime();
      for (int i = 0; i < calls; i++) {
        call.run();
      }
      last = (System.nanoTime() - start) / 1e9;
      return last;
    }
  }
}
