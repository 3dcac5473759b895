package lanewise.bench.results;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Results as JSON; numbers keep five digits, far more precise than the noise. */
public final class ResultsFile {
  private static final int FORMAT = 1;
  private static final int DIGITS = 5;

  private ResultsFile() {}

  /** Replaces the file atomically. */
  public static void write(Path file, Results results) throws IOException {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("format", FORMAT);
    root.put("facts", results.facts());
    root.put("versions", results.versions());
    root.put("failures", results.failures());
    List<Object> list = new ArrayList<>();
    for (Measurement m : results.measurements()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("benchmark", m.benchmark());
      one.put("params", m.params());
      one.put("unit", m.unit());
      one.put("gflop", rounded(m.gflop()));
      one.put("gbyte", rounded(m.gbyte()));
      one.put("percentOfPeak", rounded(m.percentOfPeak()));
      one.put(
          "samples",
          m.samples().stream()
              .map(run -> run.stream().map(ResultsFile::rounded).toList())
              .toList());
      list.add(one);
    }
    root.put("measurements", list);
    Path parent = file.toAbsolutePath().getParent();
    Files.createDirectories(parent);
    Path part = Files.createTempFile(parent, ".results", ".json");
    Files.writeString(part, JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(root) + "\n");
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * @throws IOException if the file cannot be read or has no results; one line that names the file
   */
  public static Results read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + ": no such file");
    }
    try {
      Map<String, Object> root = JSON.std.mapFrom(Files.readString(file));
      Object format = root.get("format");
      if (!Integer.valueOf(FORMAT).equals(format)) {
        throw new IOException("%s: format %s, expected %d".formatted(file, format, FORMAT));
      }
      return results(root);
    } catch (JacksonException e) {
      throw new IOException("%s: not JSON, %s".formatted(file, e.getOriginalMessage()), e);
    } catch (ClassCastException | NullPointerException | IllegalArgumentException e) {
      throw new IOException(file + ": not a benchmark results file", e);
    }
  }

  private static Results results(Map<String, Object> root) {
    Results results = new Results();
    map(root.get("facts")).forEach((name, value) -> results.facts().put(name, (String) value));
    map(root.get("versions"))
        .forEach((name, value) -> results.versions().put(name, (String) value));
    list(root.get("failures")).forEach(line -> results.failures().add((String) line));
    for (Object element : list(root.get("measurements"))) {
      Map<String, Object> one = map(element);
      Map<String, String> params = new LinkedHashMap<>();
      map(one.get("params")).forEach((name, value) -> params.put(name, (String) value));
      List<List<Double>> samples = new ArrayList<>();
      for (Object run : list(one.get("samples"))) {
        samples.add(list(run).stream().map(value -> ((Number) value).doubleValue()).toList());
      }
      results.add(
          new Measurement(
              (String) one.get("benchmark"),
              params,
              (String) one.get("unit"),
              number(one, "gflop"),
              number(one, "gbyte"),
              number(one, "percentOfPeak"),
              samples));
    }
    return results;
  }

  private static double number(Map<String, Object> object, String name) {
    return ((Number) object.get(name)).doubleValue();
  }

  @SuppressWarnings("unchecked") // Keys of JSON objects are strings.
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) Objects.requireNonNull(value);
  }

  private static List<?> list(Object value) {
    return (List<?>) Objects.requireNonNull(value);
  }

  private static double rounded(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value).round(new MathContext(DIGITS)).doubleValue()
        : 0;
  }
}
