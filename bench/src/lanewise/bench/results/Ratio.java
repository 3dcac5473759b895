package lanewise.bench.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How many times as fast one was as another, by the rounds in which both had a turn.
 *
 * @param low the 10th percentile over the rounds
 * @param high the 90th
 */
public record Ratio(double low, double median, double high) {
  /** What two digits do not show counts as none. */
  private static final double RESOLUTION = 0.005;

  /** Speed of a by speed of b; both were measured in the same rounds of the same runs. */
  public static Ratio of(Measurement a, Measurement b) {
    List<Double> ratios = new ArrayList<>();
    int runs = Math.min(a.samples().size(), b.samples().size());
    for (int run = 0; run < runs; run++) {
      List<Double> as = a.samples().get(run);
      List<Double> bs = b.samples().get(run);
      for (int round = 0; round < Math.min(as.size(), bs.size()); round++) {
        double ratio = as.get(round) / bs.get(round);
        ratios.add(a.unit().equals(Measurement.RATE) ? ratio : 1 / ratio);
      }
    }
    return new Ratio(
        Quantiles.at(0.1, ratios), Quantiles.median(ratios), Quantiles.at(0.9, ratios));
  }

  /** Slower, in nine rounds of ten. */
  public boolean loses() {
    return high < 1 - RESOLUTION;
  }

  /** Neither is faster in nine rounds of ten. */
  public boolean level() {
    return !loses() && low <= 1 + RESOLUTION;
  }

  /** As in 1.12 [1.08..1.15]. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.2f [%.2f..%.2f]", median, low, high);
  }
}
