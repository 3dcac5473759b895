package lanewise.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import lanewise.TestJvm;
import lanewise.data.Dataset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every benchmark method, run once with each parameter, passes the check that also precedes each
 * trial; and every check detects a single wrong bit.
 */
class BenchmarksTest {
  static Stream<Class<?>> classes() throws IOException, ClassNotFoundException {
    return Registry.classes().stream();
  }

  @Test
  void allBenchmarksAreChecked() throws IOException, ClassNotFoundException {
    List<Class<?>> classes = Registry.classes();
    assertTrue(classes.contains(GemmBenchmark.class), "the list is read: " + classes);
    for (Class<?> type : classes) {
      assertTrue(BenchmarkDefaults.class.isAssignableFrom(type), type + " has a check");
      assertFalse(Modifier.isAbstract(type.getModifiers()), type.toString());
      assertFalse(Registry.methods(type).isEmpty(), type + " has benchmarks");
    }
  }

  @ParameterizedTest
  @MethodSource("classes")
  @Timeout(300)
  void correctOutputsPassAndWrongOnesFail(Class<?> type) throws Exception {
    int checked = checkAll(type, parameters -> true);
    assertEquals(Registry.methods(type).size() * Registry.parameters(type).size(), checked);
  }

  /** The other vector widths are options of the JVM; the scalar engine has none. */
  @ParameterizedTest
  @ValueSource(strings = {"4", "8"})
  @Timeout(300)
  void outputsAreRightAtOtherWidths(String lanes) throws Exception {
    List<String> options = new ArrayList<>(TestJvm.VECTORS);
    options.addAll(List.of("-Xmx1g", "-D" + Width.PROPERTY + "=" + lanes));
    TestJvm.Result result = TestJvm.run(options, BenchmarksTest.class);
    assertEquals(0, result.status(), result.output());
    assertEquals(lanes, result.value("lanes"));
    assertTrue(Integer.parseInt(result.value("checked")) >= 50, result.output());
  }

  /** The benchmarks with vectors, in a JVM with another width. */
  public static void main(String[] args) throws Exception {
    int checked = 0;
    for (Class<?> type : Registry.classes()) {
      if (!List.of(LoadingBenchmark.class, StartUpBenchmark.class).contains(type)) {
        checked += checkAll(type, BenchmarksTest::dependsOnWidth);
      }
    }
    System.out.println("lanes=" + Width.SPECIES.length());
    System.out.println("checked=" + checked);
  }

  /** Not the scalar engine; and of the largest products, which take seconds, one is enough. */
  private static boolean dependsOnWidth(Map<String, String> parameters) {
    return !parameters.containsValue("scalar")
        && !parameters.containsValue("60000x784x256")
        && !parameters.containsValue("2048x2048x2048");
  }

  private static int checkAll(Class<?> type, Predicate<Map<String, String>> wanted)
      throws Exception {
    int checked = 0;
    for (Map<String, String> parameters : Registry.parameters(type)) {
      if (!wanted.test(parameters)) {
        continue;
      }
      for (String method : Registry.methods(type)) {
        checkOne(type, parameters, method);
        checked++;
      }
    }
    return checked;
  }

  private static void checkOne(Class<?> type, Map<String, String> parameters, String method)
      throws Exception {
    String name = type.getSimpleName() + "." + method + parameters;
    BenchmarkDefaults benchmark = Registry.prepared(type, parameters);
    try {
      Object output = benchmark.call(method);
      try {
        benchmark.check(method, output);
      } catch (WrongOutputException e) {
        throw new AssertionError(name, e);
      }
      Object wrong = oneBitOff(output);
      assertThrows(
          WrongOutputException.class, () -> benchmark.check(method, wrong), name + " one bit off");
      if (Registry.methods(type).size() > 1) {
        assertThrows(
            IllegalArgumentException.class, () -> benchmark.check("unknown", output), name);
      }
    } finally {
      benchmark.release();
    }
  }

  /** The output with a minimal change. */
  private static Object oneBitOff(Object output) {
    if (output instanceof float[] floats) {
      // The highest bit of the exponent if the check has a tolerance; else the lowest bit.
      floats[0] = Float.intBitsToFloat(Float.floatToRawIntBits(floats[0]) ^ 0x40000000);
      return floats;
    }
    if (output instanceof double[] doubles) {
      doubles[0] = Math.nextUp(doubles[0]);
      return doubles;
    }
    if (output instanceof int[] ints) {
      ints[0] = ints[0] == 0 ? 1 : 0;
      return ints;
    }
    if (output instanceof Float number) {
      return Math.nextUp(number);
    }
    if (output instanceof String text) {
      return "x" + text.substring(1, text.length() - 2) + "\n";
    }
    if (output instanceof Dataset data) {
      return new Dataset(data.test(), data.train(), data.source(), data.sha256());
    }
    throw new AssertionError("no way known to spoil a " + output.getClass());
  }
}
