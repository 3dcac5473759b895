package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import lanewise.TestJvm;
import lanewise.kernel.Kernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A warm step allocates nothing: an epoch takes a little, 200 batches no more than 2.
 *
 * <p>In a JVM of its own, since what other tests did to the kernels' profiles may keep C2 from
 * inlining, and a vector that is passed to a call is an object.
 */
@Timeout(600)
class AllocationTest {
  /**
   * Bytes an epoch, whatever its length. One object in each of 200 batches would be at least 3200
   * bytes, and the narrowest vector is two objects.
   */
  private static final long SMALL = 1024;

  @ParameterizedTest
  @CsvSource({
    "scalar, 16, 35-13-10",
    "simd, 16, 100-64-10",
    "simd, 16, 131-67-33-10",
    "simd, 16, 784-64-10",
    "simd, 4, 131-67-33-10",
    "simd, 4, 784-64-33-10",
  })
  void aWarmEpoch(String engine, int lanes, String sizes) throws IOException, InterruptedException {
    List<String> options = new ArrayList<>();
    if (engine.equals("simd")) {
      options.addAll(TestJvm.VECTORS);
      // Emulated vectors, where the CPU has none so wide, are objects.
      options.add("-Dlanewise.lanes=" + Math.min(lanes, Kernels.simd().lanes()));
    }
    check(options, engine, sizes, Long.toString(SMALL));
  }

  /** Shuffled and distorted rows, a schedule, dropout, smoothed labels. */
  @ParameterizedTest
  @CsvSource({"scalar, 784-13-10, ADAM", "simd, 784-64-33-10, ADAM", "simd, 784-13-10, NESTEROV"})
  void aWarmEpochOfARecipe(String engine, String sizes, String optimizer)
      throws IOException, InterruptedException {
    check(TestJvm.VECTORS, engine, sizes, Long.toString(SMALL), optimizer);
  }

  /** With tanh and dropout: class weights, or targets. */
  @ParameterizedTest
  @CsvSource({
    "scalar, 35-13-10, ADAM, CLASSIFY",
    "simd, 784-64-33-10, MOMENTUM, CLASSIFY",
    "simd, 35-64-33-3, ADAM, REGRESS",
    "scalar, 35-13-3, SGD, REGRESS",
  })
  void aWarmEpochOfATable(String engine, String sizes, String optimizer, String task)
      throws IOException, InterruptedException {
    check(TestJvm.VECTORS, engine, sizes, Long.toString(SMALL), optimizer, task);
  }

  private static void check(List<String> options, String... args)
      throws IOException, InterruptedException {
    TestJvm.Result run = TestJvm.run(options, AllocationOfTraining.class, args);
    assertEquals(0, run.status(), run.output());
    assertTrue(Long.parseLong(run.value("many")) <= SMALL, run.output());
    assertTrue(Long.parseLong(run.value("few")) <= SMALL, run.output());
  }

  /** A thousand calls: an object in each would be 16,000 bytes at least. */
  @ParameterizedTest
  @CsvSource({"16, 784-64-33-10", "4, 131-67-10", "16, 100-10"})
  void warmPredictions(int lanes, String sizes) throws IOException, InterruptedException {
    List<String> options = new ArrayList<>(TestJvm.VECTORS);
    options.add("-Dlanewise.lanes=" + Math.min(lanes, Kernels.simd().lanes()));
    TestJvm.Result run =
        TestJvm.run(options, AllocationOfPrediction.class, sizes, Long.toString(SMALL));
    assertEquals(0, run.status(), run.output());
    for (String call : List.of("batch", "one", "class")) {
      assertTrue(Long.parseLong(run.value(call)) <= SMALL, run.output());
    }
  }

  @Test
  void nothingGrowsOverAThousandEpochs() throws IOException, InterruptedException {
    List<String> options = new ArrayList<>(TestJvm.VECTORS);
    options.add("-XX:+UseSerialGC"); // Only live objects remain after its full collection.
    TestJvm.Result run = TestJvm.run(options, GrowthOfTraining.class);
    assertEquals(0, run.status(), run.output());
    long growth = Long.parseLong(run.value("heap2000")) - Long.parseLong(run.value("heap1000"));
    // A thousand epochs that each left one object behind would have left 16,000 bytes.
    assertTrue(growth < 10_000, run.output());
    assertEquals(run.value("threads1000"), run.value("threads2000"), run.output());
  }
}
