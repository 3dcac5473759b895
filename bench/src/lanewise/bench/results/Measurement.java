package lanewise.bench.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One benchmark with one set of parameters.
 *
 * @param benchmark for example gemm
 * @param params its parameters; {@code lanes} is the vector width where it matters
 * @param unit {@link #RATE}, {@link #SECONDS} or {@link #PERCENT}
 * @param gflop floating-point operations per operation, in billions; 0 if meaningless
 * @param gbyte minimum bytes moved per operation, in billions; 0 if not counted
 * @param percentOfPeak percentage of the FMA peak measured at the same time; 0 if it was not
 * @param samples one inner list per JVM or other separate run, in chronological order
 */
public record Measurement(
    String benchmark,
    Map<String, String> params,
    String unit,
    double gflop,
    double gbyte,
    double percentOfPeak,
    List<List<Double>> samples) {
  /** Operations per second: more is better. */
  public static final String RATE = "ops/s";

  /** Seconds per operation: less is better. */
  public static final String SECONDS = "s";

  /** A percentage: more is better. */
  public static final String PERCENT = "%";

  private static final List<String> UNITS = List.of(RATE, SECONDS, PERCENT);

  public Measurement {
    params = new TreeMap<>(params);
    samples = samples.stream().map(List::copyOf).toList();
    if (!UNITS.contains(unit)) {
      throw new IllegalArgumentException(
          "the unit must be one of %s, not %s".formatted(UNITS, unit));
    }
  }

  /** Benchmark and parameters, the identity of a measurement across files. */
  public String id() {
    return params.isEmpty() ? benchmark : benchmark + " " + params;
  }

  /** All samples. */
  public List<Double> values() {
    return samples.stream().flatMap(List::stream).toList();
  }

  public double median() {
    return Quantiles.median(values());
  }

  /** Half of the range from the 10th to the 90th percentile, relative to the median. */
  public double spread() {
    List<Double> values = values();
    return (Quantiles.at(0.9, values) - Quantiles.at(0.1, values)) / 2 / Quantiles.median(values);
  }

  /** What is better the more it is: operations per second, or the percentage. */
  public double rate() {
    return unit.equals(SECONDS) ? 1 / median() : median();
  }

  /** The median in GFLOP/s. */
  public double gflops() {
    return gflop * rate();
  }

  /** Floating-point operations per byte; NaN without bytes. */
  public double intensity() {
    return gbyte > 0 ? gflop / gbyte : Double.NaN;
  }

  /** Returns a copy with the samples of another run appended. */
  public Measurement and(Measurement other) {
    List<List<Double>> all = new ArrayList<>(samples);
    all.addAll(other.samples);
    double mine = values().size();
    double theirs = other.values().size();
    double percent =
        (mine * percentOfPeak + theirs * other.percentOfPeak) / Math.max(1, mine + theirs);
    return new Measurement(benchmark, params, unit, gflop, gbyte, percent, all);
  }
}
