package lanewise.bench.results;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The results of one comparison. Not thread-safe.
 *
 * <p>{@link #facts} are where, when and how: machine, cpu, cores, lanes, jdk, flags, date, command
 * and so on; {@code seeds} if it is a contest of time to accuracy. {@link #versions} are the
 * versions of the peers, with their settings.
 */
public final class Results {
  private final Map<String, String> facts = new LinkedHashMap<>();
  private final Map<String, String> versions = new LinkedHashMap<>();
  private final Map<String, Measurement> measurements = new LinkedHashMap<>();
  private final List<String> failures = new ArrayList<>();

  /** A live view. */
  public Map<String, String> facts() {
    return facts;
  }

  /** A live view. */
  public Map<String, String> versions() {
    return versions;
  }

  /** A live view: one line for each measurement that failed. */
  public List<String> failures() {
    return failures;
  }

  public List<Measurement> measurements() {
    return List.copyOf(measurements.values());
  }

  /** Adds a measurement, or its samples to an existing one with the same identity. */
  public void add(Measurement measurement) {
    measurements.merge(measurement.id(), measurement, Measurement::and);
  }

  /** Adds all results of another run on the same machine. */
  public void addAll(Results other) {
    versions.putAll(other.versions);
    failures.addAll(other.failures);
    other.measurements.values().forEach(this::add);
  }

  /** Returns all measurements of one benchmark. */
  public List<Measurement> all(String benchmark) {
    return measurements.values().stream().filter(m -> m.benchmark().equals(benchmark)).toList();
  }

  /**
   * Returns the first measurement of a benchmark that has these parameters, possibly among others.
   *
   * @param params alternating names and values
   */
  public Optional<Measurement> find(String benchmark, String... params) {
    return all(benchmark).stream()
        .filter(
            m -> {
              for (int i = 0; i < params.length; i += 2) {
                if (!params[i + 1].equals(m.params().get(params[i]))) {
                  return false;
                }
              }
              return true;
            })
        .findFirst();
  }
}
