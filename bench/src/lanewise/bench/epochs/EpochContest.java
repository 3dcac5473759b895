package lanewise.bench.epochs;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import lanewise.bench.results.Measurement;
import lanewise.bench.results.Results;

/**
 * Times epochs of the reference network for all rivals, from the same weights over the same rows:
 * first, one epoch each as a check (the loss must equal that of the first rival, in every bit if
 * the rival is ours, else within {@link #TOLERANCE}), then more until each is warm, then rounds in
 * which each takes a turn.
 */
public final class EpochContest {
  /** Relative, for the loss after an epoch: float32 summed in another order stays within 4e-6. */
  private static final double TOLERANCE = 5e-5;

  /** Epochs before the first round, including the checked one: a JIT needs some seconds. */
  private static final int WARM_UP = 6;

  /**
   * A rival whose epoch takes more seconds is warm after one, and takes part in half the rounds.
   */
  private static final double SLOW = 5;

  private final List<Rival> rivals;
  private final int rounds;
  private final File log;
  private final Consumer<String> progress;
  private final Results results = new Results();
  private final Map<Rival, List<Double>> train = new LinkedHashMap<>();
  private final Map<Rival, List<Double>> whole = new LinkedHashMap<>();
  private final Map<Rival, Double> seconds = new HashMap<>();

  /**
   * @param rivals the first is the reference
   * @param log receives the rivals' standard error
   * @param progress receives a line for each step
   */
  public EpochContest(List<Rival> rivals, int rounds, File log, Consumer<String> progress) {
    this.rivals = rivals;
    this.rounds = rounds;
    this.log = log;
    this.progress = progress;
  }

  /** Runs all rounds; rivals that cannot run or are wrong are added to the failures. */
  public Results run() {
    List<RivalProcess> processes = new ArrayList<>();
    try {
      double reference = Double.NaN;
      for (Rival rival : rivals) {
        try {
          RivalProcess process = new RivalProcess(rival, log);
          processes.add(process);
          reference = check(process, reference);
        } catch (IOException | RuntimeException e) {
          fail(rival, e);
        }
      }
      processes.removeIf(process -> !seconds.containsKey(process.rival) && closed(process));
      for (int round = 0; round < rounds; round++) {
        round(processes, round);
      }
    } finally {
      processes.forEach(RivalProcess::close);
    }
    train.forEach((rival, values) -> add("train", rival, values));
    whole.forEach((rival, values) -> add("train and evaluate", rival, values));
    return results;
  }

  private static boolean closed(RivalProcess process) {
    process.close();
    return true;
  }

  /** Runs the checked epoch and the warm-up; returns the reference loss after the first. */
  private double check(RivalProcess process, double reference) throws IOException {
    Rival rival = process.rival;
    results.versions().put(rival.toString(), process.setting());
    RivalProcess.Epoch first = process.epoch();
    double expected = Double.isNaN(reference) ? first.loss() : reference;
    double off = Math.abs(first.loss() - expected) / expected;
    if (!(rival.ours() ? off == 0 : off <= TOLERANCE)) {
      throw new IOException(
          "wrong loss after an epoch: %s, expected %s".formatted(first.loss(), expected));
    }
    RivalProcess.Epoch last = first;
    for (int i = 1; i < WARM_UP && last.train() < SLOW; i++) {
      last = process.epoch();
    }
    seconds.put(rival, last.train());
    progress.accept(
        "epoch, %s: loss off by %.1e, warm at %.2f s".formatted(rival, off, last.train()));
    return expected;
  }

  private void round(List<RivalProcess> processes, int round) {
    for (int turn = 0; turn < processes.size(); turn++) {
      // Each round starts with a different rival, so that none always runs after the same one.
      RivalProcess process = processes.get((turn + round) % processes.size());
      Rival rival = process.rival;
      if (seconds.get(rival) > SLOW && round >= (rounds + 1) / 2) {
        continue;
      }
      try {
        RivalProcess.Epoch epoch = process.epoch();
        train.computeIfAbsent(rival, r -> new ArrayList<>()).add(epoch.train());
        whole.computeIfAbsent(rival, r -> new ArrayList<>()).add(epoch.train() + epoch.evaluate());
        progress.accept(
            "epoch, round %d of %d, %s: %.3f s, evaluated in %.3f s"
                .formatted(round + 1, rounds, rival, epoch.train(), epoch.evaluate()));
      } catch (IOException e) {
        fail(rival, e);
        seconds.put(rival, Double.POSITIVE_INFINITY);
      }
    }
  }

  private void fail(Rival rival, Exception e) {
    results.failures().add("epoch, %s: %s".formatted(rival, e.getMessage()));
    progress.accept("FAILED: epoch, %s: %s".formatted(rival, e.getMessage()));
  }

  private void add(String what, Rival rival, List<Double> values) {
    Map<String, String> params =
        Map.of("who", rival.who(), "threads", "" + rival.threads(), "what", what);
    results.add(new Measurement("epoch", params, Measurement.SECONDS, 0, 0, 0, List.of(values)));
  }
}
