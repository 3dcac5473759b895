package lanewise.bench.results;

import java.util.List;

/** Order statistics, which make no assumption about the distribution of the noise. */
public final class Quantiles {
  private Quantiles() {}

  /** The median. */
  public static double median(List<Double> values) {
    return at(0.5, values);
  }

  /**
   * Interpolates linearly between the ranks of the values (type 7 of Hyndman and Fan, Sample
   * Quantiles in Statistical Packages, The American Statistician 50, 1996).
   *
   * @param share 0 to 1
   * @param values at least one
   */
  public static double at(double share, List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no values");
    }
    List<Double> sorted = values.stream().sorted().toList();
    double rank = share * (sorted.size() - 1);
    int below = (int) rank;
    int above = Math.min(below + 1, sorted.size() - 1);
    return sorted.get(below) + (rank - below) * (sorted.get(above) - sorted.get(below));
  }
}
