package lanewise.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** Every benchmark that JMH would find, and every combination of its parameters. */
final class Registry {
  private Registry() {}

  /** The classes in the list that JMH's processor wrote when the benchmarks were compiled. */
  static List<Class<?>> classes() throws IOException, ClassNotFoundException {
    List<Class<?>> classes = new ArrayList<>();
    try (InputStream in = Registry.class.getResourceAsStream("/META-INF/BenchmarkList")) {
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        // JMH S <length> <class> S ...
        Class<?> type = Class.forName(line.split(" ")[3]);
        if (!classes.contains(type)) {
          classes.add(type);
        }
      }
    }
    return classes;
  }

  static List<String> methods(Class<?> type) {
    return Stream.of(type.getMethods())
        .filter(m -> m.isAnnotationPresent(Benchmark.class))
        .map(m -> m.getName())
        .sorted()
        .toList();
  }

  /** Every combination of the values that the fields' annotations have. */
  static List<Map<String, String>> parameters(Class<?> type) {
    List<Map<String, String>> all = List.of(Map.of());
    for (Field field : type.getFields()) {
      Param param = field.getAnnotation(Param.class);
      if (param == null) {
        continue;
      }
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> some : all) {
        for (String value : param.value()) {
          Map<String, String> more = new TreeMap<>(some);
          more.put(field.getName(), value);
          longer.add(more);
        }
      }
      all = longer;
    }
    return all;
  }

  /** An instance with its parameters set, prepared. */
  static BenchmarkDefaults prepared(Class<?> type, Map<String, String> parameters)
      throws Exception {
    BenchmarkDefaults benchmark = (BenchmarkDefaults) type.getConstructor().newInstance();
    for (Map.Entry<String, String> entry : parameters.entrySet()) {
      type.getField(entry.getKey()).set(benchmark, entry.getValue());
    }
    BenchmarkDefaults sample = benchmark.sample();
    if (sample == benchmark) {
      benchmark.prepare();
    }
    return sample;
  }
}
