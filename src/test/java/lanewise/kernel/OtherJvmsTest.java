package lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import lanewise.TestJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What needs a JVM of its own: other vectors, and clean profiles. */
@Timeout(300)
class OtherJvmsTest {
  @ParameterizedTest
  @ValueSource(ints = {4, 8, 16})
  void parityAtEachWidth(int lanes) throws IOException, InterruptedException {
    int preferred = Kernels.simd().lanes();
    assumeTrue(lanes <= preferred, () -> "vectors have " + preferred + " lanes here");
    assertParity("-Dlanewise.lanes=" + lanes, lanes);
  }

  @Test
  void parityWithAvx2() throws IOException, InterruptedException {
    String arch = System.getProperty("os.arch");
    assumeTrue(arch.equals("amd64") || arch.equals("x86_64"), () -> arch + " has no AVX");
    assertParity("-XX:UseAVX=2", 8);
  }

  private static void assertParity(String option, int lanes)
      throws IOException, InterruptedException {
    List<String> options = new ArrayList<>(TestJvm.VECTORS);
    options.add(option);
    TestJvm.Result run = TestJvm.run(options, ParityOfJvm.class);
    assertEquals(0, run.status(), run.output());
    assertEquals(Integer.toString(lanes), run.value("equal"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "simd"})
  void warmCallsAllocateNothing(String engine) throws IOException, InterruptedException {
    long forAThousandCalls = 1000; // Less than a byte each: the measurement may take a little.
    TestJvm.Result run =
        TestJvm.run(
            TestJvm.VECTORS, AllocationOfKernels.class, engine, Long.toString(forAThousandCalls));
    assertEquals(0, run.status(), run.output());
    for (String kernel :
        List.of(
            "forward",
            "backward",
            "update",
            "updateBias",
            "softmax",
            "softmaxDelta",
            "crossEntropy",
            "argMax",
            "exp")) {
      assertTrue(Long.parseLong(run.value(kernel)) < forAThousandCalls, run.output());
    }
  }
}
