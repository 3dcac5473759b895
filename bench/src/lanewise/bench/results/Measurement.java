package lanewise.bench.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One benchmark at one set of parameters.
 *
 * @param benchmark for example gemm
 * @param params what it was run with; {@code lanes} is the vector width where that matters
 * @param unit {@link #RATE} or {@link #SECONDS}
 * @param gflop floating-point operations an operation, in billions; 0 if they mean nothing
 * @param gbyte bytes that an operation has to move at least, in billions; 0 if not counted
 * @param percentOfPeak of the FMA peak that was measured in the same moments; 0 if it was not
 * @param samples an inner list for each JVM or other run of its own, in the order of time
 */
public record Measurement(
    String benchmark,
    Map<String, String> params,
    String unit,
    double gflop,
    double gbyte,
    double percentOfPeak,
    List<List<Double>> samples) {
  /** Operations a second: more is better. */
  public static final String RATE = "ops/s";

  /** Seconds an operation: less is better. */
  public static final String SECONDS = "s";

  public Measurement {
    params = new TreeMap<>(params);
    samples = samples.stream().map(List::copyOf).toList();
    if (!unit.equals(RATE) && !unit.equals(SECONDS)) {
      throw new IllegalArgumentException("the unit is %s or %s: %s".formatted(RATE, SECONDS, unit));
    }
  }

  /** Benchmark and parameters: what is one in two files is the same thing measured. */
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

  /** Half the way from the 10th to the 90th percentile, as a share of the median. */
  public double spread() {
    List<Double> values = values();
    return (Quantiles.at(0.9, values) - Quantiles.at(0.1, values)) / 2 / Quantiles.median(values);
  }

  /** Operations a second, whatever the unit. */
  public double rate() {
    return unit.equals(RATE) ? median() : 1 / median();
  }

  /** The median in GFLOP/s. */
  public double gflops() {
    return gflop * rate();
  }

  /** Floating-point operations a byte; NaN without bytes. */
  public double intensity() {
    return gbyte > 0 ? gflop / gbyte : Double.NaN;
  }

  /** The same with the samples of another run behind these. */
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
