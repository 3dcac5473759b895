package lanewise.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What is timed is right: every benchmark, run once for every parameter without JMH, gives the
 * scalar engine's bits, whatever the engine, the threads and the path.
 */
class BenchmarksTest {
  /** Parameters that no output depends on, and the oracle's values of them. */
  private static final Map<String, String> ORACLE =
      Map.of("engine", "scalar", "threads", "1", "path", "dense");

  /** Too long for the scalar engine in a test. */
  private static final List<String> LARGE =
      List.of("60000x784x256", "1024x1024x1024", "2048x2048x2048");

  @ParameterizedTest
  @ValueSource(
      classes = {
        GemmBenchmark.class,
        LargeGemmBenchmark.class,
        PredictBenchmark.class,
        RowKernelsBenchmark.class,
        SparseBenchmark.class,
        StepBenchmark.class
      })
  void givesTheOraclesBits(Class<?> type) throws ReflectiveOperationException {
    Map<String, int[]> oracles = new HashMap<>();
    int compared = 0;
    for (Map<String, String> parameters : parameters(type)) {
      for (Method method : annotated(type, Benchmark.class)) {
        Map<String, String> oracle = new TreeMap<>(parameters);
        ORACLE.forEach(oracle::replace);
        String name = method.getName() + oracle;
        if (!oracles.containsKey(name)) {
          oracles.put(name, bits(run(type, method, oracle)));
        }
        Object output = run(type, method, parameters);
        assertArrayEquals(oracles.get(name), bits(output), method.getName() + parameters);
        compared++;
      }
    }
    assertTrue(compared >= oracles.size() && compared > 0, "outputs were compared");
  }

  @Test
  void exponentialsAreClose() throws ReflectiveOperationException {
    Method exp = ExpBenchmark.class.getMethod("exp");
    float[] ours = null;
    for (Map<String, String> parameters : parameters(ExpBenchmark.class)) {
      ExpBenchmark benchmark = new ExpBenchmark();
      float[] y = (float[]) run(benchmark, exp, parameters);
      float[] x = benchmark.arguments();
      for (int i = 0; i < x.length; i++) {
        double expected = StrictMath.exp(x[i]);
        assertEquals(expected, y[i], 0x1p-22 * expected, parameters + " of " + x[i]);
      }
      if (parameters.get("implementation").matches("simd|scalar")) {
        ours = ours == null ? y : ours;
        assertArrayEquals(bits(ours), bits(y), "the engines' bits");
      }
    }
  }

  @Test
  void peakGoesTowardsOne() {
    assertEquals(12, FmaPeak.run(1000));
  }

  /** Every combination of the values that the fields' annotations have. */
  private static List<Map<String, String>> parameters(Class<?> type) {
    List<Map<String, String>> all = List.of(Map.of());
    for (Field field : type.getFields()) {
      Param param = field.getAnnotation(Param.class);
      if (param == null) {
        continue;
      }
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> some : all) {
        for (String value : param.value()) {
          if (!LARGE.contains(value)) {
            Map<String, String> more = new TreeMap<>(some);
            more.put(field.getName(), value);
            longer.add(more);
          }
        }
      }
      all = longer;
    }
    assertFalse(all.isEmpty());
    return all;
  }

  private static Object run(Class<?> type, Method method, Map<String, String> parameters)
      throws ReflectiveOperationException {
    Object benchmark = type.getConstructor().newInstance();
    if (benchmark instanceof StepBenchmark step) {
      step.rows = 200; // Three batches and a short one.
    }
    return run(benchmark, method, parameters);
  }

  private static Object run(Object benchmark, Method method, Map<String, String> parameters)
      throws ReflectiveOperationException {
    for (Map.Entry<String, String> entry : parameters.entrySet()) {
      Field field = benchmark.getClass().getField(entry.getKey());
      boolean number = field.getType() == int.class;
      field.set(benchmark, number ? (Object) Integer.valueOf(entry.getValue()) : entry.getValue());
    }
    for (Method setUp : annotated(benchmark.getClass(), Setup.class)) {
      setUp.invoke(benchmark);
    }
    Object[] arguments =
        Stream.of(method.getParameterTypes()).map(type -> new Work()).toArray(Object[]::new);
    Object output = method.invoke(benchmark, arguments);
    for (Method tearDown : annotated(benchmark.getClass(), TearDown.class)) {
      tearDown.invoke(benchmark);
    }
    return output;
  }

  private static List<Method> annotated(Class<?> type, Class<? extends Annotation> annotation) {
    return Stream.of(type.getMethods()).filter(m -> m.isAnnotationPresent(annotation)).toList();
  }

  private static int[] bits(Object output) {
    return switch (output) {
      case float[] floats ->
          IntStream.range(0, floats.length).map(i -> Float.floatToRawIntBits(floats[i])).toArray();
      case double[] doubles ->
          IntStream.range(0, 2 * doubles.length)
              .map(i -> (int) (Double.doubleToRawLongBits(doubles[i / 2]) >>> 32 * (i % 2)))
              .toArray();
      case int[] ints -> ints.clone();
      default -> throw new AssertionError(output);
    };
  }
}
