package lanewise.bench.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The ratio of two speeds, over the rounds in which both were measured.
 *
 * @param low the 10th percentile over the rounds
 * @param high the 90th
 */
public record Ratio(double low, double median, double high) {
  /** Smaller differences, which two digits do not show, do not count. */
  private static final double RESOLUTION = 0.005;

  /** Speed of a divided by speed of b, measured in the same rounds of the same runs. */
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

  /** Whether it is slower in nine out of ten rounds. */
  public boolean loses() {
    return high < 1 - RESOLUTION;
  }

  /** Whether neither is faster in nine out of ten rounds. */
  public boolean level() {
    return !loses() && low <= 1 + RESOLUTION;
  }

  /** For example 1.12 [1.08..1.15]. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.2f [%.2f..%.2f]", median, low, high);
  }
}
