package lanewise.bench.results;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds slowdowns between two results files that exceed the noise.
 *
 * <p>JIT profiles, clock rates and other load vary, so two runs of the same code differ. A change
 * counts only if it exceeds both the {@link #FLOOR} and the combined spread of both runs, {@code
 * sqrt(old^2 + new^2)} times {@link #SPREADS}; a spread is half of the range from the 10th to the
 * 90th percentile of a measurement's samples. Smaller changes cannot be distinguished from noise.
 */
public final class Regressions {
  /** Relative change of medians between JVMs running the same code on a quiet machine. */
  public static final double FLOOR = 0.05;

  /** About two standard deviations for Gaussian noise (a spread is 1.28 of them). */
  public static final double SPREADS = 1.5;

  /**
   * One measurement in both files.
   *
   * @param factor new speed divided by old speed: below 1 is slower
   * @param tolerance the relative change that is attributed to noise
   */
  public record Change(Measurement old, Measurement now, double factor, double tolerance) {
    /** Whether it is slower by more than the noise. */
    public boolean slower() {
      return factor < 1 - tolerance;
    }

    /** Whether it is faster by more than the noise. */
    public boolean faster() {
      return factor > 1 + tolerance;
    }
  }

  private final List<Change> changes = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();

  private Regressions() {}

  /** Compares the measurements that are in both files. */
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

  /** The measurements that are in both files, the largest slowdown first. */
  public List<Change> changes() {
    return List.copyOf(changes);
  }

  public List<Change> slower() {
    return changes.stream().filter(Change::slower).toList();
  }

  public List<Change> faster() {
    return changes.stream().filter(Change::faster).toList();
  }

  /** The measurements that are only in the old file. */
  public List<String> missing() {
    return List.copyOf(missing);
  }
}
