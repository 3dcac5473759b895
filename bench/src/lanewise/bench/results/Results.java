package lanewise.bench.results;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that one comparison found out; not thread-safe.
 *
 * <p>{@link #facts} say where, when and how: machine, cpu, cores, lanes, jdk, flags, date, command
 * and so on. {@link #versions} are those of the peers, with their settings.
 */
public final class Results {
  private final Map<String, String> facts = new LinkedHashMap<>();
  private final Map<String, String> versions = new LinkedHashMap<>();
  private final Map<String, Measurement> measurements = new LinkedHashMap<>();
  private final List<String> failures = new ArrayList<>();

  /** Live. */
  public Map<String, String> facts() {
    return facts;
  }

  /** Live. */
  public Map<String, String> versions() {
    return versions;
  }

  /** Live: what was to be measured and could not be, a line each. */
  public List<String> failures() {
    return failures;
  }

  public List<Measurement> measurements() {
    return List.copyOf(measurements.values());
  }

  /** Adds a measurement, or its samples to those of the same one. */
  public void add(Measurement measurement) {
    measurements.merge(measurement.id(), measurement, Measurement::and);
  }

  /** Adds all that another run of the same machine found. */
  public void addAll(Results other) {
    versions.putAll(other.versions);
    failures.addAll(other.failures);
    other.measurements.values().forEach(this::add);
  }

  /** All of one benchmark. */
  public List<Measurement> all(String benchmark) {
    return measurements.values().stream().filter(m -> m.benchmark().equals(benchmark)).toList();
  }

  /**
   * The first of a benchmark that has these parameters, among others.
   *
   * @param params names and values by turns
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
