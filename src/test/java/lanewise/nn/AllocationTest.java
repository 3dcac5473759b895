package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import lanewise.TestJvm;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A warm step allocates nothing: an epoch may take a little, 200 batches no more than 2.
 *
 * <p>In a JVM of its own, since what other tests did to the kernels' profiles may keep C2 from
 * inlining, and a vector that is passed to a call is an object.
 */
@Timeout(120)
class AllocationTest {
  private static final long SMALL = 4096;

  @ParameterizedTest
  @CsvSource({"scalar, 35-13-10", "simd, 100-64-10", "simd, 131-67-33-10"})
  void aWarmEpoch(String engine, String sizes) throws IOException, InterruptedException {
    List<String> options = engine.equals("simd") ? TestJvm.VECTORS : List.of();
    TestJvm.Result run =
        TestJvm.run(options, AllocationOfTraining.class, engine, sizes, Long.toString(SMALL));
    assertEquals(0, run.status(), run.output());
    assertTrue(Long.parseLong(run.value("many")) <= SMALL, run.output());
    assertTrue(Long.parseLong(run.value("few")) <= SMALL, run.output());
  }
}
