package lanewise.bench.results;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What got slower from one file of results to another, beyond what noise explains.
 *
 * <p>A JIT compiles by what it happened to see, clocks and neighbours change: even without any
 * change to the code two runs differ. So a change counts only if it is larger than the {@link
 * #FLOOR} and than the spreads of both runs together, {@code sqrt(old^2 + new^2)} times {@link
 * #SPREADS}; a spread is half the way from the 10th to the 90th percentile of a measurement's own
 * samples. What is smaller cannot be told from noise by such measurements.
 */
public final class Regressions {
  /** Changes of medians that JVMs of the same code show on a quiet machine. */
  public static final double FLOOR = 0.05;

  /** About two standard deviations, if the noise were Gaussian (a spread is 1.28 of them). */
  public static final double SPREADS = 1.5;

  /**
   * One measurement in both files.
   *
   * @param factor new speed by old speed: below 1 is slower
   * @param tolerance the change that is taken for noise, as a share
   */
  public record Change(Measurement old, Measurement now, double factor, double tolerance) {
    /** Slower beyond the noise. */
    public boolean slower() {
      return factor < 1 - tolerance;
    }

    /** Faster beyond the noise. */
    public boolean faster() {
      return factor > 1 + tolerance;
    }
  }

  private final List<Change> changes = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();

  private Regressions() {}

  /** Compares what both files have. */
  public static Regressions between(Results old, Results now) {
    Regressions regressions = new Regressions();
    for (Measurement before : old.measurements()) {
      Optional<Measurement> after =
          now.measurements().stream().filter(m -> m.id().equals(before.id())).findFirst();
      if (after.isEmpty()) {
        regressions.missing.add(before.id());
      } else {
        double factor = after.get().rate() / before.rate();
        double noise = SPREADS * Math.hypot(before.spread(), after.get().spread());
        regressions.changes.add(new Change(before, after.get(), factor, Math.max(FLOOR, noise)));
      }
    }
    regressions.changes.sort(Comparator.comparingDouble(Change::factor));
    return regressions;
  }

  /** All that both files have, the slowest change first. */
  public List<Change> changes() {
    return List.copyOf(changes);
  }

  public List<Change> slower() {
    return changes.stream().filter(Change::slower).toList();
  }

  public List<Change> faster() {
    return changes.stream().filter(Change::faster).toList();
  }

  /** What the old file alone has. */
  public List<String> missing() {
    return List.copyOf(missing);
  }
}
